"""Terms of one or more words, found in a text by their stems, and what each of them brings along."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_SHORTEST_STEM = 3
_HARD = {"v": "f", "z": "s"}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Link:
    """A term with what a question that holds it is also asked with.

    `as_written`: only with these very capitals, since without them it is another word (KIES).
    """

    term: str
    brings: tuple[str, ...]
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A link whose term stands in a text, at text[start:end]."""

    link: Link
    start: int
    end: int


class TermGroups:
    """Finds terms as whole words that follow one another, inflected or not, the longest first.

    `stem` is given one lower-case word. A hyphen divides words; the parts of a compound that is written as one word
    are never matched.
    """

    def __init__(self, links: Iterable[Link], stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._links: dict[tuple[str, ...], list[Link]] = {}
        for link in links:
            if key := self.key(link.term):
                self._links.setdefault(key, []).append(link)
        self._lengths: dict[str, int] = {}  # of the longest term that begins with this stem
        for key in self._links:
            self._lengths[key[0]] = max(self._lengths.get(key[0], 0), len(key))

    def matches(self, text: str) -> Iterator[Match]:
        """In the order of the text; no word takes part in two matches of different length."""
        words = [(self._key(word), start, end) for word, start, end in _words(text)]
        place = 0
        while place < len(words):
            for length in range(min(self._lengths.get(words[place][0], 0), len(words) - place), 0, -1):
                start, end = words[place][1], words[place + length - 1][2]
                known = self._links.get(tuple(word[0] for word in words[place : place + length]), ())
                fitting = [link for link in known if not link.as_written or text[start:end] == link.term]
                if fitting:
                    yield from (Match(link, start, end) for link in fitting)
                    place += length
                    break
            else:
                place += 1

    def key(self, text: str) -> tuple[str, ...]:
        """The stems of a text: the same for what counts as the same term."""
        return tuple(self._key(word) for word, _, _ in _words(text))

    def _key(self, word: str) -> str:
        """The stem, made the same where stemmers leave a plural apart: gezinn gezin, huiz huis, kinder kind."""
        key = self._stem(word)
        for ending, shorter in (("ies", "ie"), ("ches", "ch"), ("kinder", "kind")):
            if key.endswith(ending):
                return key.removesuffix(ending) + shorter
        if len(key) > _SHORTEST_STEM and key[-1] == key[-2] and key[-1] not in "aeou":
            key = key[:-1]
        return key[:-1] + _HARD.get(key[-1], key[-1]) if key.isalpha() else key


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """The lower-case words of a text with their places."""
    for match in _WORD.finditer(text):
        yield unicodedata.normalize("NFKC", match.group()).lower(), match.start(), match.end()
