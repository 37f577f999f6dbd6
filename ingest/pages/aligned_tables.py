"""Tables that only the alignment of their amounts shows, without ruled lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pages.aligned_columns import Stretch, are_aligned, column_of, columns_of, stretches_of
from ingest.pages.table_grid import stacked
from ingest.pages.table_lines import Line, headed
from ingest.pages.table_white import Cells, GridLine, goes_on
from ingest.table_rows import is_year

_NEXT = 4.2
_NEXT_ROW = 6.0
_MOST_LABELS = 4
_MOST_HEADERS = 7
_HEADER_GAP = 4.5
_LABEL_GAP = 2.6
_WRAPPED = 2.2
_CLOSE = 1.45
_LEAST_HEADED = 4
_LEAST_ROWS = 3
_SLACK = 2.0
_LONG = 60


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """The rows of a table and the lines [start, end) that it takes."""

    start: int
    end: int
    rows: list[Cells]


def aligned_tables(lines: Sequence[Line]) -> list[AlignedTable]:
    """The tables among the lines of a page, or of a part of it, from top to bottom."""
    tables: list[AlignedTable] = []
    index = floor = 0
    while index < len(lines):
        end = _run(lines, index) if is_row(lines[index]) else index
        table = _table(lines, floor, index, end) if end > index else None
        if table:
            tables.append(table)
            floor = table.end
        index = max(end, index + 1)
    return tables


def is_row(line: Line) -> bool:
    """Whether a line stands as a row of amounts: an amount right of a label, or several values."""
    values = [piece for piece in line.pieces if piece.value and not is_year(piece.text)]
    amounts = [piece for piece in values if piece.amount]
    if not amounts and len(values) < 2:
        return False
    return len(values) > 1 or line.pieces[0] is not values[0]


def _run(lines: Sequence[Line], start: int) -> int:
    """Where the rows from `start` on end: at prose, at a wide gap, at headings of a next table."""
    last, zone = start, _zone(lines[start])
    for index in range(start + 1, len(lines)):
        line, gap = lines[index], lines[index].baseline - lines[index - 1].baseline
        size = max(line.size, lines[index - 1].size)
        row = is_row(line)
        if index - last > _MOST_LABELS or gap > (_NEXT_ROW if row and len(line.pieces) > 2 else _NEXT) * size:
            break
        if row:
            here = _zone(line)
            apart = here[0] >= zone[1] or here[1] <= zone[0]
            if apart and (gap > _WRAPPED * size or abs(line.left - lines[last].left) > _SLACK):
                break
            last, zone = index, (min(zone[0], here[0]), max(zone[1], here[1]))
        elif _is_prose(line, zone) or _opens_next(lines, index, zone):
            break
    return last + 1


def _zone(line: Line) -> Stretch:
    """From the first value right of the label of a row to its last."""
    values = [piece for piece in line.pieces[1:] if piece.value] or [line.pieces[-1]]
    return values[0].left, values[-1].right


def _is_prose(line: Line, zone: Stretch) -> bool:
    """Whether a line without values runs on from the labels into the values."""
    return any(
        (piece.left < zone[0] - _SLACK and piece.right > zone[0] + _SLACK)
        or (piece.left >= zone[0] and len(piece.text) > _LONG)
        for piece in line.pieces
    )


def _opens_next(lines: Sequence[Line], index: int, zone: Stretch) -> bool:
    """Whether headings of columns stand here, or shortly below and nearer to what follows than to what went before."""
    for line in lines[index : index + _MOST_LABELS]:
        if is_row(line):
            return False
        above = [piece for piece in line.pieces if piece.left > zone[0] - (zone[1] - zone[0]) / 4]
        if len(above) > 1 or (above and all(is_year(piece.text) for piece in above)):
            before = lines[index].baseline - lines[index - 1].baseline
            after = lines[index + 1].baseline - lines[index].baseline if index + 1 < len(lines) else 0.0
            return before > 1.3 * after or before > 1.8 * lines[index].size
    return False


def _table(lines: Sequence[Line], floor: int, start: int, end: int) -> AlignedTable | None:
    """The rows [start, end) as a table with the headings above them, None where they are none."""
    rows = [line for line in lines[start:end] if is_row(line)]
    columns = stretches_of(rows)
    if len(columns) < 2 or not are_aligned(rows, columns):
        return None
    lines = _with_heads(lines, start, len(columns))
    top, body = _headers(lines, floor, start, columns)
    if len(rows) < _LEAST_ROWS and not (top < body and len(rows) > 1 and len(columns) > 2):
        whole = top == 0 and body > 0 and len(columns) >= _LEAST_HEADED and len(rows[0].pieces) == len(columns)
        if not whole or len(lines[0].pieces) < len(columns) - 1:
            return None  # the last row of a table of the page before, under its headings once more
    end = _tail(lines, body, end, columns)
    heads = [_placed(line, columns, False, True).cells for line in lines[top:body]]
    placed = [_placed(line, columns, is_row(line)) for line in lines[body:end]]
    return AlignedTable(top, end, [*heads, *stacked(placed)])


def _with_heads(lines: Sequence[Line], start: int, columns: int) -> list[Line]:
    """The lines, with those that may be headings of the rows from `start` on in as many pieces as there are."""
    first = max(0, start - _MOST_HEADERS)
    return [*lines[:first], *(headed(line, columns) for line in lines[first:start]), *lines[start:]]


def _tail(lines: Sequence[Line], body: int, end: int, columns: Sequence[Stretch]) -> int:
    """The end of a table with the rest of its last name, where that is wrapped below its amounts."""
    first = end
    while end < len(lines) and end - first < _MOST_LABELS:
        line, gap = lines[end], lines[end].baseline - lines[end - 1].baseline
        if line.right > columns[1][0] or line.left > columns[0][1] or gap > _CLOSE * line.size:
            break
        if end == first and not goes_on(line.pieces[0].text) and not _is_tight(lines[body:end], gap):
            break
        end += 1
    closed = end == len(lines) or lines[end].baseline - lines[end - 1].baseline > _CLOSE * lines[end - 1].size
    return end if closed else first


def _is_tight(lines: Sequence[Line], gap: float) -> bool:
    """Whether a line so far below a table is as near as the lines within its rows are, and the rows are not."""
    gaps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    size = lines[0].size
    return bool(gaps) and gap <= min(gaps) + 0.06 * size and gap <= sorted(gaps)[len(gaps) // 2] - 0.2 * size


def heads_above(lines: Sequence[Line], row: Line, columns: Sequence[Stretch]) -> list[Cells]:
    """The lines of headings, among those above a first row, that stand over its columns."""
    if len(columns) < 2:
        return []
    lines = _with_heads([*lines, row], len(lines), len(columns))
    top, body = _headers(lines, 0, len(lines) - 1, columns)
    return [_placed(line, columns, False, True).cells for line in lines[top:body]]


def _headers(lines: Sequence[Line], floor: int, start: int, columns: Sequence[Stretch]) -> tuple[int, int]:
    """The first of the lines of headings above a table, which stand over its columns and cross none, and the first
    line of its body, with the labels that begin above its first amount."""
    top = body = index = start
    bold = False
    while index > floor and start - index < _MOST_HEADERS:
        line, below = lines[index - 1], lines[index]
        headed = any(piece.right > columns[1][0] for piece in line.pieces)
        gap = (below.baseline - line.baseline) / max(line.size, below.size)
        if gap > (_HEADER_GAP if headed else _LABEL_GAP) or _crosses(line, columns):
            break
        heavy = all(word.bold for piece in line.pieces if piece.right > columns[1][0] for word in piece.words)
        if headed and top < start and (heavy != bold or gap > _LABEL_GAP):
            break
        index -= 1
        if headed:
            body = body if top < start else index + 1
            bold, top = heavy, index
        elif top == start and body == index + 1 and gap <= _WRAPPED and goes_on(below.pieces[0].text):
            body = index
    return (top, body) if top < start else (body, body)


def _crosses(line: Line, columns: Sequence[Stretch]) -> bool:
    """Whether a line runs from the column of names into another, or is too long for a heading."""
    names = columns[1][0] + _SLACK
    return any(
        (piece.left < columns[0][1] and piece.right > names) or (piece.right > names and len(piece.text) > _LONG)
        for piece in line.pieces
    )


def _placed(line: Line, columns: Sequence[Stretch], anchor: bool, heads: bool = False) -> GridLine:
    cells: Cells = [[] for _ in columns]
    taken = columns_of(line.pieces, columns) if heads else [column_of(piece, columns) for piece in line.pieces]
    for column, piece in zip(taken, line.pieces, strict=True):
        cells[column] += piece.words
    return GridLine(line.baseline, line.size, cells, anchor)
