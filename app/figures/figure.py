"""A figure that a document states about its municipality, with all that tells what it is a figure of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.answer import CitedExtract
from app.aspects.years import Years, find_years
from app.figures.cells import Cell, find_cells, is_row
from app.figures.clause import clause_around, enough_told, find_breaks
from app.figures.of_whom import find_ages, find_of, with_what_marks
from app.figures.stems import Concept, Role, Stems
from app.figures.value import Unit, Value, find_values, tells_aim, tells_change
from app.figures.whose import Whose, of_clause, whose
from corpus.document import Municipality

_POINTS_BACK = re.compile(
    r"\b(?:(?:is|was|zijn|waren|ligt|lag) (?:dit|dat|het)|(?:dit|dat) (?:is|was|zijn|waren)"
    r"|(?:dit|dat) (?:percentage|aantal)|daarvan|hiervan|ervan)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:(?:en|maar|ook|daarmee|dus)\s)?(?:(?:dit|dat)\s"
    r"(?:is|zijn|was|waren|percentage|aantal|komt|betekent|betreft|gaat)"
    r"|deze\s(?:percentages|aantallen|cijfers)|(?:het|daarbij|hierbij) (?:gaat|betreft)|daarvan|hiervan)\b"
    r"|[^,;.]{0,60}\b(?:is|was|waren|zijn|gaat|betreft|betekent) (?:dit|dat|het)\b",
    re.IGNORECASE,
)
_MOST_VALUES = 24  # of one statement
_LONGEST = 2000  # what is longer is no sentence


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One value of a statement, with what tells of what it is.

    `of` is where the group stands that it is a share of, `ages` are its ages as the text has them. `concepts` tell what
    is counted: of the clause around the value, or of the whole statement where the clause does not tell; their places
    are those in the statement. `group` is the kind of people, None where the text does not tell.
    """

    cited: CitedExtract
    municipality: Municipality
    value: Value
    whose: Whose
    years: Years | None
    of: tuple[int, int] | None
    ages: tuple[str, ...]
    concepts: tuple[Concept, ...]
    group: str | None

    @property
    def text(self) -> str:
        """The statement."""
        return self.cited.extract.text

    @property
    def described(self) -> str:
        """The group that it is a share of, or what is counted; empty where the text does not tell."""
        return self.value.noun if self.of is None else self.text[self.of[0] : self.of[1]]


def stated_figures(cited: CitedExtract, municipality: Municipality, stems: Stems) -> list[StatedFigure]:
    """The figures of a statement, without those of other places.

    None of a sentence that only goes on about the one before it ("Dat is 6% van ..."): what it counts is not said
    there. Of a document of several municipalities only those of which the statement names the municipality.
    """
    text = cited.extract.text
    found = _of_row(cited, municipality, stems) if is_row(text) else _of_sentence(cited, municipality, stems)
    shared = len(cited.document.metadata.municipalities) > 1
    return [each for each in found if each.whose is Whose.OWN or (each.whose is Whose.UNSAID and not shared)]


def _of_row(cited: CitedExtract, municipality: Municipality, stems: Stems) -> Iterator[StatedFigure]:
    text = cited.extract.text
    cells = find_cells(text)
    if not cells:
        return
    name = text[: cells[0].name_end]
    of_name, name_years = of_clause(municipality.name, name), find_years(name)
    for cell in cells[:_MOST_VALUES]:
        column = text[cell.column_start : cell.column_end]
        if any(tells_aim(each) or tells_change(each, cell.value, 0, len(each)) for each in (name, column)):
            continue
        place = of_clause(municipality.name, column)
        concepts = (*stems.concepts(name), *_moved(stems.concepts(column), cell.column_start))
        yield StatedFigure(
            cited=cited,
            municipality=municipality,
            value=cell.value,
            whose=of_name if place is Whose.UNSAID else place,
            years=_in_cell(cell, column, name_years),
            of=None,
            ages=find_ages(f"{name} {column}"),
            concepts=concepts,
            group=_group(concepts, cell.value, stems),
        )


def _in_cell(cell: Cell, column: str, name_years: Sequence[Years]) -> Years | None:
    own = [
        Years(each.first, each.last, each.start + cell.column_start, each.end + cell.column_start)
        for each in find_years(column)
    ]
    return next(iter([*own, *name_years]), None)


def _of_sentence(cited: CitedExtract, municipality: Municipality, stems: Stems) -> Iterator[StatedFigure]:
    text = cited.extract.text
    values = find_values(text)[:_MOST_VALUES] if len(text) <= _LONGEST else []
    if not values:
        return
    years = find_years(text)
    breaks = find_breaks(text)
    everything = stems.concepts(text)
    goes_on = bool(_GOES_ON.match(text))

    def people(first: int, last: int) -> bool:
        return any(each.role is Role.GROUP and first <= each.start < last for each in everything)

    last_of: tuple[int, int] | None = None
    for place, value in enumerate(values):
        start, end = clause_around(text, values, place, breaks)
        end = enough_told(value, start, end, breaks, everything)
        if (place == 0 and goes_on) or tells_change(text, value, start, end):
            continue
        inside = tuple(each for each in everything if start <= each.start and each.end <= end)
        back = bool(_POINTS_BACK.search(text, start, end)) or not any(each.role is Role.THING for each in inside)
        told = _before(everything, end) if back else inside
        if tells_aim(text if back else text[start:end]):
            continue
        of = find_of(text, value, start, end, people)
        if of is None and value.unit is not Unit.COUNT and (back or not people(start, end)):
            of = last_of or (find_of(text, values[0], 0, end, people) if back else None)
        last_of = of or last_of
        if of is not None:
            wider = with_what_marks(text, of, end)
            if any(each.role is Role.THING and not wider[0] <= each.start < wider[1] for each in told):
                of = wider
            told = tuple(each for each in everything if each in told or of[0] <= each.start < of[1])
        yield StatedFigure(
            cited=cited,
            municipality=municipality,
            value=value,
            whose=whose(municipality.name, text, start, end),
            years=_nearest(years, value, start, end),
            of=of,
            ages=find_ages(text if back else text[start:end]),
            concepts=told,
            group=_group([each for each in told if of and of[0] <= each.start < of[1]] or told, value, stems),
        )


def _before(concepts: Sequence[Concept], end: int) -> tuple[Concept, ...]:
    """Those before a place, or all where none of those tells what it is of."""
    found = tuple(each for each in concepts if each.end <= end)
    return found if any(each.role is Role.THING for each in found) else tuple(concepts)


def _moved(concepts: Sequence[Concept], by: int) -> Iterator[Concept]:
    for each in concepts:
        yield Concept(each.kind, each.stem, each.role, each.weight, each.start + by, each.end + by)


def _group(concepts: Sequence[Concept], value: Value, stems: Stems) -> str | None:
    """The people that are counted, or else those first told of."""
    if value.unit is Unit.COUNT:
        counted = [each.kind for each in stems.concepts(value.noun) if each.role is Role.GROUP]
        return counted[-1] if counted else None
    return next((each.kind for each in concepts if each.role is Role.GROUP), None)


def _nearest(years: Sequence[Years], value: Value, start: int, end: int) -> Years | None:
    own = [each for each in years if start <= each.start and each.end <= end] or list(years)
    return min(own, key=lambda each: max(each.start - value.end, value.start - each.end), default=None)
