"""The tables on a page."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.pages.aligned_columns import stretches_of_cells
from ingest.pages.aligned_flows import flows_of
from ingest.pages.aligned_tables import aligned_tables, heads_above
from ingest.pages.page import Page, Word
from ingest.pages.page_table import PageTable
from ingest.pages.ruled_lines import Box, Frame, Stroke, frames_of, strokes_of
from ingest.pages.ruled_tables import ruled_rows, words_inside
from ingest.pages.table_checks import is_table, is_whole
from ingest.pages.table_grid import headers_of, table_of, text_of
from ingest.pages.table_lines import each_line, lines_of, middle_of, rows_of
from ingest.pages.table_parts import goes_on_in
from ingest.pages.table_white import Cells
from ingest.pages.text_tables import may_be_head, text_tables
from ingest.table_rows import is_amount

_MOST_WORDS = 6_000
_MOST_RULES = 8_000
_MOST_FRAMES = 100
_BREAK = 40.0


def find_page_tables(page: Page) -> list[PageTable]:
    """The tables of a page from top to bottom: each word is in one cell at most, and their boxes do not overlap.

    What spans several columns is in the first of them. A page with more words or lines than one can read has none.
    """
    if len(page.words) > _MOST_WORDS or len(page.rules) > _MOST_RULES:
        return []
    across, upright = strokes_of(page.rules)
    walls = [(stroke.at, stroke.start, stroke.end) for stroke in upright]
    tables, words = _ruled(page, across, upright, walls)
    rows = rows_of(page.words)
    every = list(each_line(rows, walls)) if len(words) == len(page.words) or any(map(may_be_head, rows)) else []
    for worded in text_tables(every, across):
        table = table_of(page.number, worded.rows)
        others = [other for other in tables if _overlap(_box(table), other)]
        if all(not other.headers and _box_within(other, table) for other in others):  # they lack their headings
            tables = [*(other for other in tables if other not in others), table]
            taken = {id(word) for row in worded.rows for cell in row for word in cell}
            words = [word for word in words if id(word) not in taken]
    lines = every if len(words) == len(page.words) else lines_of(words, walls)
    flows = flows_of(lines)
    for flow in [lines] if len(flows) == 1 else [lines_of(each, walls) for each in flows]:
        for aligned in aligned_tables(flow):
            table = table_of(page.number, aligned.rows)
            if not any(_overlap(_box(table), other) for other in tables):
                tables.append(table)
    return _without_breaks(sorted(tables, key=lambda table: (table.top, table.left)), page.words)


def _ruled(
    page: Page, across: Sequence[Stroke], upright: Sequence[Stroke], walls: Sequence[tuple[float, float, float]]
) -> tuple[list[PageTable], Sequence[Word]]:
    """The tables that lines draw, the largest first, and the words that are left."""
    tables: list[PageTable] = []
    words: Sequence[Word] = page.words
    frames = frames_of(across, upright, sorted(map(middle_of, words)))
    for frame in sorted(frames, key=_surface, reverse=True)[:_MOST_FRAMES]:
        if not frame.is_divided or any(_overlap(frame.box, table) for table in tables):
            continue
        inside = words_inside(frame, words)
        if len(inside) < 4 or not is_whole(frame, inside, words, walls):
            continue
        rows = ruled_rows(frame, inside)
        if is_table(rows):
            taken = set(map(id, inside))
            words = [word for word in words if id(word) not in taken]
            rows = [*_missing_heads(rows, words, walls), *rows]
            taken = {id(word) for row in rows for cell in row for word in cell}
            words = [word for word in words if id(word) not in taken]
            table = table_of(page.number, rows)
            if not any(_overlap(_box(table), other) for other in tables):
                tables.append(table)
    return tables, words


def _missing_heads(
    rows: Sequence[Cells], words: Sequence[Word], walls: Sequence[tuple[float, float, float]]
) -> list[Cells]:
    """The headings that stand above the frame of a table which has none inside it."""
    first = rows[0]
    valued = next((row for row in rows if any(row[1:])), first)  # labels of a group may stand above it
    if headers_of(rows) or not any(is_amount(text_of(cell)) for cell in valued[1:]):
        return []
    columns = stretches_of_cells(rows)
    line = lines_of(word for cell in first for word in cell)[0]
    above = [word for word in words if word.baseline < line.baseline]
    return heads_above(lines_of(above, walls), line, columns) if columns else []


def _surface(frame: Frame) -> float:
    left, top, right, bottom = frame.box
    return (right - left) * (bottom - top)


def _without_breaks(tables: Sequence[PageTable], words: Sequence[Word]) -> list[PageTable]:
    """The tables, those made one that only white parts: the second has the columns of the first and no headings."""
    found: list[PageTable] = []
    for table in tables:
        above = found[-1] if found else None
        if above and not table.headers and 0 <= table.top - above.bottom <= _BREAK and goes_on_in(above, above, table):
            between = [word for word in words if above.bottom <= middle_of(word) <= table.top]
            if not any(word.left < table.right and table.left < word.right for word in between):
                left, right = min(above.left, table.left), max(above.right, table.right)
                rows = above.rows + table.rows
                found[-1] = replace(above, left=left, right=right, bottom=table.bottom, rows=rows)
                continue
        found.append(table)
    return found


def _box_within(inner: PageTable, outer: PageTable) -> bool:
    return outer.top <= inner.top + 1 and inner.bottom - 1 <= outer.bottom and inner.right - 1 <= outer.right


def _box(table: PageTable) -> Box:
    return table.left, table.top, table.right, table.bottom


def _overlap(box: Box, table: PageTable) -> bool:
    left, top, right, bottom = box
    return left < table.right and table.left < right and top < table.bottom and table.top < bottom
