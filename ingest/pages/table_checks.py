"""Whether what lines draw is a table, and a whole one, or prose in boxes, a chart or a slide."""

from collections.abc import Sequence

from ingest.pages.aligned_tables import is_row
from ingest.pages.page import Word
from ingest.pages.ruled_lines import Frame
from ingest.pages.table_lines import each_line, middle_of, rows_of
from ingest.pages.table_white import Cells

_LEAST_FILLED = 0.25
_BELOW = 2.6
_FAR_BELOW = 6.0
_EDGE = 6.0
_OUTSIDE = 0.3


def is_table(rows: Sequence[Cells]) -> bool:
    """Whether rows and columns have enough in them."""
    filled = [row for row in rows if any(row)]
    if len(filled) < 2:
        return False
    columns = [column for column in range(len(filled[0])) if any(row[column] for row in filled)]
    if len(columns) < 2:
        return False
    cells = sum(bool(row[column]) for row in filled for column in columns)
    if cells < _LEAST_FILLED * len(filled) * len(columns):
        return False
    return sum(1 for row in filled if sum(map(bool, row)) > 1) >= 2


def is_whole(
    frame: Frame, inside: Sequence[Word], words: Sequence[Word], walls: Sequence[tuple[float, float, float]]
) -> bool:
    """Whether a frame holds the whole of its table: no values stand beside its rows, and no row goes on below it."""
    left, top, right, bottom = frame.box
    size = max(word.size for word in inside)
    mine = set(map(id, inside))
    valued = any(map(is_row, each_line(rows_of(inside), walls)))
    below = (_BELOW if valued else _FAR_BELOW) * size
    around = [word for word in words if top - _BELOW * size < middle_of(word) < bottom + below]
    rows = outside = 0
    for line in each_line(rows_of(around), walls):
        held = [piece for piece in line.pieces if id(piece.words[0]) in mine]
        if held:
            rows += any(piece.value for piece in held)
            outside += any(piece.value and id(piece.words[0]) not in mine for piece in line.pieces)
        elif is_row(line) and left < line.right < right + _EDGE:
            goes_on = line.left > left - _EDGE or (not valued and line.baseline > bottom)
            if goes_on:
                return False
    return outside == 0 or outside < _OUTSIDE * rows
