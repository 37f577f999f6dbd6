"""Dutch words as weighted terms: the lexical leg of the search, BM25 as sparse vectors.

A passage's vector carries the term-frequency part of BM25, which depends on nothing but the passage; a question's
vector carries the idf, from the document frequencies of the active passages at that moment. The dot product of the
two is the BM25 score (Robertson and Zaragoza 2009, with a fixed reference length in place of the average), the same
in every engine and unchanged by anything that is pending or removed.
"""

import hashlib
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from corpus.stored import TermFrequencies
from embeddings.compounds import CompoundSplitter
from embeddings.index import SparseVector
from embeddings.stopwords import STOP_WORDS

LEXICAL_VERSION = "dutch-porter+compounds/4"  # raise it with the terms, their weights, or what a point carries

K1 = 2.0
B = 0.75
REFERENCE_LENGTH = 60.0  # terms in a typical passage, compound parts counted by their weight
PART_WEIGHT = 0.5  # of a compound part against a whole word, in a passage and in a question
_LONGEST_TERM = 64
# What no ending tells: plurals that change more, and ouderen, which else are one with ouders.
_IRREGULAR = {
    "ouderen": "oudere",
    "oudere": "oudere",
    "kinderen": "kind",
    "kinder": "kind",
    "steden": "stad",
    "leden": "lid",
}
ALSO_WEIGHT = 0.6  # of a term of a synonym or written-out abbreviation, against one that is asked

# A word with what may stand inside it: "jeugd-GGZ", "M@zl", "30.000", "jeugd(hulp)", "(conflict)scheidingen".
_TOKEN = re.compile(r"[€#@]?\w+(?:[@.,'’/&+–-]\w+|\(\w+\)\w*)*|\(\w+\)\w+", re.UNICODE)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_DOTTED = re.compile(r"[a-z](?:\.[a-z])+")  # o.a, m.b.t: says nothing, and is rare enough to seem to say much
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a text: the id that the index knows, its form, and its weight (1 for a word as written)."""

    id: int
    form: str
    weight: float


def term_id(term: str) -> int:
    """The 32-bit id of a term: blake2b of its UTF-8 form. At 100,000 terms about one pair shares an id."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=4).digest(), "little")


def idf(passages: int, count: int) -> float:
    """Inverse document frequency, never negative: ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return math.log(1.0 + (passages - count + 0.5) / (count + 0.5))


class Lexicon:
    """Turns text into terms: lower case, stop words out, stemmed, compounds beside their parts.

    The stemmer is Snowball's first Dutch one ("dutch_porter"): the current one makes "meen" of gemeente and "zin" of
    gezinnen. What it leaves apart at the end of a stem is made one (gezinn(en) and gezin, huiz(en) and huis), what it
    throws together or tears apart is set right (ouderen are no ouders, kinderen are more than one kind). A form with
    something inside it (M@zl, IHV13w, €30.000, jeugd-GGZ) is kept whole beside its parts.
    """

    version = LEXICAL_VERSION

    def __init__(self) -> None:
        self._compounds = CompoundSplitter()
        self._analyse = lru_cache(maxsize=200_000)(self._analyse_token)

    def terms(self, text: str) -> list[Term]:
        """The terms of a text in order, repeated as often as they occur."""
        return [term for token in _tokens(text) for term in self._analyse(token)]

    def passage_vector(self, text: str) -> SparseVector:
        """Term frequencies saturated as in BM25 (k1 2, b 0.75), without idf."""
        counts: dict[int, float] = defaultdict(float)
        for term in self.terms(text):
            counts[term.id] += term.weight
        norm = K1 * (1.0 - B + B * sum(counts.values()) / REFERENCE_LENGTH)
        weights = {term: count * (K1 + 1.0) / (count + norm) for term, count in counts.items()}
        return _sparse(weights)

    def query_vector(self, text: str, frequencies: TermFrequencies, also: Sequence[str] = ()) -> SparseVector:
        """The question's terms, each weighted by its idf as often as it is asked; those of no passage are left out.

        `also` are other words for the same, which count for less and never more often than once.
        """
        weights: dict[int, float] = defaultdict(float)
        for term in self.terms(text):
            count = frequencies.counts.get(term.id, 0)
            if count:
                weights[term.id] += term.weight * idf(frequencies.passages, count)
        for term in (term for other in also for term in self.terms(other)):
            count = frequencies.counts.get(term.id, 0)
            if count:
                weight = ALSO_WEIGHT * term.weight * idf(frequencies.passages, count)
                weights[term.id] = max(weights[term.id], weight)
        return _sparse(weights)

    def word_weights(self, text: str, frequencies: TermFrequencies) -> list[tuple[int, int, float]]:
        """Where each word of a text stands and its idf, which is 0 for a stop word and for a single letter or digit."""
        words = []
        for match in _WORD.finditer(text.lower() if len(text.lower()) == len(text) else text):
            whole = [term for term in self.terms(match.group()) if term.weight == 1.0 and len(match.group()) > 1]
            counts = [frequencies.counts.get(term.id, 0) for term in whole]
            words.append((*match.span(), max((idf(frequencies.passages, count) for count in counts), default=0.0)))
        return words

    def ceiling(self, text: str, frequencies: TermFrequencies) -> float:
        """The idf of all the question's terms together, as `query_vector` weights them, unknown terms included."""
        counts = frequencies.counts
        return sum(term.weight * idf(frequencies.passages, counts.get(term.id, 0)) for term in self.terms(text))

    def _analyse_token(self, token: str) -> tuple[Term, ...]:
        words = _WORD.findall(token)
        bare = "".join(words)
        weights: dict[str, float] = {}
        if len(words) > 1 or token != bare:
            weights[token] = 1.0
            if "(" in token or _NUMBER.search(token):
                weights[self.stem(bare)] = 1.0
        for word in words:
            if word in STOP_WORDS or (len(word) == 1 and len(words) > 1):
                continue
            weights[self.stem(word)] = 1.0
            for part in self._compounds.split(word):
                weights.setdefault(self.stem(part), PART_WEIGHT)
        if "(" in token:
            for part in self._compounds.split(bare):
                weights.setdefault(self.stem(part), PART_WEIGHT)
        return tuple(Term(term_id(form), form, weight) for form, weight in weights.items())

    @staticmethod
    def stem(word: str) -> str:
        """The stem of a lower-case word; a form with other signs than letters as it is."""
        if word in _IRREGULAR:
            return _IRREGULAR[word]
        return _undoubled(str(_STEMMER.stemWord(word))) if word.isalpha() else word


def _undoubled(stem: str) -> str:
    """The end of a stem as it is written where no vowel follows: gezinn -> gezin, briev -> brief, huiz -> huis."""
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "bcdfgklmnprst":
        stem = stem[:-1]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1]) if len(stem) > 1 else stem


_SIGNS = str.maketrans({"’": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u00ad": ""})
_STEMMER = Stemmer.Stemmer("dutch_porter", 0)


def _tokens(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", text).lower().translate(_SIGNS)
    for match in _TOKEN.finditer(folded):
        token = match.group()
        if token not in STOP_WORDS and not _DOTTED.fullmatch(token):
            yield token[:_LONGEST_TERM]


def _sparse(weights: Mapping[int, float]) -> SparseVector:
    ordered = sorted(weights.items())
    return SparseVector(tuple(term for term, _ in ordered), tuple(weight for _, weight in ordered))
