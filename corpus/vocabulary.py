"""The words that documents use, and the abbreviations that they define."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+")
_BRACKETS_INSIDE = re.compile(r"(?<=\w)\((\w+)\)|\((\w+)\)(?=\w)")  # jeugd(hulp), (conflict)scheidingen
_SHORTEST_FORM = 4


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form with what a document says that it stands for: ("POH", "praktijkondersteuner huisarts")."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What one document version says: each lower-case word form with the number of its passages that hold it."""

    words: Mapping[str, int]
    abbreviations: tuple[Abbreviation, ...]


class Vocabulary:
    """The words and abbreviations of all active documents at one moment, each part read when it is first asked for.

    `read_words` gives the words that begin with a letter, each with the number of active passages that hold it.
    """

    def __init__(
        self, read_words: Callable[[str], Mapping[str, int]], read_abbreviations: Callable[[], tuple[Abbreviation, ...]]
    ) -> None:
        self._read_words = read_words
        self._read_abbreviations = read_abbreviations
        self._words: dict[str, Mapping[str, int]] = {}
        self._abbreviations: tuple[Abbreviation, ...] | None = None

    def __contains__(self, word: str) -> bool:
        return word in self.beginning_with(word[:1])

    def beginning_with(self, letter: str) -> Mapping[str, int]:
        """The lower-case words with this first letter, in no order."""
        known = self._words.get(letter)
        if known is None:
            known = self._words[letter] = self._read_words(letter)
        return known

    @property
    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """Every distinct pair, those that most documents define first."""
        if self._abbreviations is None:
            self._abbreviations = self._read_abbreviations()
        return self._abbreviations


def word_forms(text: str) -> frozenset[str]:
    """The distinct lower-case words of a text, of letters only, at least four of them."""
    folded = unicodedata.normalize("NFKC", text).lower()
    joined = _BRACKETS_INSIDE.sub(lambda match: match.group(1) or match.group(2), folded)
    found = _WORD.findall(folded) if joined == folded else _WORD.findall(f"{folded} {joined}")
    return frozenset(word for word in found if len(word) >= _SHORTEST_FORM)
