"""Which words of a quote are those of the question, also found by compound, stem or synonym."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from embeddings.lexical import Lexicon, Term

_WORD = re.compile(r"[€#@]?\w+(?:[@.,'’/&+–-]\w+|\(\w+\)\w*)*|\(\w+\)\w+")
_WHOLE = 1.0
_LONGEST_REMEMBERED = 40  # characters


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text, and whether it was asked for."""

    text: str
    found: bool


class Marker:
    """Marks words in texts by what a question and its other words ask for."""

    def __init__(self, question: str, also: Iterable[str]) -> None:
        lexicon = _lexicon()
        self._asked = {term.id for text in (question, *also) for term in lexicon.terms(text)}
        self._whole = {term.id for text in (question, *also) for term in lexicon.terms(text) if term.weight == _WHOLE}
        self._known: dict[str, bool] = {}

    def stretches(self, text: str) -> list[Stretch]:
        """The text in order, joined again the same to the character.

        A word is found where the question has its stem, or a part of it as a word of its own; a part that is only a
        part in both (beleid in jeugdbeleid and armoedebeleid) tells nothing.
        """
        found: list[Stretch] = []
        done = 0
        for match in _WORD.finditer(text):
            if self._is_asked(match.group()):
                if match.start() > done:
                    found.append(Stretch(text[done : match.start()], found=False))
                found.append(Stretch(match.group(), found=True))
                done = match.end()
        if done < len(text):
            found.append(Stretch(text[done:], found=False))
        return found

    def _is_asked(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = any(
                term.id in self._whole or (term.weight == _WHOLE and term.id in self._asked) for term in _terms(word)
            )
        return known


@cache
def _lexicon() -> Lexicon:
    return Lexicon()


def _terms(word: str) -> tuple[Term, ...]:
    """The terms of one word; those of a word that may occur again are remembered."""
    return _remembered(word) if len(word) <= _LONGEST_REMEMBERED else tuple(_lexicon().terms(word))


@lru_cache(maxsize=50_000)
def _remembered(word: str) -> tuple[Term, ...]:
    return tuple(_lexicon().terms(word))
