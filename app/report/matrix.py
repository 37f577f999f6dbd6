"""The matrix of a report: topics in groups by municipalities, with what a cell says, shows and how it changed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from app.answer import Ruling
from app.api.comparison_bodies import FindingBody
from app.api.document_bodies import MunicipalityBody
from app.api.report_bodies import ChangedCellBody, RunBody, TopicBody, TopicResultBody
from app.wording import counted, percentage, ruling_words

NOT_ASKED = "niet gevraagd"
FAILED = "niet gelukt"
ONLY_PAST = "alleen verlopen"
CHANGED = "gewijzigd"
CHANGE_SYMBOL = "Δ"


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of cell looks: a sign that tells it without colour, and two colours (#rrggbb) of WCAG AA contrast."""

    symbol: str
    background: str
    ink: str


# One hue from dark to light, so that the order also shows in grey; white and warm for what is no answer.
LOOKS = {
    ruling_words(Ruling.FOUND): Look("●", "#0b4f6c", "#ffffff"),
    ruling_words(Ruling.TOUCHED): Look("◐", "#a9d0e3", "#10242e"),
    ruling_words(Ruling.NOTHING): Look("○", "#ffffff", "#333333"),
    ruling_words(Ruling.NOT_SEARCHED): Look("–", "#e4e4e4", "#333333"),
    FAILED: Look("×", "#fbe0d3", "#7a1f00"),
    NOT_ASKED: Look("·", "#f6f6f6", "#595959"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One topic for one municipality; `ruling` is None where there is none, and `words` then say why.

    `certainty` is that of the verdict (0-1); `only_past`: it rests on documents that are no longer in force. `change`
    tells what changed since the run it is compared with.
    """

    municipality: MunicipalityBody
    ruling: Ruling | None
    words: str
    certainty: float | None
    only_past: bool
    change: ChangedCellBody | None

    @property
    def look(self) -> Look:
        """The sign and colours of the cell."""
        return LOOKS[self.words]

    @property
    def lines(self) -> tuple[str, ...]:
        """What the cell says, at most four short lines: verdict, certainty, no longer in force, changed."""
        certainty = () if self.certainty is None else (percentage(self.certainty),)
        past = (ONLY_PAST,) if self.only_past else ()
        changed = () if self.change is None else (f"{CHANGE_SYMBOL} {CHANGED}",)
        return (self.words, *certainty, *past, *changed)


@dataclass(frozen=True, slots=True)
class Row:
    """One topic with a cell for every municipality of the matrix; `number` counts the topics of the run from 1."""

    number: int
    topic: TopicBody
    cells: tuple[Cell, ...]
    error: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The topics under one heading, None for those without."""

    name: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All topics by all municipalities, the latter in one order throughout.

    Groups stand in the order in which they first appear, their topics in the order asked.
    """

    municipalities: tuple[MunicipalityBody, ...]
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The topics of all groups."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def is_grouped(self) -> bool:
        """Whether any topic stands under a heading of its own."""
        return any(group.name is not None for group in self.groups)

    @property
    def is_changed(self) -> bool:
        """Whether any cell changed since the run it is compared with."""
        return any(cell.change for row in self.rows for cell in row.cells)

    def blocks(self, columns: int) -> tuple["Matrix", ...]:
        """The matrix in parts of at most `columns` municipalities, as even as can be; itself where it fits."""
        count = -(-len(self.municipalities) // columns)
        if count <= 1:
            return (self,)
        size, wider = divmod(len(self.municipalities), count)
        ends = [number * size + min(number, wider) for number in range(count + 1)]
        return tuple(self._part(start, end) for start, end in pairwise(ends))

    def legend(self) -> tuple[tuple[Look, str], ...]:
        """The looks that occur with their meaning, in a fixed order."""
        seen = {cell.words for row in self.rows for cell in row.cells}
        return tuple((look, words) for words, look in LOOKS.items() if words in seen)

    def summary(self) -> str:
        """The matrix in one sentence, for who cannot see a picture of it."""
        counts = Counter(cell.words for row in self.rows for cell in row.cells)
        told = ", ".join(f"{counts[words]} keer {words}" for words in LOOKS if counts[words])
        changed = sum(cell.change is not None for row in self.rows for cell in row.cells)
        size = (
            f"{counted(len(self.rows), 'onderwerp', 'onderwerpen')} bij "
            f"{counted(len(self.municipalities), 'gemeente', 'gemeenten')}"
        )
        words = f"Matrix van {size}: {told or 'geen oordelen'}"
        return f"{words}; {changed} {CHANGED}." if changed else f"{words}."

    def _part(self, start: int, end: int) -> "Matrix":
        groups = tuple(
            replace(group, rows=tuple(replace(row, cells=row.cells[start:end]) for row in group.rows))
            for group in self.groups
        )
        return Matrix(self.municipalities[start:end], groups)


def matrix_of(run: RunBody) -> Matrix:
    """The matrix of a run.

    Municipalities: those asked for in that order, else in the order in which comparisons first hold them.
    """
    municipalities = tuple({each.code: each for each in _municipalities(run)}.values())
    changes = (
        {(each.topic, each.question or each.topic, each.municipality.code): each for each in run.since.cells}
        if run.since
        else {}
    )
    groups: dict[str | None, list[Row]] = {}
    for number, result in enumerate(run.results, start=1):
        findings = {each.code: each for each in result.comparison.municipalities} if result.comparison else {}
        topic = result.topic.topic, result.topic.question or result.topic.topic
        cells = tuple(
            _cell(result, findings.get(each.code), each, changes.get((*topic, each.code))) for each in municipalities
        )
        groups.setdefault(result.topic.group, []).append(Row(number, result.topic, cells, result.error))
    return Matrix(municipalities, tuple(Group(name, tuple(rows)) for name, rows in groups.items()))


def _municipalities(run: RunBody) -> Iterator[MunicipalityBody]:
    yield from run.settings.municipalities
    for result in run.results:
        for finding in result.comparison.municipalities if result.comparison else ():
            yield MunicipalityBody(code=finding.code, name=finding.name)


def _cell(
    result: TopicResultBody,
    finding: FindingBody | None,
    municipality: MunicipalityBody,
    change: ChangedCellBody | None,
) -> Cell:
    if finding is not None:
        words = ruling_words(finding.ruling)
        return Cell(municipality, finding.ruling, words, finding.certainty, finding.only_past, change)
    return Cell(municipality, None, NOT_ASKED if result.comparison else FAILED, None, False, change)
