"""The two legs of the search, meaning and words, and their fusion into one order.

Both legs give at most `DEPTH` candidates of the documents in scope. Fused, a candidate's score is a weighted sum of
its cosine and its BM25 score, each scaled to 0-1 over the candidates of its leg (convex combination with min-max
scaling; Bruch, Gai and Ingber 2023, arXiv 2210.11934). Figures of this and of reciprocal rank fusion: README.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.answer import FoundBy, Mode
from corpus.stored import TermFrequencies
from embeddings.encoder import Encoder, Vectors
from embeddings.index import Index, ScoredPoint, SparseVector
from embeddings.lexical import Lexicon

DEPTH = 100
MEANING_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Probe:
    """A question as the index is asked it; a leg that takes no part is None.

    `ceiling` is the idf of all its terms together, those that no passage holds included: what BM25 is measured by.
    """

    dense: Vectors | None
    lexical: SparseVector | None
    ceiling: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its fused score; `cosine` or `words` (BM25 over the ceiling) is None where a leg missed it."""

    id: str
    version: str
    score: float
    cosine: float | None
    words: float | None

    @property
    def found_by(self) -> tuple[FoundBy, ...]:
        """The legs that found it."""
        meaning = () if self.cosine is None else (FoundBy.MEANING,)
        return meaning if self.words is None else (*meaning, FoundBy.WORDS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks most for a question in some documents: cosine, and BM25 over the ceiling; 0 where a leg is silent."""

    cosine: float
    words: float


class Retriever:
    """Asks one index; safe to use from several threads."""

    def __init__(self, index: Index, encoder: Encoder, lexicon: Lexicon) -> None:
        self._index = index
        self._encoder = encoder
        self._lexicon = lexicon

    def probe(self, question: str, mode: Mode, frequencies: Callable[[Sequence[int]], TermFrequencies]) -> Probe:
        """Encode a question once, for any number of scopes."""
        question = unicodedata.normalize("NFC", question)
        dense = None if mode is Mode.WORDS else self._encoder.encode_query(question)
        if mode is Mode.MEANING:
            return Probe(dense, None, 0.0)
        counted = frequencies([term.id for term in self._lexicon.terms(question)])
        return Probe(dense, self._lexicon.query_vector(question, counted), self._lexicon.ceiling(question, counted))

    def candidates(self, probe: Probe, versions: Sequence[str], body_only: bool = False) -> list[Candidate]:
        """The candidates among these document versions, best fused score first, then by id."""
        by_meaning, by_words = self._legs(probe, versions, DEPTH, body_only)
        share = 1.0 if probe.lexical is None else 0.0 if probe.dense is None else MEANING_SHARE
        meaning, words = _scaled(by_meaning), _scaled(by_words)
        cosines = {point.id: point.score for point in by_meaning}
        matches = {point.id: point.score / probe.ceiling for point in by_words}
        found = {point.id: point.version for point in (*by_meaning, *by_words)}
        fused = [
            Candidate(
                id=id_,
                version=version,
                score=share * meaning.get(id_, 0.0) + (1.0 - share) * words.get(id_, 0.0),
                cosine=cosines.get(id_),
                words=matches.get(id_),
            )
            for id_, version in found.items()
        ]
        return sorted(fused, key=lambda candidate: (-candidate.score, candidate.id))

    def ranked(self, probe: Probe, versions: Sequence[str], limit: int) -> list[Candidate]:
        """The first `limit` candidates; contents lists, colophons and footnotes come after all body text.

        Their scores are brought down to that of the last body passage, so that scores never rise.
        """
        body = self.candidates(probe, versions, body_only=True)
        if len(body) >= limit:
            return body[:limit]
        taken, lowest = {candidate.id for candidate in body}, body[-1].score if body else 1.0
        others = [candidate for candidate in self.candidates(probe, versions) if candidate.id not in taken]
        lowered = [replace(candidate, score=min(candidate.score, lowest)) for candidate in others]
        return (body + lowered)[:limit]

    def evidence(self, probe: Probe, versions: Sequence[str]) -> Evidence:
        """The best of each leg in the body text of these versions."""
        by_meaning, by_words = self._legs(probe, versions, 1, body_only=True)
        return Evidence(
            cosine=by_meaning[0].score if by_meaning else 0.0,
            words=by_words[0].score / probe.ceiling if by_words else 0.0,
        )

    def _legs(
        self, probe: Probe, versions: Sequence[str], limit: int, body_only: bool
    ) -> tuple[list[ScoredPoint], list[ScoredPoint]]:
        by_meaning = [] if probe.dense is None else self._index.nearest(probe.dense, versions, limit, body_only)
        by_words = [] if probe.lexical is None else self._index.matching(probe.lexical, versions, limit, body_only)
        return by_meaning, by_words


def _scaled(points: Sequence[ScoredPoint]) -> dict[str, float]:
    """Scores between 0 for the last and 1 for the first; all 1 where they are the same."""
    if not points:
        return {}
    high, low = points[0].score, points[-1].score
    width = high - low
    return {point.id: (point.score - low) / width if width > 0 else 1.0 for point in points}
