"""BM25 as the product computes it, with everything in it to be chosen; a matrix for all questions at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from app.experiment.pool import Pool
from app.experiment.recipe import Proximity, Terms, Words
from app.experiment.scores import Matrix
from app.experiment.term_sources import TermSource, term_source
from app.question_reader import AskedQuestion
from embeddings.lexical import idf

_FIELDS = ("title", "heading", "quote")
_Counts = Any  # a scipy.sparse matrix, which has no types: a row a passage, a column a term


class WordLegs:
    """Scores by words of what a pool is asked; terms are counted once for each way to cut texts."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._counted: dict[Terms, _Counted] = {}

    def bm25(self, asked: Sequence[AskedQuestion], words: Words) -> Matrix:
        """Of shape (questions, passages); 0 where no term is shared."""
        counted = self._of(words.terms)
        counts = counted.counts(words)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        reference = words.reference or float(lengths.mean())
        norms = words.k1 * (1.0 - words.b + words.b * lengths / reference)
        entries = counts.tocoo()
        saturated = entries.data * (words.k1 + 1.0) / (entries.data + norms[entries.row])
        passages = sparse.csr_matrix((saturated, (entries.row, entries.col)), shape=entries.shape)
        questions = counted.questions(asked, words, counts)
        scores: Matrix = np.asarray((questions @ passages.T).todense(), dtype=np.float32)
        return scores

    def proximity(self, asked: Sequence[AskedQuestion], proximity: Proximity) -> Matrix:
        """The same shape: over pairs of a question's words at most a window apart, the lesser idf over the distance.

        Stop words take no place.
        """
        counted = self._of(Terms.PRODUCT)
        places = counted.places()
        scores: Matrix = np.zeros((len(asked), len(places)), dtype=np.float32)
        holders: dict[int, set[int]] = {}
        for row, own in enumerate(places):
            for term in own:
                holders.setdefault(term, set()).add(row)
        for number, question in enumerate(asked):
            terms = sorted({term.id for term in counted.source.terms(question.text) if term.weight == 1.0})
            for place, one in enumerate(terms):
                for two in terms[place + 1 :]:
                    weight = min(idf(len(places), len(holders.get(term, ()))) for term in (one, two))
                    for row in holders.get(one, set()) & holders.get(two, set()):
                        gap = min(abs(a - b) for a in places[row][one] for b in places[row][two])
                        if gap <= proximity.window:
                            scores[number, row] += weight / max(gap, 1)
        return scores

    def _of(self, terms: Terms) -> "_Counted":
        if terms not in self._counted:
            self._counted[terms] = _Counted(term_source(terms), self._pool)
        return self._counted[terms]


class _Counted:
    """How often each term stands in each passage, by field, whole words and parts of compounds apart."""

    def __init__(self, source: TermSource, pool: Pool) -> None:
        self.source = source
        self._columns: dict[int, int] = {}
        self._pool = pool
        triples: dict[tuple[str, bool], list[tuple[int, int]]] = {(f, w): [] for f in _FIELDS for w in (True, False)}
        for row, each in enumerate(pool.passages):
            texts = (each.source.title or "", "\n".join(each.passage.section), each.passage.quote)
            for field, text in zip(_FIELDS, texts, strict=True):
                for term in source.terms(text):
                    column = self._columns.setdefault(term.id, len(self._columns))
                    triples[field, term.weight == 1.0].append((row, column))
        shape = (len(pool), max(1, len(self._columns)))
        self._counts = {key: _matrix(pairs, shape) for key, pairs in triples.items()}

    def counts(self, words: Words) -> _Counts:
        """The counts as these words weigh them; what weighs nothing is not there."""
        total = sum(
            getattr(words, field) * (1.0 if whole else words.part_weight) * own
            for (field, whole), own in self._counts.items()
        )
        total = sparse.csr_matrix(total)
        total.eliminate_zeros()
        return total

    def questions(self, asked: Sequence[AskedQuestion], words: Words, counts: _Counts) -> _Counts:
        """The terms of each question, weighted by idf as `Lexicon.query_vector` does."""
        passages = counts.shape[0]
        holding = np.asarray((counts > 0).sum(axis=0)).ravel()
        rows: list[int] = []
        columns: list[int] = []
        weights: list[float] = []
        for row, question in enumerate(asked):
            own: dict[int, float] = {}
            for column, weight in self._weighted(question.text, words):
                if holding[column]:
                    own[column] = own.get(column, 0.0) + weight * idf(passages, int(holding[column]))
            for text in question.also:
                for column, weight in self._weighted(text, words):
                    if holding[column]:
                        less = words.also_weight * weight * idf(passages, int(holding[column]))
                        own[column] = max(own.get(column, 0.0), less)
            rows += [row] * len(own)
            columns += own.keys()
            weights += own.values()
        return sparse.csr_matrix((weights, (rows, columns)), shape=(len(asked), counts.shape[1]))

    def places(self) -> list[dict[int, list[int]]]:
        """Of each passage, where each of its whole words stands, counted in words; title and heading come first."""
        found = []
        for each in self._pool.passages:
            text = "\n".join((each.source.title or "", *each.passage.section, each.passage.quote))
            own: dict[int, list[int]] = {}
            for place, term in enumerate(term for term in self.source.terms(text) if term.weight == 1.0):
                own.setdefault(term.id, []).append(place)
            found.append(own)
        return found

    def _weighted(self, text: str, words: Words) -> list[tuple[int, float]]:
        """The columns of the terms that some passage holds, with the weight of whole word or part."""
        weighted = ((term.id, 1.0 if term.weight == 1.0 else words.part_weight) for term in self.source.terms(text))
        return [(self._columns[term], weight) for term, weight in weighted if term in self._columns and weight]


def _matrix(pairs: list[tuple[int, int]], shape: tuple[int, int]) -> _Counts:
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    return sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=shape)
