"""Variants tried on sets of questions: nDCG@10 question by question, each recipe searched once."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.evaluation import DEPTH
from app.experiment.judged import JudgedSet
from app.experiment.legs import Legs
from app.experiment.pool import Pool, SourceText
from app.experiment.ranking import rank
from app.experiment.readings import Readings
from app.experiment.recipe import PRODUCT, Recipe
from app.experiment.term_sources import is_available
from app.experiment.vector_store import VectorStore


@dataclass(frozen=True, slots=True)
class Trial:
    """What a recipe came to on one set: nDCG@10 of each question, and the median length of the passages shown."""

    scores: tuple[float, ...]
    median_length: int

    @property
    def mean(self) -> float:
        return statistics.fmean(self.scores)


class Collection:
    """Texts with the sets of questions that are asked of them."""

    def __init__(
        self, texts: Sequence[SourceText], sets: Sequence[JudgedSet], store: VectorStore, names: Iterable[str] = ()
    ) -> None:
        self.sets = tuple(sets)
        self.questions = tuple(dict.fromkeys(judge.text for each in sets for judge in each.judges))
        self._texts = tuple(texts)
        self._store = store
        self._names = tuple(names)
        self._legs: dict[int, Legs] = {}

    def legs(self, target: int = PRODUCT.target) -> Legs:
        """The legs over these texts, split near `target` characters."""
        if target not in self._legs:
            pool = Pool.of(self._texts, target)
            self._legs[target] = Legs(pool, self.questions, self._store, Readings(pool, self._names), target)
        return self._legs[target]

    def tried(self, recipe: Recipe) -> dict[str, Trial]:
        """What a recipe comes to on each set, by name."""
        legs = self.legs(recipe.target)
        rankings = dict(zip(self.questions, rank(legs, recipe), strict=True))
        return {each.name: _trial(each, legs.pool, rankings) for each in self.sets}


class Trials:
    """The outcome of recipes on all sets; `told` hears of each recipe before it is searched."""

    def __init__(self, collections: Sequence[Collection], told: Callable[[], None] = lambda: None) -> None:
        self._collections = tuple(collections)
        self._told = told
        self._known: dict[Recipe, dict[str, Trial]] = {}

    def of(self, recipe: Recipe) -> Mapping[str, Trial] | None:
        """By name of the set; None where it takes what is not installed."""
        if recipe.words is not None and not is_available(recipe.words.terms):
            return None
        if recipe not in self._known:
            self._told()
            self._known[recipe] = {
                name: trial for collection in self._collections for name, trial in collection.tried(recipe).items()
            }
        return self._known[recipe]


def _trial(judged: JudgedSet, pool: Pool, rankings: Mapping[str, Sequence[int]]) -> Trial:
    scores = tuple(judge.ndcg(pool, rankings[judge.text]) for judge in judged.judges)
    shown = [row for judge in judged.judges for row in rankings[judge.text][:DEPTH]]
    lengths = [len(pool.passages[row].passage.quote) for row in shown]
    return Trial(scores, int(statistics.median_high(lengths)) if lengths else 0)
