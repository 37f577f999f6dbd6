"""Tables that ruled lines or the edges of filled boxes draw."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pages.page import Word
from ingest.pages.ruled_lines import Frame, Stroke
from ingest.pages.table_grid import continued, split, text_of
from ingest.pages.table_gutters import gutters, text_gutters
from ingest.pages.table_lines import Line, Piece, each_line, lines_of, middle_of, piece_of, rows_of
from ingest.pages.table_white import Cells
from ingest.table_rows import is_amount

_NEAR = 2.5
_MARGIN = 2.0
_ACROSS = 0.5
_BESIDE = 0.7
_WALLED = 0.12
_WALLED_TEXT = 0.3
_CUT = 2.0
_NARROW = 12.0
_APART = 0.5


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns and rows of a frame part, in points, and in which rows (second) each inner parting of columns
    (first) is drawn as a wall."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    walls: tuple[tuple[bool, ...], ...]


def ruled_rows(frame: Frame, words: Sequence[Word]) -> list[Cells]:
    """The words inside a frame as rows of cells; rows and columns may be empty, none where there is nothing."""
    if not words:
        return []
    grid = _grid(frame, words)
    bands = [_row(grid, number, band) for number, band in enumerate(_by_row(grid.ys, words))]
    rows = [part for row in _merged(bands, grid, frame) for part in split(row) if any(row)]
    return continued(_without_needless(rows, grid))


def words_inside(frame: Frame, words: Sequence[Word]) -> list[Word]:
    """The words whose middle is inside a frame."""
    left, top, right, bottom = frame.box
    return [
        word
        for word in words
        if top - _MARGIN <= middle_of(word) <= bottom + _MARGIN
        and left - _MARGIN <= (word.left + word.right) / 2 <= right + _MARGIN
    ]


def _grid(frame: Frame, words: Sequence[Word]) -> Grid:
    left, top, right, bottom = frame.box
    ys = [top]
    for at, strokes in _clusters(frame.across):
        if _length(strokes) >= _ACROSS * (right - left) and at - ys[-1] > _NEAR:
            ys.append(at)
    if bottom - ys[-1] > _NEAR:
        ys.append(bottom)
    bands = _by_row(ys, words)
    filled = [bool(band) for band in bands]
    edges = [(stroke.at, stroke.start, stroke.end) for stroke in frame.upright]
    valued = [any(_has_amount(line) for line in each_line(rows_of(band), edges)) for band in bands]
    xs, walls = [left], []
    for at, strokes in _clusters(frame.upright):
        drawn = tuple(_covers(strokes, upper, lower) for upper, lower in pairwise(ys))
        if left + _NEAR < at < right - _NEAR and _is_wall(drawn, filled, valued):
            xs.append(at)
            walls.append(drawn)
    unwalled = (False,) * (len(ys) - 1)
    white = [(x, unwalled) for x in _inner_gutters(xs, words)]
    every = sorted([*zip(xs[1:], walls, strict=True), *white])
    return Grid((left, *(x for x, _ in every), right), tuple(ys), tuple(drawn for _, drawn in every))


def _has_amount(line: Line) -> bool:
    return any(piece.amount for piece in line.pieces)


def _is_wall(drawn: Sequence[bool], filled: Sequence[bool], valued: Sequence[bool]) -> bool:
    """Whether a line is drawn in enough of the rows with amounts, or of all where none has any: what only stands
    around headings is no wall of columns."""
    if any(valued):
        return _both(drawn, valued) >= max(1, _WALLED * sum(valued))
    return _both(drawn, filled) >= max(1, _WALLED_TEXT * sum(filled))


def _both(drawn: Sequence[bool], rows: Sequence[bool]) -> int:
    return sum(1 for here, counts in zip(drawn, rows, strict=True) if here and counts)


def _inner_gutters(xs: Sequence[float], words: Sequence[Word]) -> list[float]:
    """Where white gutters part a ruled column into several."""
    found = [x for column in _columned(xs, words) for x in gutters(lines_of(column))]
    if len(xs) + len(found) > 1:
        found += [x for column in _columned(sorted([*xs, *found]), words) for x in text_gutters(lines_of(column))]
    return found


def _columned(xs: Sequence[float], words: Sequence[Word]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in xs]
    for word in words:
        columns[max(0, bisect_right(xs, (word.left + word.right) / 2) - 1)].append(word)
    return columns


def _clusters(strokes: Sequence[Stroke]) -> list[tuple[float, list[Stroke]]]:
    """Strokes that lie close together, with their mean place, in order."""
    clusters: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if clusters and stroke.at - clusters[-1][0].at <= _NEAR:
            clusters[-1].append(stroke)
        else:
            clusters.append([stroke])
    return [(sum(stroke.at for stroke in each) / len(each), each) for each in clusters]


def _length(strokes: Sequence[Stroke]) -> float:
    """How long strokes are together, counting once what they share."""
    total, reached = 0.0, float("-inf")
    for stroke in sorted(strokes, key=lambda stroke: stroke.start):
        total += max(0.0, stroke.end - max(stroke.start, reached))
        reached = max(reached, stroke.end)
    return total


def _covers(strokes: Sequence[Stroke], start: float, end: float) -> bool:
    inside = [Stroke(0, max(s.start, start), min(s.end, end)) for s in strokes if s.start < end and s.end > start]
    return _length(inside) >= _BESIDE * (end - start)


def _by_row(ys: Sequence[float], words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = [[] for _ in ys[1:]]
    for word in words:
        rows[max(0, min(bisect_right(ys, middle_of(word)) - 1, len(rows) - 1))].append(word)
    return rows


def _row(grid: Grid, number: int, words: Sequence[Word]) -> Cells:
    """The words between two horizontal lines in their columns; what stands in several goes with the first."""
    row: Cells = [[] for _ in grid.xs[1:]]
    walls = [x for x, drawn in zip(grid.xs[1:-1], grid.walls, strict=True) if drawn[number]]
    upper, lower = grid.ys[number], grid.ys[number + 1]
    lines = lines_of(words, [(x, upper - _MARGIN, lower + _MARGIN) for x in walls])
    white = [x for x, drawn in zip(grid.xs[1:-1], grid.walls, strict=True) if not any(drawn)]
    spans: dict[int, list[list[Piece]]] = {}
    for line in lines:
        here: dict[int, list[Piece]] = {}
        for piece in (part for whole in line.pieces for part in _at_gutters(whole, white)):
            here.setdefault(bisect_right(walls, (piece.left + piece.right) / 2), []).append(piece)
        for span, pieces in here.items():
            spans.setdefault(span, []).append(pieces)
    for span, found in spans.items():
        start = bisect_right(grid.xs, walls[span - 1]) - 1 if span else 0
        end = bisect_right(grid.xs, walls[span]) - 1 if span < len(walls) else len(row)
        apart = any(len(pieces) > 1 for pieces in found)
        for pieces in found:
            for piece in pieces:
                first, last = (max(start, min(column, end - 1)) for column in _columns(grid.xs, piece))
                row[first if apart or (first == last and piece.value) else start] += piece.words
    return row


def _at_gutters(piece: Piece, gutters: Sequence[float]) -> list[Piece]:
    """A piece broken where a white gutter runs between two of its words that stand well apart."""
    parts = [[piece.words[0]]]
    for before, word in pairwise(piece.words):
        if word.left - before.right > _APART * word.size and any(before.right <= x <= word.left for x in gutters):
            parts.append([])
        parts[-1].append(word)
    return [piece_of(words) for words in parts] if len(parts) > 1 else [piece]


def _without_needless(rows: Sequence[Cells], grid: Grid) -> list[Cells]:
    """The rows, with columns made one that a wall parts in few rows and that are never filled side by side, and
    without empty columns that are too narrow to be meant."""
    kept = [list(row) for row in rows]
    for column in range(len(grid.walls) - 1, -1, -1):
        few = sum(grid.walls[column]) * 2 < len(grid.walls[column])
        narrow = min(grid.xs[column + 2] - grid.xs[column + 1], grid.xs[column + 1] - grid.xs[column]) < _NARROW
        if (few or narrow) and not any(row[column] and row[column + 1] for row in kept):
            for row in kept:
                row[column : column + 2] = [row[column] or row[column + 1]]
    return kept


def _columns(xs: Sequence[float], piece: Piece) -> tuple[int, int]:
    """The first and the last column that a piece stands in by more than a sliver."""
    sliver = min(_CUT, (piece.right - piece.left) / 4)
    return bisect_right(xs, piece.left + sliver) - 1, bisect_right(xs, piece.right - sliver) - 1


def _merged(rows: Sequence[Cells], grid: Grid, frame: Frame) -> list[Cells]:
    """The rows, with those made one that a line parts in some columns only, where no column has text on both sides
    of its own part of that line."""
    merged: list[Cells] = []
    strokes = _clusters(frame.across)
    for number, row in enumerate(rows):
        if not any(row):
            continue
        if merged and number and any(rows[number - 1]) and _is_one(merged[-1], row, grid, grid.ys[number], strokes):
            merged[-1] = [[*above, *below] for above, below in zip(merged[-1], row, strict=True)]
        else:
            merged.append(row)
    return merged


def _is_one(
    above: Cells, below: Cells, grid: Grid, y: float, strokes: Sequence[tuple[float, Sequence[Stroke]]]
) -> bool:
    lines = [stroke for at, each in strokes if abs(at - y) <= _NEAR for stroke in each]
    spanned = False
    for column, (upper, lower) in enumerate(zip(above, below, strict=True)):
        start, end = grid.xs[column], grid.xs[column + 1]
        parted = _covers(lines, start, end)
        if upper and lower and parted:
            named = column == 1 and len(above) == 2 and above[0] and not below[0]
            if not (named and spanned) or is_amount(text_of(lower)):
                return False
        spanned |= bool(upper or lower) and not parted
    return spanned
