"""The legs of the search, meaning, words and tokens, and their fusion into one order.

Meaning and words each give at most `DEPTH` candidates of the documents in scope; the best `DEPTH` of those together
are compared with the question token by token (late interaction), where the index holds token vectors. What each leg
and every other way of fusing them is worth: tests/evaluation/RESULTS.md.
"""

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.answer import FoundBy, Mode
from app.fusion import Scores, Weights, convex
from corpus.stored import TermFrequencies
from embeddings.encoder import Encoder, QueryVectors, Vectors
from embeddings.index import Index, ScoredPoint, SparseVector
from embeddings.lexical import Lexicon

DEPTH = 100
WEIGHTS = Weights(meaning=0.15, words=0.3, tokens=0.55)
WITHOUT_TOKENS = Weights(meaning=0.5, words=0.5, tokens=0.0)
_EVIDENCE_DEPTH = 20
_LEAST_TOKEN_WEIGHT = 0.3  # of a token without a word, or of a stop word, where a rare word's is 4 to 7


@dataclass(frozen=True, slots=True)
class Probe:
    """A question as the index is asked it; a leg that takes no part is None.

    `tokens` are each as long as they are to count, 1 together. `ceiling` is the idf of all its terms together, those
    that no passage holds included: what BM25 is measured by. Of `only` these passages, where it is not None.
    """

    dense: Vectors | None
    tokens: Vectors | None
    lexical: SparseVector | None
    ceiling: float
    only: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its fused score; what a leg did not find, or was not asked, is None.

    `words` is BM25 over the ceiling, `tokens` the mean of the best cosines of the question's tokens.
    """

    id: str
    version: str
    score: float
    cosine: float | None
    words: float | None
    tokens: float | None

    @property
    def found_by(self) -> tuple[FoundBy, ...]:
        """The legs that found it."""
        meaning = () if self.cosine is None else (FoundBy.MEANING,)
        return meaning if self.words is None else (*meaning, FoundBy.WORDS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks most for a question in some documents; 0 where a leg is silent, None for tokens that were not asked.

    Each is the best of its leg, whichever passage has it: a cosine, BM25 over the ceiling, and the mean of the best
    cosines of the question's tokens.
    """

    cosine: float
    words: float
    tokens: float | None


class Retriever:
    """Asks one index; safe to use from several threads. `late`: it holds token vectors, and they are to be used."""

    def __init__(
        self, index: Index, encoder: Encoder, lexicon: Lexicon, late: bool, weights: Weights = WEIGHTS
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._lexicon = lexicon
        self._late = late
        self._weights = weights if late else WITHOUT_TOKENS

    def probe(
        self,
        text: str,
        mode: Mode,
        frequencies: Callable[[Sequence[int]], TermFrequencies],
        also: Sequence[str] = (),
        only: Collection[str] | None = None,
    ) -> Probe:
        """Encode a question once, for any number of scopes; `also` are other words for the same."""
        text = unicodedata.normalize("NFC", text)
        terms = [term.id for each in (text, *also) for term in self._lexicon.terms(each)]
        counted = frequencies(terms)
        dense = tokens = lexical = None
        if mode is not Mode.WORDS:
            if self._late:
                encoded = self._encoder.encode_query_with_tokens(text)
                dense, tokens = encoded.dense, self._weighted(text, encoded, counted)
            else:
                dense = self._encoder.encode_query(text)
        if mode is not Mode.MEANING:
            lexical = self._lexicon.query_vector(text, counted, also)
        # A question of stop words only ("WIJ", an abbreviation) is measured by what its other words could reach.
        ceiling = (self._lexicon.ceiling(text, counted) or sum(lexical.values)) if lexical is not None else 0.0
        return Probe(dense, tokens, lexical, ceiling, None if only is None else frozenset(only))

    def candidates(self, probe: Probe, versions: Sequence[str], body_only: bool = False) -> list[Candidate]:
        """The candidates among these document versions, best fused score first, then by id."""
        found = self._found(probe, versions, DEPTH, body_only)
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.id))

    def ranked(self, probe: Probe, versions: Sequence[str], limit: int, most: int) -> list[Candidate]:
        """At least `limit` candidates where there are so many, and at most `most`, which is not less.

        Contents lists, colophons and footnotes come after all body text, where that is short of `limit`. Their scores
        are brought down to that of the last body passage, so that scores never rise.
        """
        body = self.candidates(probe, versions, body_only=True)
        if len(body) >= limit:
            return body[:most]
        taken, lowest = {candidate.id for candidate in body}, body[-1].score if body else 1.0
        others = [candidate for candidate in self.candidates(probe, versions) if candidate.id not in taken]
        lowered = [replace(candidate, score=min(candidate.score, lowest)) for candidate in others]
        return (body + lowered)[:most]

    def evidence(self, probe: Probe, versions: Sequence[str]) -> Evidence:
        """The best of each leg in the body text of these versions."""
        found = self._found(probe, versions, 1 if probe.tokens is None else _EVIDENCE_DEPTH, body_only=True)
        tokens = [each.tokens for each in found if each.tokens is not None]
        return Evidence(
            cosine=max((each.cosine or 0.0 for each in found), default=0.0),
            words=max((each.words or 0.0 for each in found), default=0.0),
            tokens=None if probe.tokens is None else max(tokens, default=0.0),
        )

    def mentioned(self, probe: Probe, versions: Sequence[str]) -> float:
        """The best BM25 over the ceiling in any text of these versions, contents lists and footnotes included."""
        if probe.lexical is None:
            return 0.0
        found = self._index.matching(probe.lexical, versions, 1, body_only=False, ids=probe.only)
        return found[0].score / probe.ceiling if found else 0.0

    def says(self, probe: Probe, text: str) -> float:
        """What share of a question's words, by weight, stands in a text; 0 to 1, other words for the same count too."""
        if probe.lexical is None or not probe.ceiling:
            return 0.0
        said = {term.id: term.weight for term in self._lexicon.terms(text)}
        weights = zip(probe.lexical.indices, probe.lexical.values, strict=True)
        return min(1.0, sum(weight for term, weight in weights if term in said) / probe.ceiling)

    def _found(self, probe: Probe, versions: Sequence[str], depth: int, body_only: bool) -> list[Candidate]:
        by_meaning, by_words = self._legs(probe, versions, depth, body_only)
        cosines, matches = _scores(by_meaning), _scores(by_words)
        fused = convex([(self._weights.meaning, cosines), (self._weights.words, matches)])
        tokens: Scores = {}
        if probe.tokens is not None:
            first = sorted(fused, key=lambda id_: (-fused[id_], id_))[:depth]
            tokens = _scores(self._index.alike(probe.tokens, first))
            weights = self._weights
            fused = convex([(weights.meaning, cosines), (weights.words, matches), (weights.tokens, tokens)])
        return [
            Candidate(
                id=point.id,
                version=point.version,
                score=fused[point.id],
                cosine=cosines.get(point.id),
                words=matches[point.id] / probe.ceiling if point.id in matches else None,
                tokens=tokens.get(point.id),
            )
            for point in {point.id: point for point in (*by_meaning, *by_words)}.values()
        ]

    def _legs(
        self, probe: Probe, versions: Sequence[str], limit: int, body_only: bool
    ) -> tuple[list[ScoredPoint], list[ScoredPoint]]:
        index, only = self._index, probe.only
        by_meaning = [] if probe.dense is None else index.nearest(probe.dense, versions, limit, body_only, only)
        by_words = [] if probe.lexical is None else index.matching(probe.lexical, versions, limit, body_only, only)
        return by_meaning, by_words

    def _weighted(self, text: str, encoded: QueryVectors, frequencies: TermFrequencies) -> Vectors:
        """The token vectors of a question, each as long as the idf of the word it belongs to, 1 together."""
        weights = np.full(len(encoded.tokens), _LEAST_TOKEN_WEIGHT, dtype=np.float32)
        words = self._lexicon.word_weights(text, frequencies)
        for row, (start, end) in enumerate(encoded.spans):
            own = [weight for first, last, weight in words if first < end and start < last]
            weights[row] = max(_LEAST_TOKEN_WEIGHT, *own, 0.0)
        vectors: Vectors = encoded.tokens * (weights / weights.sum())[:, None]
        return vectors


def _scores(points: Sequence[ScoredPoint]) -> dict[str, float]:
    return {point.id: point.score for point in points}
