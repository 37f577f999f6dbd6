"""Tables that came out of a file as lines: where they begin and end, with their caption and header lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.heading_form import is_ended, is_row

_AMOUNT = re.compile(r"(?<!\S)[-–]?\s?€?\s?\d[\d.,]*%?(?!\S)")
_YEARS = re.compile(r"(?:19|20)\d\d\*?")
_LONE_YEARS = re.compile(r"\D*(?:19|20)\d\d\s*(?:[-–]\s*(?:19|20)\d\d)?\*?")
_LONE_NUMBER = re.compile(r"\d{1,2}")
_NOTE = re.compile(r"(?i)\(bron\b|^bron\s*:|^\*\s?\S")
_MIN_ROWS = 3
_MIN_AMOUNTS = 6
_MIN_SHARE = 0.25
_GAP = 6
_MAX_CELL = 200
_MOST_ABOVE = 4
_MAX_HEADER = 90


@dataclass(frozen=True, slots=True)
class Table:
    """The lines [start, end) of a table; before its first row, at `first`, stand caption, lead-in and header lines."""

    start: int
    first: int
    end: int


def find_tables(lines: Sequence[str]) -> list[Table]:
    """The tables of amounts among the lines of a text, in order.

    A row ends in an amount; between rows may stand labels, and cells that were wrapped. What names the source below a
    table belongs to it, and ends it; so does a row of years that opens the next.
    """
    tables: list[Table] = []
    index = floor = 0
    while index < len(lines):
        end = _rows_end(lines, index) if _is_amount_row(lines[index]) else index
        if end > index:
            tables.append(Table(_start(lines, index, floor), index, end))
            floor = end
        index = max(end, index + 1)
    return tables


def _rows_end(lines: Sequence[str], start: int) -> int:
    """Where the rows from `start` on end; `start` itself where they are too few to be a table."""
    rows, amounts, last = 0, 0, start
    for index in range(start, len(lines)):
        line = lines[index]
        if index - last > _GAP or (rows >= _MIN_ROWS and _is_row_of_years(line)):
            break
        if _is_amount_row(line):
            rows, amounts, last = rows + 1, amounts + len(_AMOUNT.findall(line)), index
        elif not _can_be_cell(line):
            break
        elif _NOTE.search(line):
            last = index
            break
    if rows < _MIN_ROWS or amounts < _MIN_AMOUNTS or rows < _MIN_SHARE * (last + 1 - start):
        return start
    noted = last + 1 < len(lines) and _NOTE.search(lines[last + 1]) and not _NOTE.search(lines[last])
    return last + 2 if noted and len(lines[last + 1]) <= _MAX_CELL else last + 1


def _start(lines: Sequence[str], first: int, floor: int) -> int:
    """The first of the few lines above the first row that belong to it: labels, or a sentence that ends in ':'."""
    start = first
    while start > floor and first - start < _MOST_ABOVE and _is_label(lines[start - 1]):
        start -= 1
    leads_in = start > floor and lines[start - 1].endswith(":") and len(lines[start - 1]) <= _MAX_CELL
    return start - leads_in


def _is_label(line: str) -> bool:
    return len(line) <= _MAX_HEADER and not is_ended(line) and not _NOTE.search(line)


def _can_be_cell(line: str) -> bool:
    return len(line) <= _MAX_CELL and (not is_ended(line) or bool(_NOTE.search(line)))


def _is_amount_row(line: str) -> bool:
    """Whether a line is a row with an amount in it: a lone year, period or number is none."""
    return is_row(line) and not _LONE_YEARS.fullmatch(line) and not _LONE_NUMBER.fullmatch(line)


def _is_row_of_years(line: str) -> bool:
    amounts = _AMOUNT.findall(line)
    return len(amounts) >= 2 and all(_YEARS.fullmatch(amount.strip()) for amount in amounts)
