"""Figures of several municipalities that are of the same kind, and in what they are not the same measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.answer import Finding
from app.aspects.aspect import Aspect
from app.figures.difference import differences
from app.figures.figure import StatedFigure, stated_figures
from app.figures.likeness import grouped, kind_of
from app.figures.naming import name_of, unit_of
from app.figures.stems import Stems

_MOST_FIGURES = 3  # of one municipality in one measure


@dataclass(frozen=True, slots=True)
class Measure:
    """Figures of the same kind of at least two municipalities, in their order; `name` and `unit` are in their words.

    Of one municipality those of the document that is valid last come first, in it those of the last year.
    `differences` says in Dutch in what they are not the same measure; empty where the texts tell of no difference.
    """

    name: str
    unit: str
    figures: tuple[StatedFigure, ...]
    differences: tuple[str, ...]


def measures(findings: Sequence[Finding], stems: Stems) -> tuple[Measure, ...]:
    """The figures of a comparison that are of the same kind, those of most municipalities first.

    Nothing is reckoned or converted. Two figures are of the same kind where both are shares or count the same, and
    where they agree in the people and in the words that tell what is counted. A figure of the country, of a region or
    of a part of the municipality takes no part.
    """
    figures = [
        figure
        for finding in findings
        for cited in finding.aspects[Aspect.FIGURES]
        for figure in stated_figures(cited, finding.verdict.municipality, stems)
    ]
    groups = grouped([kind_of(figure, stems) for figure in figures])
    found = [_chosen([figures[place] for place in group]) for group in groups]
    lined_up = [group for group in found if _municipalities(group) > 1]
    lined_up.sort(key=_municipalities, reverse=True)
    return tuple(Measure(name_of(group), unit_of(group), tuple(group), tuple(differences(group))) for group in lined_up)


def _chosen(figures: Sequence[StatedFigure]) -> list[StatedFigure]:
    """At most some of each municipality; the same number of the same year once."""
    by: dict[str, list[StatedFigure]] = {}
    for figure in figures:
        by.setdefault(figure.municipality.code, []).append(figure)
    chosen: list[StatedFigure] = []
    for own in by.values():
        told: dict[tuple[str, tuple[int | None, int | None]], StatedFigure] = {}
        for figure in sorted(own, key=_validity_then_year, reverse=True):
            written = "".join(figure.text[figure.value.start : figure.value.end].lower().split())
            years = (figure.years.first, figure.years.last) if figure.years else (None, None)
            told.setdefault((written, years), figure)
        chosen += [*told.values()][:_MOST_FIGURES]
    return chosen


def _validity_then_year(figure: StatedFigure) -> tuple[date, int]:
    valid_from, years = figure.cited.document.metadata.valid_from, figure.years
    year = 0 if years is None else years.last or years.first or 0
    return valid_from or date.min, year


def _municipalities(figures: Sequence[StatedFigure]) -> int:
    return len({figure.municipality.code for figure in figures})
