"""Numbers in the cells of a table row as it stands in a canonical text: "Naam | Kolom 2023: 11,8% | ..."."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.figures.value import FIGURE, Unit, Value, find_values

_CELL = re.compile(r" \| (?:(?P<column>[^|\n:]{1,200}): )?(?P<value>[^|\n]{0,60}?)(?= \| |\s*$)")
_BARE = re.compile(rf"(?:{FIGURE})")
_AS_SHARE = re.compile(r"%|\b(?:percentage|procent|aandeel)\b", re.IGNORECASE)
_MONEY = re.compile(r"€|\beuro|bedrag|\bbaten|lasten|\bsaldo|budget|krediet|begroting|kosten|reserve|subsidie", re.I)
_OTHER_UNIT = re.compile(
    r"\b(?:per|rapportcijfer|score|index|gemiddeld\w*|uren|dagen|jaar oud|indeling|nummer)\b", re.I
)
_AMOUNT_OF = re.compile(
    r"\baantal(?:len)?\s(?:unieke\s)?(?P<noun>(?:(?:[a-zà-ÿ]+(?:e|ig)|volwassen)\s){0,2}[a-zà-ÿ’'-]{3,60})",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"^\s*(?P<noun>(?:[a-zà-ÿ]+(?:e|ig)\s)?[a-zà-ÿ-]+(?:igen|ers|lingen|kinderen|jongeren|inwoners))\b", re.I
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a row; text[column_start:column_end] heads it, empty where nothing does."""

    value: Value
    name_end: int
    column_start: int
    column_end: int


def is_row(text: str) -> bool:
    """Whether a statement is a row of a table."""
    return " | " in text and _CELL.search(text) is not None


def find_cells(text: str) -> list[Cell]:
    """The cells that hold a share or a count and nothing else, in order."""
    return list(_cells(text))


def _cells(text: str) -> Iterator[Cell]:
    name_end = text.find(" | ")
    name = text[:name_end]
    for match in _CELL.finditer(text, name_end):
        column = match.span("column") if match["column"] else (match.start("value"), match.start("value"))
        written = match["value"].strip()
        begin = match.start("value") + len(match["value"]) - len(match["value"].lstrip())
        value = _value(written, f"{name} {match['column'] or ''}", name)
        if value is not None:
            unit, noun = value
            yield Cell(Value(begin, begin + len(written), unit, noun), name_end, *column)


def _value(written: str, told: str, name: str) -> tuple[Unit, str] | None:
    """The unit of a cell's number and what it counts, None where it is no share or count."""
    found = find_values(written)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(written)):
        return found[0].unit, found[0].noun
    if not _BARE.fullmatch(written) or _MONEY.search(told):
        return None
    if _AS_SHARE.search(told):
        return Unit.SHARE, ""
    if "," in written or _OTHER_UNIT.search(told):
        return None
    noun = _AMOUNT_OF.search(told) or _PEOPLE.search(name)
    return None if noun is None else (Unit.COUNT, noun["noun"].strip().lower())
