"""Tables that go on over pages."""

from collections.abc import Sequence

from ingest.pages.page_table import PageTable
from ingest.table_rows import is_value

_NEAR = 12.0
_FOOT = 0.85
_HEAD = 0.05
_WIDE = 650.0

Stretch = tuple[float, float]
"""From left to right along x, in points."""


def joined(tables: Sequence[PageTable]) -> list[list[PageTable]]:
    """The parts of each table, in order; a table on one page is a list of one. `tables` are those of a whole file, in
    the order of their pages and from top to bottom; the parts are the very same objects.

    A part goes on from the one before it where that is the last table of the page before and this the first of the next
    page, their columns are as many and stand in the same places, and it repeats the headings of the first part or has
    none of its own. So `headers` of a later part counts rows that repeat those of the first, 0 where it repeats none:
    the headings of the first part hold for all. Text that stands between two parts, other than headers and footers,
    cannot be seen here: a caller that finds any takes the parts for tables of their own.
    """
    found: list[list[PageTable]] = []
    ends = _ends(tables)
    before: PageTable | None = None
    for table in tables:
        next_page = before is not None and before.page + 1 == table.page
        if before and next_page and _meet(before, table, ends) and goes_on_in(found[-1][0], before, table):
            found[-1].append(table)
        else:
            found.append([table])
        before = table
    return found


def _ends(tables: Sequence[PageTable]) -> dict[bool, Stretch]:
    """Where the first table begins and the last ends of all pages, apart for upright pages and for wide ones."""
    ends: dict[bool, Stretch] = {}
    for table in tables:
        top, bottom = ends.get(_is_wide(table), (table.top, table.bottom))
        ends[_is_wide(table)] = (min(top, table.top), max(bottom, table.bottom))
    return ends


def _is_wide(table: PageTable) -> bool:
    return table.right > _WIDE


def _meet(before: PageTable, table: PageTable, ends: dict[bool, Stretch]) -> bool:
    """Whether a table stands low enough on its page, and the next high enough, for nothing to stand between."""
    low, high = ends[_is_wide(before)], ends[_is_wide(table)]
    return before.bottom >= _FOOT * low[1] and table.top <= high[0] + _HEAD * high[1]


def goes_on_in(first: PageTable, before: PageTable, table: PageTable) -> bool:
    """Whether a table looks like a further part of the one that begins with `first` and was last seen in `before`."""
    if len(table.rows[0]) != len(first.rows[0]):
        return False
    pairs = list(zip(_stretches(first), _stretches(table), strict=True))
    if any(above and below and _apart(above, below) > _NEAR for above, below in pairs):
        return False
    if table.headers:
        return table.headers <= first.headers and _grid(table)[: table.headers] == _grid(first)[: table.headers]
    return _valued(table) <= _valued(before) or not _valued(before)


def _stretches(table: PageTable) -> list[Stretch | None]:
    """Where along x the words of each column stand, without those of headings; None for a column without any."""
    stretches: list[Stretch | None] = []
    for column in range(len(table.rows[0])):
        cells = [row[column] for row in table.rows[table.headers :]]
        words = [word for cell in cells for line in cell.lines for word in line]
        stretches.append((min(word.left for word in words), max(word.right for word in words)) if words else None)
    return stretches


def _apart(stretch: Stretch, other: Stretch) -> float:
    """How far two columns are from being one: they line up on one of their sides, or one lies in the other."""
    sides = min(abs(stretch[0] - other[0]), abs(stretch[1] - other[1]))
    within = max(stretch[0] - other[0], other[1] - stretch[1])
    return max(0.0, min(sides, within))


def _valued(table: PageTable) -> set[int]:
    """The columns that hold mostly values."""
    found = set()
    rows = _grid(table)[table.headers :]
    for column in range(len(table.rows[0])):
        texts = [row[column] for row in rows if row[column]]
        if sum(map(is_value, texts)) * 2 > len(texts):
            found.add(column)
    return found


def _grid(table: PageTable) -> list[list[str]]:
    return [[" ".join(word.text for line in cell.lines for word in line) for cell in row] for row in table.rows]
