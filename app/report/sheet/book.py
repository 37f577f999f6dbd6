"""A workbook (.xlsx) of tables; the one place that writes Excel files."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self
from xml.sax.saxutils import escape

from xlsxwriter import Workbook

from app.report.table import neutral

ROWS = 1_048_575  # of a sheet in Excel, below its header
CHARACTERS = 32_767  # of a cell in Excel, counted in UTF-16 units
_CUT = " … (ingekort)"
_FIRST_YEAR = 1900  # the calendar of Excel begins there
_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_LINE_HEIGHT, _HIGHEST = 12.75, 409.0  # points; the second is what Excel allows
_WIDEST_ON_PAPER = 240  # characters that can still be read when they are printed on one landscape page
_RULE = {"bottom": 1, "bottom_color": "#D0D0D0"}
_RAW = re.compile(r"<r>.*</r>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shaded:
    """A text on a background; `ink` and `fill` are colours such as #1b7f4d. `marked` gives it a thick border."""

    text: str
    fill: str
    ink: str
    marked: bool


Cell = str | int | float | date | datetime | Shaded | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column under its Dutch name; `width` in characters, `percent` for shares of one, `left` puts numbers left."""

    name: str
    width: int
    percent: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The content of one sheet; `fixed` columns stay in sight. A sheet name is at most 31 characters, no []:*?/\\."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    fixed: int = 0


class Book:
    """A workbook in memory that holds its texts as they are: none is calculated, made a link or made a number."""

    def __init__(self, title: str, made_at: datetime) -> None:
        self._content = io.BytesIO()
        self._book = Workbook(
            self._content,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"title": title, "author": "Beleidswijzer", "created": _moment(made_at)})
        self._book.set_size(28_000, 16_000)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def add(self, table: Table, most: int = ROWS) -> Self:
        """A sheet with the table under a header that stays in sight; more than one where it has over `most` rows."""
        for number, first in enumerate(range(0, max(len(table.rows), 1), most), start=1):
            name = table.name if number == 1 else f"{table.name} ({number})"
            self._sheet(table, name, table.rows[first : first + most])
        return self

    def content(self) -> bytes:
        """The file; nothing can be added after it."""
        self._book.close()
        return self._content.getvalue()

    def _sheet(self, table: Table, name: str, rows: Sequence[Sequence[Cell]]) -> None:
        sheet = self._book.add_worksheet(name)
        look = {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "border": 1}
        sheet.set_row(0, _height(table.columns, [column.name for column in table.columns]))
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            self._text(sheet, 0, place, column.name, self._format(**look, **_prefix(column.name)))
        for line, cells in enumerate(rows, start=1):
            sheet.set_row(line, _height(table.columns, cells))
            for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
                self._cell(sheet, line, place, column, cell)
        self._on_paper(sheet, table)
        sheet.freeze_panes(1, table.fixed)
        sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)

    def _on_paper(self, sheet: Any, table: Table) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_footer("&L&A&R&P / &N")
        sheet.repeat_rows(0)
        if sum(column.width for column in table.columns) <= _WIDEST_ON_PAPER:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.set_print_scale(50)
            if table.fixed:
                sheet.repeat_columns(0, table.fixed - 1)

    def _cell(self, sheet: Any, line: int, place: int, column: Column, cell: Cell) -> None:
        match cell:
            case None | "":
                sheet.write_blank(line, place, None, self._format())
            case Shaded():
                thick = {"border": 5, "border_color": "#1F3A5F"} if cell.marked else {"border": 1}
                look = {"bg_color": cell.fill, "font_color": cell.ink, "text_wrap": True, "align": "center"}
                self._text(sheet, line, place, cell.text, self._format(**look, **thick))
            case str():
                self._text(sheet, line, place, cell, self._format(text_wrap=True, **_prefix(cell)))
            case datetime() if cell.year >= _FIRST_YEAR:
                shape = self._format(num_format="dd-mm-yyyy hh:mm", **_side(column))
                sheet.write_datetime(line, place, _moment(cell), shape)
            case date() if cell.year >= _FIRST_YEAR:
                sheet.write_datetime(line, place, cell, self._format(num_format="dd-mm-yyyy", **_side(column)))
            case date():
                self._text(sheet, line, place, cell.isoformat(), self._format())
            case _:
                shown = {"num_format": "0%"} if column.percent else {}
                sheet.write_number(line, place, cell, self._format(**shown, **_side(column)))

    def _text(self, sheet: Any, line: int, place: int, text: str, shape: Any) -> None:
        text = _within(text)
        # What looks like XlsxWriter's own markup of rich text is written by it as it is, so it is made such markup.
        raw = f'<r><t xml:space="preserve">{escape(text)}</t></r>' if _RAW.fullmatch(text) else text
        sheet.write_string(line, place, raw, shape)

    def _format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_FONT, **_RULE, **properties})
        return self._formats[key]


def _side(column: Column) -> dict[str, str]:
    return {"align": "left"} if column.left else {}


def _height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """The height in points that the fullest cell of a row asks; told, since not every program reckons it itself."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        text = cell.text if isinstance(cell, Shaded) else cell if isinstance(cell, str) else ""
        lines = max(lines, sum(-(-len(line) * 18 // (column.width * 20)) or 1 for line in text.split("\n")))
    return min(_HIGHEST, lines * _LINE_HEIGHT + 4)


def _prefix(text: str) -> dict[str, bool]:
    """The sign to Excel that a cell is text, also after it was edited, where it begins like a formula."""
    return {"quote_prefix": True} if text.startswith("'") or neutral(text) != text else {}


def _within(text: str) -> str:
    """The text, cut with a remark where a cell cannot hold it."""
    if len(text.encode("utf-16-le")) // 2 <= CHARACTERS:
        return text
    room = CHARACTERS - len(_CUT)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore") + _CUT


def _moment(moment: datetime) -> datetime:
    """In UTC, without saying so: Excel knows no time zones."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo is not None else moment
