"""Words and phrases that tell of something, found in a text by the lists of vocabulary.toml."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_VOCABULARY = Path(__file__).parent / "vocabulary.toml"
_WORD = re.compile(r"€|%|\d[\d.,]*(?:-\w+)?|[^\W\d_]+(?:[’'&@-]?[\w]+)*(?:/[^\W\d_]+)*", re.UNICODE)


class Word(NamedTuple):
    """A word of a text in lower case, at text[start:end]; a tuple, since there are so many."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in order, numbers and the signs € and % among them."""
    return [Word(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text)]


class CueBook:
    """Lists of cues by name; a cue is one word or several that follow one another, `*` in it any letters.

    A cue that begins with `=` must be all there is.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self.names = tuple(lists)
        self._single: dict[str, list[str]] = {}  # words as they are, with the lists they are on
        self._wild: dict[str, list[str]] = {}  # by list, the words with `*`
        self._first: dict[str, list[int]] = {}  # the numbers of the phrases that begin with a word as it is
        self._wild_first: list[tuple[re.Pattern[str], int]] = []
        self._phrases: list[tuple[tuple[re.Pattern[str], ...], str]] = []
        self._whole: list[tuple[tuple[re.Pattern[str], ...], str]] = []
        for name, cues in lists.items():
            for cue in cues:
                self._add(name, cue.lower().split())
        # One pattern a list: a word that was not met before is tried on every one.
        self._any_wild = [(re.compile("|".join(map(_source, cues))), name) for name, cues in self._wild.items()]
        self._firsts = lru_cache(maxsize=50_000)(self._lookup)

    def find(self, words: Sequence[Word]) -> dict[str, list[int]]:
        """Where the cues of each list begin: places in `words`, in order; a list without any is left out."""
        found: dict[str, list[int]] = {}
        for patterns, name in self._whole:
            if len(patterns) == len(words) and _match(patterns, words):
                found.setdefault(name, []).append(0)
        for place, word in enumerate(words):
            names, phrases = self._firsts(word.text)
            for name in names:
                found.setdefault(name, []).append(place)
            for number in phrases:
                patterns, name = self._phrases[number]
                rest = words[place + 1 : place + len(patterns)]
                if len(rest) == len(patterns) - 1 and _match(patterns[1:], rest):
                    places = found.setdefault(name, [])
                    if not places or places[-1] != place:
                        places.append(place)
        return found

    def _add(self, name: str, parts: Sequence[str]) -> None:
        if parts[0].startswith("="):
            self._whole.append((tuple(map(_pattern, (parts[0][1:], *parts[1:]))), name))
        elif len(parts) > 1:
            if "*" in parts[0]:
                self._wild_first.append((_pattern(parts[0]), len(self._phrases)))
            else:
                self._first.setdefault(parts[0], []).append(len(self._phrases))
            self._phrases.append((tuple(map(_pattern, parts)), name))
        elif "*" in parts[0]:
            self._wild.setdefault(name, []).append(parts[0])
        else:
            self._single.setdefault(parts[0], []).append(name)

    def _lookup(self, word: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
        names = [*self._single.get(word, ()), *(name for pattern, name in self._any_wild if pattern.fullmatch(word))]
        wild = (number for pattern, number in self._wild_first if pattern.fullmatch(word))
        return tuple(dict.fromkeys(names)), tuple(sorted((*self._first.get(word, ()), *wild)))


@cache
def heading_cues() -> CueBook:
    """What headings tell."""
    return CueBook(_read()["headings"])


@cache
def word_cues() -> CueBook:
    """What words in a statement tell."""
    return CueBook(_read()["words"])


def _match(patterns: Sequence[re.Pattern[str]], words: Sequence[Word]) -> bool:
    return all(pattern.fullmatch(word.text) for pattern, word in zip(patterns, words, strict=True))


def _pattern(cue: str) -> re.Pattern[str]:
    return re.compile(_source(cue))


def _source(cue: str) -> str:
    return ".*".join(map(re.escape, cue.split("*")))


def _read() -> dict[str, dict[str, list[str]]]:
    with _VOCABULARY.open("rb") as file:
        return tomllib.load(file)
