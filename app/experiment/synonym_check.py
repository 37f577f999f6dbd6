"""What each group of synonyms does: the questions it touches, asked with it and without."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.experiment.judged import JudgedSet
from app.experiment.pool import Pool
from app.experiment.ranking import rank
from app.experiment.recipe import PRODUCT, Recipe, Words
from app.experiment.trials import Collection
from embeddings.synonyms import SynonymGroup

WHOLE = replace(PRODUCT, repeats_last=False)
ALONE = Recipe(words=Words())
_Rankings = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """How much the questions of a set that a group touches gain by it, on average; above 0 it helps.

    `whole` is in the search with all legs, `alone` by words alone; `touched` counts the questions.
    """

    group: SynonymGroup
    judged: str
    touched: int
    whole: float
    alone: float


def group_effects(collection: Collection, sets: Sequence[JudgedSet]) -> Iterator[GroupEffect]:
    """Of every group, on every set of which it touches a question."""
    legs = collection.legs()
    before = {recipe: _rankings(collection, recipe, range(len(collection.questions))) for recipe in (WHOLE, ALONE)}
    for number, group in enumerate(legs.readings.groups):
        rows = [row for row, text in enumerate(collection.questions) if legs.readings.touches(number, text)]
        if not rows:
            continue
        without = {recipe: _rankings(collection, _without(recipe, number), rows) for recipe in (WHOLE, ALONE)}
        for judged in sets:
            own = [judge for judge in judged.judges if judge.text in without[WHOLE]]
            if own:
                whole, alone = (
                    _gain(replace(judged, judges=tuple(own)), legs.pool, before[recipe], without[recipe])
                    for recipe in (WHOLE, ALONE)
                )
                yield GroupEffect(group, judged.name, len(own), whole, alone)


def _rankings(collection: Collection, recipe: Recipe, rows: Sequence[int]) -> _Rankings:
    found = rank(collection.legs(), recipe, rows)
    return {collection.questions[row]: ranking for row, ranking in zip(rows, found, strict=True)}


def _without(recipe: Recipe, group: int) -> Recipe:
    return replace(recipe, reading=replace(recipe.reading, without=group))


def _gain(judged: JudgedSet, pool: Pool, with_group: _Rankings, without: _Rankings) -> float:
    return statistics.fmean(
        judge.ndcg(pool, with_group[judge.text]) - judge.ndcg(pool, without[judge.text]) for judge in judged.judges
    )
