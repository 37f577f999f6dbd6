"""The legs of a search over one pool: a matrix of scores for each, made when a recipe first asks for it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.experiment.bm25 import WordLegs
from app.experiment.late_interaction import best_cosines, even_weights, idf_weights, pooling, weighted
from app.experiment.pool import Pool
from app.experiment.readings import Readings
from app.experiment.recipe import Embedded, Meaning, Proximity, Reading, Tokens, Words
from app.experiment.scores import Matrix
from app.experiment.vector_store import AllTokens, VectorStore
from app.question_reader import AskedQuestion
from corpus.stored import TermFrequencies
from embeddings.encoder import QueryVectors, Vectors
from embeddings.lexical import Lexicon
from ingest.split import TARGET_CHARACTERS


class Legs:
    """Scores of `questions` against a pool; matrices have a row a question and a column a passage."""

    def __init__(
        self,
        pool: Pool,
        questions: Sequence[str],
        store: VectorStore,
        readings: Readings,
        target: int = TARGET_CHARACTERS,
    ) -> None:
        self.pool = pool
        self.questions = tuple(questions)
        self._store = store
        self.readings = readings
        self._keeps_all = target == TARGET_CHARACTERS
        self._words = WordLegs(pool)
        self._lexicon = Lexicon()
        self._asked: dict[Reading, tuple[AskedQuestion, ...]] = {}
        self._bm25: dict[tuple[Words | Proximity, Reading], Matrix] = {}
        self._best: dict[tuple[Tokens, tuple[str, ...]], list[npt.NDArray[np.float32]]] = {}

    @cached_property
    def body(self) -> npt.NDArray[np.bool_]:
        """Which passages are body text."""
        return np.asarray([each.is_body for each in self.pool.passages])

    def asked(self, reading: Reading) -> tuple[AskedQuestion, ...]:
        """The questions as this reading has them searched."""
        if reading not in self._asked:
            self._asked[reading] = tuple(self.readings.read(text, reading) for text in self.questions)
        return self._asked[reading]

    def words(self, words: Words | Proximity, reading: Reading) -> Matrix:
        """Scores by words; 0 is not found."""
        key = words, reading
        if key not in self._bm25:
            asked = self.asked(reading)
            if isinstance(words, Proximity):
                self._bm25[key] = self._words.proximity(asked, words)
            else:
                self._bm25[key] = self._words.bm25(asked, words)
        return self._bm25[key]

    def meaning(self, meaning: Meaning, reading: Reading, first: Sequence[Sequence[int]] | None = None) -> Matrix:
        """Cosines; with `first`, the rows found before, the mean of their vectors is added to the question's."""
        passages = self._passages(meaning.embedded)
        questions: Vectors = np.stack([self._vectors[each.text].dense for each in self.asked(reading)])
        if first is not None and meaning.feedback:
            means = [passages[list(rows[: meaning.feedback_passages])].mean(axis=0) for rows in first]
            moved = questions + meaning.feedback * np.stack(means)
            questions = (moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-12)).astype(np.float32)
        scores: Matrix = questions @ passages.T
        return scores

    def tokens(self, tokens: Tokens, reading: Reading) -> Matrix:
        """Scores by late interaction of all passages."""
        asked = self.asked(reading)
        own = [self._vectors[each.text] for each in asked]
        best = self._best_of(tokens, own, tuple(each.text for each in asked))
        if tokens.idf:
            weights = [
                idf_weights(each.text, vectors, self._lexicon, self._frequencies)
                for each, vectors in zip(asked, own, strict=True)
            ]
        else:
            weights = [even_weights(vectors) for vectors in own]
        return weighted(best, weights)

    def _best_of(
        self, tokens: Tokens, questions: list[QueryVectors], texts: tuple[str, ...]
    ) -> list[npt.NDArray[np.float32]]:
        key = replace(tokens, idf=True), texts
        if key not in self._best:
            self._best[key] = best_cosines(questions, self._token_vectors(tokens))
        return self._best[key]

    def _token_vectors(self, tokens: Tokens) -> list[Vectors]:
        if not self._keeps_all or tokens.embedded is not Embedded.TITLE_HEADING_QUOTE:
            if (tokens.pooled, tokens.rounded) != (2, True):
                raise ValueError("of another size or text only the product's own token vectors are kept")
            return list(self._store.pooled(self._texts(tokens.embedded)).tokens or ())
        shrink = pooling(tokens)
        return [shrink(self._all_tokens.of(row)) for row in range(len(self.pool))]

    def _passages(self, embedded: Embedded) -> Vectors:
        if embedded is Embedded.BOTH:
            mean = self._passages(Embedded.TITLE_HEADING_QUOTE) + self._passages(Embedded.QUOTE)
            normalised: Vectors = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), np.float32(1e-12))
            return normalised
        if embedded is Embedded.TITLE_HEADING_QUOTE and self._keeps_all:
            return self._all_tokens.dense
        if embedded is Embedded.TITLE_HEADING_QUOTE:
            return self._store.pooled(self._texts(embedded)).dense
        return self._store.dense(self._texts(embedded))

    def _texts(self, embedded: Embedded) -> list[str]:
        return [each.embedded(embedded) for each in self.pool.passages]

    @cached_property
    def _all_tokens(self) -> AllTokens:
        return self._store.all_tokens(self._texts(Embedded.TITLE_HEADING_QUOTE))

    @cached_property
    def _vectors(self) -> dict[str, QueryVectors]:
        """Of every question as it is written and with its slips mended."""
        mended = [each.text for each in self.asked(Reading())]
        unmended = [each.text for each in self.asked(Reading(mended=False))]
        return self._store.questions([*mended, *unmended])

    @cached_property
    def _frequencies(self) -> TermFrequencies:
        counts: dict[int, int] = {}
        for text in self._texts(Embedded.TITLE_HEADING_QUOTE):
            for term in {term.id for term in self._lexicon.terms(text)}:
                counts[term] = counts.get(term, 0) + 1
        return TermFrequencies(len(self.pool), counts)
