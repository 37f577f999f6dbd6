"""Texts as terms, in each of the ways that are compared."""

import importlib.util
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Protocol

import Stemmer

from app.experiment.recipe import Terms
from embeddings.lexical import Lexicon, Term, term_id
from embeddings.stopwords import STOP_WORDS

_WORD = re.compile(r"\w+")
_GRAM = 5
_SNOWBALL_DUTCH = Stemmer.Stemmer("dutch", 0)
_DUTCH_PORTER = Stemmer.Stemmer("dutch_porter", 0)


class TermSource(Protocol):
    """Cuts a text into terms; those that weigh less than 1 are parts of compounds."""

    def terms(self, text: str) -> list[Term]: ...


class _AsWritten(Lexicon):
    @staticmethod
    def stem(word: str) -> str:
        return word


class _SnowballDutch(Lexicon):
    @staticmethod
    def stem(word: str) -> str:
        return str(_SNOWBALL_DUTCH.stemWord(word)) if word.isalpha() else word


class _DutchPorter(Lexicon):
    @staticmethod
    def stem(word: str) -> str:
        return str(_DUTCH_PORTER.stemWord(word)) if word.isalpha() else word


class _Lemmas(Lexicon):
    @staticmethod
    def stem(word: str) -> str:
        return _lemma(word) if word.isalpha() else word


class _FiveGrams:
    """Five letters in a row of every word that is no stop word, its ends marked; a short word whole."""

    def terms(self, text: str) -> list[Term]:
        return [Term(term_id(gram), gram, 1.0) for gram in self._grams(text)]

    @staticmethod
    def _grams(text: str) -> Iterator[str]:
        for word in _WORD.findall(text.lower()):
            if word not in STOP_WORDS:
                marked = f"_{word}_"
                yield from (marked[place : place + _GRAM] for place in range(max(1, len(marked) - _GRAM + 1)))


_SOURCES: dict[Terms, Callable[[], TermSource]] = {
    Terms.PRODUCT: Lexicon,
    Terms.AS_WRITTEN: _AsWritten,
    Terms.SNOWBALL_DUTCH: _SnowballDutch,
    Terms.DUTCH_PORTER: _DutchPorter,
    Terms.LEMMAS: _Lemmas,
    Terms.FIVE_GRAMS: _FiveGrams,
}


def term_source(terms: Terms) -> TermSource:
    """What cuts texts into these terms; ImportError for lemmas where simplemma is not installed."""
    return _SOURCES[terms]()


def is_available(terms: Terms) -> bool:
    """Whether what it takes is installed."""
    return terms is not Terms.LEMMAS or importlib.util.find_spec("simplemma") is not None


@cache
def _lemma(word: str) -> str:
    import simplemma  # a tool of the tests, which the product does without

    return str(simplemma.lemmatize(word, lang="nl")).lower()
