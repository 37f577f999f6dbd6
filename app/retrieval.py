"""The two legs of the search, meaning and words, and their fusion into one order.

Both legs give at most `DEPTH` candidates of the documents in scope. Fused, a candidate's score is a weighted sum of
its cosine and its BM25 score, each scaled to 0-1 over the candidates of its leg (convex combination with min-max
scaling; Bruch, Gai and Ingber 2023, arXiv 2210.11934). Figures of this and of reciprocal rank fusion: README.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.answer import FoundBy, Mode
from corpus.stored import TermFrequencies
from embeddings.encoder import Encoder, Vectors
from embeddings.index import Index, ScoredPoint, SparseVector
from embeddings.lexical import Lexicon

DEPTH = 100
FEW = 10
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
    """What speaks for a question in some documents: passage ids with their cosine, and with BM25 over the ceiling."""

    cosines: tuple[tuple[str, float], ...]
    words: tuple[tuple[str, float], ...]


class Retriever:
    """Asks one index; safe to use from several threads."""

    def __init__(self, index: Index, encoder: Encoder, lexicon: Lexicon) -> None:
        self._index = index
        self._encoder = encoder
        self._lexicon = lexicon

    def probe(self, question: str, mode: Mode, frequencies: Callable[[Sequence[int]], TermFrequencies]) -> Probe:
        """Encode a question once, for any number of scopes."""
        dense = None if mode is Mode.WORDS else self._encoder.encode_query(question)
        if mode is Mode.MEANING:
            return Probe(dense, None, 0.0)
        counted = frequencies([term.id for term in self._lexicon.terms(question)])
        return Probe(dense, self._lexicon.query_vector(question, counted), self._lexicon.ceiling(question, counted))

    def candidates(self, probe: Probe, versions: Sequence[str]) -> list[Candidate]:
        """The candidates among these document versions, best fused score first, then by id."""
        by_meaning = [] if probe.dense is None else self._index.nearest(probe.dense, versions, DEPTH)
        by_words = [] if probe.lexical is None else self._index.matching(probe.lexical, versions, DEPTH)
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

    def evidence(self, probe: Probe, versions: Sequence[str]) -> Evidence:
        """The first few of each leg among these versions, best first, for a verdict."""
        nearest = [] if probe.dense is None else self._index.nearest(probe.dense, versions, FEW)
        matching = [] if probe.lexical is None else self._index.matching(probe.lexical, versions, FEW)
        return Evidence(
            cosines=tuple((point.id, point.score) for point in nearest),
            words=tuple((point.id, point.score / probe.ceiling) for point in matching),
        )


def _scaled(points: Sequence[ScoredPoint]) -> dict[str, float]:
    """Scores between 0 for the last and 1 for the first; all 1 where they are the same."""
    if not points:
        return {}
    high, low = points[0].score, points[-1].score
    width = high - low
    return {point.id: (point.score - low) / width if width > 0 else 1.0 for point in points}
