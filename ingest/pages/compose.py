"""A layout to source text: lines in the order of reading, with the elements, pages and boxes of every stretch."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ingest.pages.group import Group, Role
from ingest.pages.layout import Layout, Sheet
from ingest.pages.leaf import as_shown
from ingest.pages.legibility import is_damaged
from ingest.pages.line import Line, make_line
from ingest.pages.page_table import PageCell, PageTable
from ingest.pages.table_parts import joined
from ingest.source_text import SourcePage
from ingest.structured import Cell, Element, ElementKind, SourceBox, SourceDamage
from ingest.table_rows import cell_headings

_KINDS = {
    Role.PARAGRAPH: ElementKind.PARAGRAPH,
    Role.ITEM: ElementKind.ITEM,
    Role.HEADING: ElementKind.HEADING,
    Role.NOTE: ElementKind.NOTE,
    Role.CONTENTS: ElementKind.CONTENTS,
}
_CONTINUED = re.compile(r"(?i)\bvervolg\b")
_DAMAGE = "Een lettertype in het bestand geeft hier andere tekens dan de bladzijde laat zien."


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a file with what is known of its stretches; see `structured.Structured`."""

    text: str
    elements: tuple[Element, ...]
    pages: tuple[SourcePage, ...]
    boxes: tuple[SourceBox, ...]
    damages: tuple[SourceDamage, ...]
    recognised: tuple[tuple[int, int], ...]
    tables: int


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a table on one page: its number, the headings of its cells, and how many rows only repeat."""

    number: int
    table: PageTable
    headings: list[list[str]]
    repeated: int


def compose(layout: Layout, recognised: Collection[int]) -> Composed:
    """The text of a layout; `recognised` are the pages that text recognition read."""
    return _Composer(layout, recognised).composed()


class _Composer:
    """Writes groups one after another; what stands at the foot of a page waits until a paragraph that runs on ends."""

    def __init__(self, layout: Layout, recognised: Collection[int]) -> None:
        self._layout = layout
        self._recognised = recognised
        self._parts = _table_parts(layout.groups)
        self._pieces: list[str] = []
        self._length = 0
        self._pages: list[SourcePage] = []
        self._page = self._page_start = 0
        self._elements: list[Element] = []
        self._boxes: list[SourceBox] = []
        self._damages: list[SourceDamage] = []

    def composed(self) -> Composed:
        waiting = sorted(self._layout.sheets)
        for group in self._layout.groups:
            while waiting and waiting[0] < group.page:
                self._foot(waiting.pop(0))
            self._group(group)
        for page in waiting:
            self._foot(page)
        self._end_page(self._length)
        return Composed(
            text="".join(self._pieces),
            elements=tuple(self._elements),
            pages=tuple(self._pages),
            boxes=tuple(self._boxes),
            damages=tuple(self._damages),
            recognised=tuple(self._stretches()),
            tables=len({part.number for part in self._parts.values()}),
        )

    def _stretches(self) -> Iterator[tuple[int, int]]:
        yield from ((page.start, page.end) for page in self._pages if page.number in self._recognised)

    def _group(self, group: Group) -> None:
        if group.table is not None:
            self._table(group.table)
            return
        self._element(_KINDS[group.role], group.lines, group.rank)

    def _foot(self, number: int) -> None:
        """The notes of a page, what stands at an angle, and its running headers and numbers."""
        for note in self._layout.notes.get(number, ()):
            self._element(ElementKind.NOTE, note.lines, None)
        sheet = self._layout.sheets[number]
        for line in sheet.aside:
            repeated = _is_repeated(line, self._layout.sheets.values())
            self._element(ElementKind.RUNNING_HEADER if repeated else ElementKind.PARAGRAPH, [line], None)
        for line in sheet.headers:
            self._element(ElementKind.RUNNING_HEADER, [line], None)
        for line in sheet.numbers:
            self._element(ElementKind.PAGE_NUMBER, [line], None)

    def _element(self, kind: ElementKind, lines: Sequence[Line], rank: int | None) -> None:
        start = self._length
        for line in lines:
            self._line(line, "\n")
        self._elements.append(Element(kind, start, self._length, rank, (), None))

    def _line(self, line: Line, end: str) -> None:
        start = self._length
        self._write(line.text + end, line.page)
        self._box(line, start)
        if is_damaged(line.text):
            self._damages.append(SourceDamage(start, start + len(line.text), _DAMAGE))

    def _box(self, line: Line, start: int) -> None:
        leaf = self._layout.sheets[line.page].leaf
        bottom = max([word.bottom for word in line.words])
        box = as_shown(leaf, line.left, min([word.top for word in line.words]), line.right, bottom)
        self._boxes.append(SourceBox(start, start + len(line.text), line.page, *[round(edge, 1) for edge in box]))

    def _write(self, text: str, page: int) -> None:
        start = self._length
        self._length += len(text)
        self._pieces.append(text)
        if self._page != page:
            self._end_page(start)
            self._page, self._page_start = page, start

    def _end_page(self, end: int) -> None:
        if self._page:
            self._pages.append(SourcePage(self._page, self._page_start, end))

    def _table(self, table: PageTable) -> None:
        part = self._parts[id(table)]
        for place, row in enumerate(part.table.rows):
            if any(cell.lines for cell in row):
                repeats = place < part.repeated
                self._row(row, table.page, part.headings[place], None if repeats else part.number)

    def _row(self, row: Sequence[PageCell], page: int, headings: Sequence[str], table: int | None) -> None:
        """A row of a table; one that only repeats the column headings has no number of a table."""
        start = self._length
        cells: list[Cell] = []
        for cell, heading in zip(row, headings, strict=True):
            if not cell.lines:
                continue
            if cells:
                self._write("\t", page)
            cell_start = self._length
            for place, words in enumerate(cell.lines):
                if place:
                    self._write("\n", page)
                self._line(make_line(page, words), "")
            cells.append(Cell(cell_start, self._length, heading))
        self._write("\n", page)
        if table is None:
            self._elements.append(Element(ElementKind.RUNNING_HEADER, start, self._length, None, (), None))
        else:
            self._elements.append(Element(ElementKind.ROW, start, self._length, None, tuple(cells), table))


def _is_repeated(line: Line, sheets: Collection[Sheet]) -> bool:
    return sum(any(line.text == other.text for other in sheet.aside) for sheet in sheets) > 1


def _table_parts(groups: Sequence[Group]) -> dict[int, _Part]:
    """For every table on a page, by its `id`, what it is a part of."""
    parts: dict[int, _Part] = {}
    number = 0
    for tables in _runs(groups):
        known = iter(tables)
        for whole in joined(tables):
            repeated = [0, *(part.headers for part in whole[1:])]
            grid = [row for part, count in zip(whole, repeated, strict=True) for row in _grid(part)[count:]]
            headings = iter(cell_headings(grid, whole[0].headers))
            for part, count in zip(whole, repeated, strict=True):
                empty = [[""] * len(row) for row in part.rows[:count]]
                own = [next(headings) for _ in part.rows[count:]]
                parts[id(next(known))] = _Part(number, part, [*empty, *own], count)
            number += 1
    return parts


def _runs(groups: Sequence[Group]) -> Iterator[list[PageTable]]:
    """The tables with no text between them, which may be parts of one table."""
    run: list[PageTable] = []
    for group in groups:
        if group.table is not None:
            run.append(group.table)
        elif run and not _CONTINUED.search(group.text):
            yield run
            run = []
    if run:
        yield run


def _grid(table: PageTable) -> list[list[str]]:
    return [[" ".join(make_line(table.page, line).text for line in cell.lines) for cell in row] for row in table.rows]
