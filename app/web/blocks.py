"""A part of a document's text as headings, paragraphs and rows of tables, with what is marked in them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.web.marked import Marked
from app.web.marking import Marker, Stretch
from corpus.document import Section, TextSpan
from corpus.stored import CanonicalText

_BETWEEN_CELLS = " | "
_CELL_HEADING = re.compile(r"[^|:\n]{1,80}:\s")
_FIRST_LEVEL = 3
_LAST_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is marked as a whole, with the words of the question in it, or not at all; `id` where a mark begins."""

    stretches: tuple[Stretch, ...]
    kind: str | None
    id: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: the heading that stands before its value, and the value."""

    heading: tuple[Piece, ...]
    value: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 3 to 6), a paragraph (0) or a table (`rows`); `page` begins with it, `id` is its anchor."""

    level: int
    id: str | None
    page: int | None
    pieces: tuple[Piece, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()


def section_id(number: int) -> str:
    """The anchor of a section."""
    return f"kop-{number}"


class Blocks:
    """The blocks of one document; `marks` are in order and do not overlap."""

    def __init__(self, text: CanonicalText, marks: Sequence[Marked], marker: Marker) -> None:
        self._text = text.text
        self._sections = text.sections
        self._marks = marks
        self._ends = [mark.end for mark in marks]
        self._marker = marker
        self._begun: set[str] = set()
        self._pages = [(page.start, page.number) for page in text.pages if page.number is not None]

    def of(self, part: TextSpan) -> Iterator[Block]:
        """Those of one part, in order; a heading is never more than one level below the one before it."""
        level = _FIRST_LEVEL - 1
        page = bisect_left(self._pages, (part.start, 0))
        for number, section, start, end in self._within(part):
            anchor: str | None = section_id(number) if start == section.start else None
            headings = self._lines(start, max(start, min(section.heading_end, end)))
            for index, line in enumerate(headings):
                depth = len(section.path) - (len(headings) - 1 - index)
                level = max(_FIRST_LEVEL, min(depth + _FIRST_LEVEL - 1, level + 1, _LAST_LEVEL))
                page, told = self._page(page, line.start)
                yield Block(level, anchor, told, self._pieces(line.start, line.end))
                anchor = None
            for lines in self._paragraphs(max(start, min(section.heading_end, end)), end):
                page, told = self._page(page, lines[0].start)
                yield self._block(lines, anchor, told)
                anchor = None

    def _within(self, part: TextSpan) -> Iterator[tuple[int, Section, int, int]]:
        for number, section in enumerate(self._sections):
            start, end = max(section.start, part.start), min(section.end, part.end)
            if start < end:
                yield number, section, start, end

    def _page(self, index: int, position: int) -> tuple[int, int | None]:
        """The next page to tell, and that which begins at or before a position and was not told yet."""
        told = None
        while index < len(self._pages) and self._pages[index][0] <= position:
            told = self._pages[index][1]
            index += 1
        return index, told

    def _lines(self, start: int, end: int) -> list[TextSpan]:
        """The lines that hold anything but space."""
        found = []
        while start < end:
            line_end = self._text.find("\n", start, end)
            line_end = end if line_end < 0 else line_end
            if not self._text[start:line_end].isspace() and start < line_end:
                found.append(TextSpan(start, line_end))
            start = line_end + 1
        return found

    def _paragraphs(self, start: int, end: int) -> Iterator[list[TextSpan]]:
        """Each line by itself, but the rows of a table together."""
        rows: list[TextSpan] = []
        for line in self._lines(start, end):
            is_row = _BETWEEN_CELLS in self._text[line.start : line.end]
            if rows and not (is_row and line.start == rows[-1].end + 1):
                yield rows
                rows = []
            if is_row:
                rows.append(line)
            else:
                yield [line]
        if rows:
            yield rows

    def _block(self, lines: Sequence[TextSpan], anchor: str | None, page: int | None) -> Block:
        if len(lines) == 1:
            return Block(0, anchor, page, self._pieces(lines[0].start, lines[0].end))
        return Block(0, anchor, page, (), tuple(tuple(self._cells(line)) for line in lines))

    def _cells(self, line: TextSpan) -> Iterator[Cell]:
        start = line.start
        while start <= line.end:
            end = self._text.find(_BETWEEN_CELLS, start, line.end)
            end = line.end if end < 0 else end
            heading = _CELL_HEADING.match(self._text, start, end) if start > line.start else None
            value = heading.end() if heading else start
            yield Cell(self._pieces(start, value), self._pieces(value, end))
            start = end + len(_BETWEEN_CELLS)

    def _pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        found: list[Piece] = []
        for mark in self._marks[bisect_right(self._ends, start) :]:
            if mark.start >= end or start >= end:
                break
            if start < mark.start:
                found.append(self._plain(start, mark.start))
            start = max(start, mark.start)
            inside = min(end, mark.end)
            anchor = None if mark.id in self._begun else mark.id
            self._begun.add(mark.id)
            found.append(Piece(tuple(self._marker.stretches(self._text[start:inside])), mark.kind, anchor))
            start = inside
        if start < end:
            found.append(self._plain(start, end))
        return tuple(found)

    def _plain(self, start: int, end: int) -> Piece:
        return Piece((Stretch(self._text[start:end], found=False),), None, None)
