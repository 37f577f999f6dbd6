"""Terms of one or more words, found in a text by their stems, and what each of them brings along."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_AUXILIARY = frozenset(
    "te worden wordt werd werden kunnen kan kon konden moeten moet moest willen wil mogen mag zullen zal zou zouden "
    "gaan gaat dreigen dreigt komen komt hebben heeft zijn is waren blijven blijft".split()
)


@dataclass(frozen=True, slots=True)
class Link:
    """A term with what a question that holds it is also asked with.

    `as_written`: only with these very capitals, since without them it is another word (KIES).
    """

    term: str
    brings: tuple[str, ...]
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: its stem, its lower-case form, and where it stands."""

    key: str
    word: str
    start: int
    end: int


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
        self._beginning: dict[str, list[tuple[str, ...]]] = {}  # terms by their first stem, the longest first
        for key in sorted(self._links, key=len, reverse=True):
            self._beginning.setdefault(key[0], []).append(key)

    def matches(self, text: str) -> Iterator[Match]:
        """In the order of the text; no word takes part in two matches of different length.

        Auxiliary verbs may stand between the words of a term: "op straat dreigen te belanden" is "op straat belanden".
        """
        words = [_Word(self._key(word), word, start, end) for word, start, end in _words(text)]
        place = 0
        while place < len(words):
            for key in self._beginning.get(words[place].key, ()):
                last = self._last(words, place, key)
                if last is None:
                    continue
                start, end = words[place].start, words[last].end
                fitting = [link for link in self._links[key] if not link.as_written or text[start:end] == link.term]
                if fitting:
                    yield from (Match(link, start, end) for link in fitting)
                    place = last + 1
                    break
            else:
                place += 1

    @staticmethod
    def _last(words: Sequence["_Word"], place: int, key: tuple[str, ...]) -> int | None:
        """Where a term that begins at `place` ends, None where it does not stand there."""
        for stem in key[1:]:
            place += 1
            while place < len(words) and words[place].key != stem and words[place].word in _AUXILIARY:
                place += 1
            if place == len(words) or words[place].key != stem:
                return None
        return place

    def key(self, text: str) -> tuple[str, ...]:
        """The stems of a text: the same for what counts as the same term."""
        return tuple(self._key(word) for word, _, _ in _words(text))

    def _key(self, word: str) -> str:
        """The stem, made the same where stemmers leave a plural apart: ruzies ruzie, coaches coach, kinder kind."""
        key = self._stem(word)
        for ending, shorter in (("ies", "ie"), ("ches", "ch"), ("kinder", "kind")):
            if key.endswith(ending):
                return key.removesuffix(ending) + shorter
        return key


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """The lower-case words of a text with their places."""
    for match in _WORD.finditer(text):
        yield unicodedata.normalize("NFKC", match.group()).lower(), match.start(), match.end()
