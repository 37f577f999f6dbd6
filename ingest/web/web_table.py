"""The cells of an HTML table on their grid, with what spans columns and rows."""

from dataclasses import dataclass

from lxml import etree

from ingest.drafts.draft import Draft, DraftCell, DraftTable

_MOST_COLUMNS = 50
_MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class _WebCell:
    drafts: tuple[Draft, ...]
    columns: int
    rows: int
    is_heading: bool


class WebTable:
    """A table while its rows and cells are read."""

    def __init__(self) -> None:
        self._rows: list[tuple[list[_WebCell], bool]] = []

    def begin_row(self, in_head: bool) -> None:
        """A row begins; `in_head` where it stands in a thead."""
        self._rows.append(([], in_head))

    def add(self, cell: etree._Element, drafts: tuple[Draft, ...]) -> None:
        """A cell of the last row."""
        if not self._rows:
            self.begin_row(False)
        spans = _span(cell.get("colspan"), _MOST_COLUMNS), _span(cell.get("rowspan"), _MOST_ROWS)
        self._rows[-1][0].append(_WebCell(drafts, *spans, cell.tag == "th"))

    def finished(self) -> DraftTable:
        """The table, with a cell for every column of every row."""
        rows: list[tuple[DraftCell, ...]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # column -> columns, rows to come
        for cells, _ in self._rows:
            row: list[DraftCell] = []
            column = 0
            waiting = list(reversed(cells))
            below: dict[int, tuple[int, int]] = {}
            while waiting or any(place >= column for place in open_cells):
                if column in open_cells:
                    columns, left = open_cells.pop(column)
                    row.append(DraftCell((), columns, True))
                    if left > 1:
                        below[column] = (columns, left - 1)
                elif waiting:
                    cell = waiting.pop()
                    columns = cell.columns
                    row.append(DraftCell(cell.drafts, columns, False))
                    if cell.rows > 1:
                        below[column] = (columns, cell.rows - 1)
                else:
                    columns = 1
                    row.append(DraftCell((), 1, False))
                open_cells = {place: each for place, each in open_cells.items() if place >= column + columns}
                column += columns
            open_cells = below
            rows.append(tuple(row))
        return DraftTable(tuple(rows), self._headers())

    def _headers(self) -> int | None:
        """The rows at the top of which the page says that they are headings; None where it says so of none."""
        count = 0
        for cells, in_head in self._rows:
            if not in_head and not (cells and all(cell.is_heading for cell in cells)):
                break
            count += 1
        return count or None


def _span(text: str | None, most: int) -> int:
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 6:
        return 1
    return most if digits == "0" else max(1, min(most, int(digits)))
