"""The summary of a Word report: its matrix as a heat map and as a table that says the same."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from app.report.contents import Since
from app.report.heat_map import heat_map_png
from app.report.matrix import Cell as MatrixCell
from app.report.matrix import Matrix
from app.report.word.blocks import (
    Block,
    Cell,
    Heading,
    Number,
    Paragraph,
    Picture,
    Shade,
    Style,
    Table,
    Text,
    Turn,
    cell,
    plain,
    shortened,
)
from app.report.word.since import since_blocks

PORTRAIT, LANDSCAPE = (17.0, 21.0), (25.7, 13.5)  # cm for a picture under its caption
_COLUMNS, _COLUMNS_ACROSS = 5, 10  # municipalities on a standing and a lying page
_ROWS, _ROWS_ACROSS = 22, 14  # topics in one picture
_FIRST = 4.2
_BESIDE = 11.5  # cm that a table can take from its picture
PPI = 150.0


def summary(matrix: Matrix, since: Since | None) -> Iterator[Block]:
    """The matrix in parts that fit on a page, all municipalities in their order; on lying pages where it is wide.

    What changed since an earlier report stands below it.
    """
    across = len(matrix.municipalities) > _COLUMNS
    if across:
        yield Turn(landscape=True)
    yield Heading(1, "Samenvatting")
    yield plain(matrix.summary())
    if matrix.municipalities:
        width, height = LANDSCAPE if across else PORTRAIT
        pictures = 0
        blocks = matrix.blocks(_COLUMNS_ACROSS if across else _COLUMNS)
        for place, block in enumerate(blocks, start=1):
            beside = 0.0 if across else _height(block)
            for part in _slices(block, _ROWS_ACROSS if across else _ROWS):
                pictures += 1
                told = f"oordelen per onderwerp en gemeente{_range(block, blocks)}"
                yield _caption("Figuur", pictures, told, new_page=pictures > 1)
                yield Picture(heat_map_png(part, PPI), f"Heatmap. {part.summary()}", width, height - beside)
            told = f"dezelfde oordelen in woorden{_range(block, blocks)}"
            yield _caption("Tabel", place, told, new_page=not beside)
            yield _table(block, width)
    yield from since_blocks(since)
    if across:
        yield Turn(landscape=False)


def shade(each: MatrixCell) -> Shade:
    """The colours of a cell of the matrix."""
    return Shade(each.look.background, each.look.ink, each.change is not None)


def shaded(each: MatrixCell) -> Cell:
    """A cell of the matrix: sign and verdict, certainty, and that it changed."""
    told = 1 if each.certainty is None else 2
    lines = (" ".join((each.look.symbol, *each.lines[:told])), *each.lines[told:])
    return Cell(tuple(plain(line, Style.CELL_CENTRED) for line in lines), shade(each))


def _caption(kind: str, number: int, text: str, new_page: bool) -> Paragraph:
    parts = (Text(f"{kind} "), Number(kind, number), Text(f": {text}"))
    return Paragraph(Style.CAPTION, parts, together=True, new_page=new_page)


def _height(matrix: Matrix) -> float:
    """What the table needs in cm where it can stand on the page of its picture, else nothing."""
    height = 1.6 + 0.95 * len(matrix.rows) + 0.6 * (len(matrix.groups) if matrix.is_grouped else 0)
    return height if height <= _BESIDE else 0.0


def _range(block: Matrix, blocks: tuple[Matrix, ...]) -> str:
    if len(blocks) == 1:
        return ""
    first, last = block.municipalities[0].name, block.municipalities[-1].name
    return f", {first} tot en met {last}" if first != last else f", {first}"


def _slices(matrix: Matrix, rows: int) -> Iterator[Matrix]:
    """The matrix in parts of at most so many topics, as even as can be."""
    total = len(matrix.rows)
    parts = max(1, -(-total // rows))
    ends = [number * total // parts for number in range(parts + 1)]
    for start, end in pairwise(ends):
        kept = {id(row) for row in matrix.rows[start:end]}
        groups = (replace(group, rows=tuple(row for row in group.rows if id(row) in kept)) for group in matrix.groups)
        yield Matrix(matrix.municipalities, tuple(group for group in groups if group.rows))


def _table(matrix: Matrix, width: float) -> Table:
    columns = len(matrix.municipalities)
    wide = min(3.2, (width - _FIRST) / columns)
    rows: list[tuple[Cell, ...]] = []
    for group in matrix.groups:
        if matrix.is_grouped:
            name = plain(shortened(group.name or "Overige onderwerpen"), Style.CELL_HEAD, together=True)
            rows.append((Cell((name,), head=True, across=columns + 1),))
        for row in group.rows:
            rows.append((cell(shortened(row.topic.topic)), *(shaded(each) for each in row.cells)))
    header = ("Onderwerp", *(each.name for each in matrix.municipalities))
    return Table(matrix.summary(), (_FIRST, *[wide] * columns), header, rows)
