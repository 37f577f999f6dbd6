"""A recipe followed over the legs of a pool: the rows of its passages, best first, for every question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.evaluation import DEPTH as SHOWN
from app.experiment.legs import Legs
from app.experiment.recipe import Convex, DistributionBased, Fusion, Recipe, ReciprocalRank
from app.experiment.scores import Matrix
from app.fusion import convex, distribution_based, reciprocal_rank
from app.near_duplicates import repeats_last
from app.retrieval import DEPTH, Candidate

_Fused = Mapping[str, float]
_LOOKED_AT = 2 * SHOWN  # for repeats, as `app.search` does


def rank(legs: Legs, recipe: Recipe, rows: Sequence[int] | None = None) -> list[list[int]]:
    """The passages that a recipe finds, best first, for every question or for those of `rows`; body text first."""
    follower = _Follower(legs, recipe)
    return [follower.ranking(row) for row in (range(len(legs.questions)) if rows is None else rows)]


class _Follower:
    def __init__(self, legs: Legs, recipe: Recipe) -> None:
        self._legs = legs
        self._recipe = recipe
        self._scores = _scores(legs, recipe)
        everywhere = np.ones(len(legs.pool), dtype=np.bool_)
        self._scopes = (legs.body,) if legs.body.all() else (legs.body, everywhere)

    def ranking(self, question: int) -> list[int]:
        found: dict[str, float] = {}
        for scope in self._scopes:
            if len(found) < SHOWN:
                fused = self._fused(question, scope)
                for id_ in sorted(fused, key=lambda each: (-fused[each], int(each))):
                    found.setdefault(id_, fused[id_])
        rows = list(map(int, found))
        return self._without_repeats(rows) if self._recipe.repeats_last else rows

    def _fused(self, question: int, scope: npt.NDArray[np.bool_]) -> _Fused:
        """Scores by row, as text, of what the legs find in a scope."""
        found = {
            name: _first(matrix[question], scope, positive=name in ("words", "extra"))
            for name, matrix in self._scores.items()
            if name != "tokens"
        }
        if "tokens" in self._scores:
            own = self._scores["tokens"][question]
            if found:
                first = _fuse(self._recipe.fusion, found)
                kept = sorted(first, key=lambda each: (-first[each], int(each)))[:DEPTH]
                found["tokens"] = {id_: float(own[int(id_)]) for id_ in kept}
            else:
                found["tokens"] = _first(own, scope, positive=False)
        fused = _fuse(self._recipe.fusion, found) if len(found) > 1 else next(iter(found.values()))
        return self._smoothed(fused) if self._recipe.neighbours else fused

    def _smoothed(self, fused: _Fused) -> _Fused:
        passages, share = self._legs.pool.passages, self._recipe.neighbours

        def beside(row: int) -> float:
            near = [each for each in (row - 1, row + 1) if 0 <= each < len(passages)]
            own = [each for each in near if passages[each].source is passages[row].source]
            return max((fused.get(str(each), 0.0) for each in own), default=0.0)

        return {id_: (1.0 - share) * score + share * beside(int(id_)) for id_, score in fused.items()}

    def _without_repeats(self, rows: list[int]) -> list[int]:
        """As the product puts them last: among the first twenty."""
        passages = self._legs.pool.passages
        looked_at = [Candidate(str(row), passages[row].source.id, 0.0, None, None, None) for row in rows[:_LOOKED_AT]]
        ordered = repeats_last(looked_at, lambda each: passages[int(each.id)].passage.quote)
        return [*(int(each.id) for each in ordered), *rows[_LOOKED_AT:]]


def _scores(legs: Legs, recipe: Recipe) -> dict[str, Matrix]:
    """The matrices of the legs that take part, by name."""
    scores: dict[str, Matrix] = {}
    if recipe.meaning is not None:
        first = None
        if recipe.meaning.feedback:
            first = rank(legs, replace(recipe, meaning=replace(recipe.meaning, feedback=0.0)))
        scores["meaning"] = legs.meaning(recipe.meaning, recipe.reading, first)
    if recipe.words is not None:
        scores["words"] = legs.words(recipe.words, recipe.reading)
    if recipe.tokens is not None:
        scores["tokens"] = legs.tokens(recipe.tokens, recipe.reading)
    if recipe.extra is not None:
        scores["extra"] = legs.words(recipe.extra, recipe.reading)
    return scores


def _first(scores: npt.NDArray[np.float32], scope: npt.NDArray[np.bool_], positive: bool) -> dict[str, float]:
    """The first hundred of one leg in a scope, by row as text."""
    rows = np.flatnonzero(scope & (scores > 0) if positive else scope)
    best = rows[np.argsort(-scores[rows], kind="stable")[:DEPTH]]
    return {str(row): float(scores[row]) for row in best}


def _fuse(fusion: Fusion, found: Mapping[str, _Fused]) -> _Fused:
    match fusion:
        case ReciprocalRank(k):
            return reciprocal_rank(list(found.values()), k)
        case Convex():
            return convex([(getattr(fusion, name), scores) for name, scores in found.items()])
        case DistributionBased():
            return distribution_based([(getattr(fusion, name), scores) for name, scores in found.items()])
