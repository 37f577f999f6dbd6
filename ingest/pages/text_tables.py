"""Tables of texts under bold headings, which only the white between their rows and columns shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.pages.page import Word
from ingest.pages.ruled_lines import Stroke
from ingest.pages.table_lines import Line
from ingest.pages.table_white import Cells

_LEAST_COLUMNS = 3
_HEADING = 35
_NEAR = 2.5
_INDENT = 2.5
_FAR = 4.0
_WIDER = 1.15
_ACROSS = 0.6
_LEAST_ROWS = 3
_LEAST_STRUCK = 2
_FILLED = 0.7
_SHORT = 25
_FEW_SUMS = 0.2


@dataclass(frozen=True, slots=True)
class TextTable:
    """The rows of a table, its headings first, and the lines [start, end) that it takes."""

    start: int
    end: int
    rows: list[Cells]


def text_tables(lines: Sequence[Line], across: Sequence[Stroke]) -> list[TextTable]:
    """The tables among the lines of a page, from top to bottom; `across` are the level lines drawn on it."""
    tables: list[TextTable] = []
    index = 0
    while index < len(lines):
        table = _table(lines, index, across) if _is_head(lines[index]) else None
        if table:
            tables.append(table)
        index = table.end if table else index + 1
    return tables


def may_be_head(row: Sequence[Word]) -> bool:
    """Whether the words on one baseline may be headings above columns, before they are put in pieces."""
    return len(row) >= _LEAST_COLUMNS and all(word.bold for word in row)


def _is_head(line: Line) -> bool:
    return len(line.pieces) >= _LEAST_COLUMNS and all(
        len(piece.text) <= _HEADING and not piece.amount and all(word.bold for word in piece.words)
        for piece in line.pieces
    )


def _table(lines: Sequence[Line], start: int, across: Sequence[Stroke]) -> TextTable | None:
    lefts = [piece.left for piece in lines[start].pieces]
    cells: list[Cells] = []
    for above, line in pairwise(lines[start:]):
        placed = _placed(line, lefts) if line.baseline - above.baseline <= _FAR * line.size else None
        if placed is None or all(word.bold for cell in placed for word in cell):
            break
        cells.append(placed)
    body = lines[start + 1 : start + 1 + len(cells)]
    if sum(sum(piece.amount for piece in line.pieces) > 1 for line in body) > _FEW_SUMS * len(body):
        return None
    rows, ends = _rows(body, cells, lefts, across)
    while rows and sum(map(bool, rows[-1])) < 2:
        rows.pop()
        ends.pop()
    if not rows or not _is_table(rows):
        return None
    head: Cells = [list(piece.words) for piece in lines[start].pieces]
    return TextTable(start, start + 1 + ends[-1], [head, *rows])


def _placed(line: Line, lefts: Sequence[float]) -> Cells | None:
    """The words of a line in columns that begin at `lefts`, None where one crosses into the next column."""
    cells: Cells = [[] for _ in lefts]
    for piece in line.pieces:
        for word in piece.words:
            column = sum(1 for left in lefts if left <= word.left + _NEAR) - 1
            if column < 0 or (column + 1 < len(lefts) and word.right > lefts[column + 1] - 0.5):
                return None
            cells[column].append(word)
    pairs = zip(cells, lefts, strict=True)
    return None if any(cell and cell[0].left > left + _INDENT * cell[0].size for cell, left in pairs) else cells


def _rows(
    lines: Sequence[Line], cells: Sequence[Cells], lefts: Sequence[float], across: Sequence[Stroke]
) -> tuple[list[Cells], list[int]]:
    """The rows that strokes or white part, and the number of lines up to the end of each."""
    if not lines:
        return [], []
    struck = [_is_struck(above, below, lefts, across) for above, below in pairwise(lines)]
    gaps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    tight = min(gaps, default=0.0)
    rows: list[Cells] = [[list(cell) for cell in cells[0]]]
    ends = [1]
    for place, (gap, placed) in enumerate(zip(gaps, cells[1:], strict=True)):
        if struck[place] or (not any(struck) and gap > _WIDER * tight):
            rows.append([list(cell) for cell in placed])
            ends.append(place + 2)
            continue
        for cell, words in zip(rows[-1], placed, strict=True):
            cell.extend(words)
        ends[-1] = place + 2
    least = _LEAST_STRUCK if any(struck) else _LEAST_ROWS
    return (rows, ends) if len(rows) >= least else ([], [])


def _is_struck(above: Line, below: Line, lefts: Sequence[float], across: Sequence[Stroke]) -> bool:
    """Whether a level line, or the edge of a filled box, runs between two lines."""
    width = lefts[-1] - lefts[0]
    return any(
        above.baseline < stroke.at < below.baseline - 0.3 * below.size
        and min(stroke.end, lefts[-1]) - max(stroke.start, lefts[0]) >= _ACROSS * width
        for stroke in across
    )


def _is_table(rows: Sequence[Cells]) -> bool:
    """Whether most cells hold something and one column only short texts, as no column of prose does."""
    count = len(rows[0])
    filled = sum(bool(cell) for row in rows for cell in row)
    texts = [[" ".join(word.text for word in row[column]) for row in rows if row[column]] for column in range(count)]
    if filled < _FILLED * count * len(rows) or any(len(each) * 2 < len(rows) for each in texts):
        return False
    return any(median(map(len, column)) <= _SHORT for column in texts)
