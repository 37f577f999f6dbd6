"""The labelled sentences, and how well the figures that are lined up agree with them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from app.figures.measure import Measure, measures
from app.figures.stems import Stems
from app.figures.value import Unit
from corpus.municipalities import load_municipalities
from tests.app.figures.stated import OFFSET, Said, findings_of

HERE = Path(__file__).parents[2] / "evaluation" / "figures"

Place = tuple[str, int, str]  # municipality, number of the sentence, the number as it is written
Pair = frozenset[Place]


@dataclass(frozen=True)
class Labelled:
    """Statements, and of each figure of a municipality itself the kind of figure that it is."""

    statements: tuple[Said, ...]
    kinds: dict[Place, str]

    def pairs(self) -> set[Pair]:
        """Two figures of the same kind of different municipalities."""
        return _pairs(
            [place for place, kind in self.kinds.items() if kind == wanted] for wanted in set(self.kinds.values())
        )

    def found(self, stems: Stems) -> tuple[Measure, ...]:
        """With all statements in one comparison, which is harder than topic by topic."""
        return measures(findings_of(self.statements), stems)


def load(half: str) -> Labelled:
    lines = [json.loads(line) for line in (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]
    return Labelled(
        tuple(Said(tuple(line["municipalities"]), line["text"]) for line in lines),
        {
            (load_municipalities().find(each["municipality"]).name, number, each["value"]): each["kind"]
            for number, line in enumerate(lines)
            for each in line["figures"]
        },
    )


def lined_up(found: Iterable[Measure]) -> set[Pair]:
    return _pairs(list(_places(measure)) for measure in found)


def _places(measure: Measure) -> Iterator[Place]:
    for each in measure.figures:
        number = each.cited.extract.start // OFFSET - 1
        written = each.text[each.value.start : each.value.end]
        yield each.municipality.name, number, written.split()[0] if each.value.unit is Unit.COUNT else written


def _pairs(groups: Iterable[list[Place]]) -> set[Pair]:
    return {frozenset((one, two)) for group in groups for one, two in combinations(group, 2) if one[0] != two[0]}
