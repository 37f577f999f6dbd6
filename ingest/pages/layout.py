"""Pages to what a reader takes together, in the order of reading: paragraphs, items, headings, notes and tables."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from ingest.pages.columns import reading_order
from ingest.pages.contents import contents_lines, ends_entry
from ingest.pages.extent import Extent
from ingest.pages.find_tables import find_page_tables
from ingest.pages.furniture import find_furniture, number_of
from ingest.pages.group import Group, Role
from ingest.pages.headings import with_headings
from ingest.pages.leaf import Leaf
from ingest.pages.line import Line
from ingest.pages.notes import split_notes
from ingest.pages.outline import OutlineEntry
from ingest.pages.page_table import PageTable
from ingest.pages.paragraphs import Paragrapher, body_size, column_sides, joined_over_ends, line_pitches
from ingest.pages.piece import Piece, TableSpot
from ingest.pages.rows import find_pieces, make_rows

_FEWEST_RULES = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page laid out.

    `columns` hold its lines and tables in the order of reading; `headers` and `numbers` are its running headers and
    page numbers, `aside` the words at an angle, as lines.
    """

    leaf: Leaf
    columns: tuple[tuple[Line | PageTable, ...], ...]
    headers: tuple[Line, ...]
    numbers: tuple[Line, ...]
    aside: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A file laid out: all groups in the order of reading, the notes and furniture of every page by its number."""

    groups: tuple[Group, ...]
    notes: dict[int, tuple[Group, ...]]
    sheets: dict[int, Sheet]


def lay_out(leaves: Sequence[Leaf], outline: Sequence[OutlineEntry]) -> Layout:
    """The layout of the pages of a file."""
    sheets = list(_sheets(leaves))
    columns = [[line for line in column if isinstance(line, Line)] for sheet in sheets for column in sheet.columns]
    body = body_size(columns)
    paragrapher = Paragrapher(line_pitches(columns), body)
    groups: list[Group] = []
    notes: dict[int, tuple[Group, ...]] = {}
    for sheet in sheets:
        found: list[Group] = []
        for column in sheet.columns:
            kept, of_column = _without_notes(column, sheet.leaf, body)
            found.extend(of_column)
            groups.extend(_groups(kept, paragrapher, len(leaves)))
        notes[sheet.leaf.page.number] = tuple(found)
    printed = {
        number: sheet.leaf.page.number
        for sheet in sheets
        for line in sheet.numbers
        if (number := number_of(line)) is not None
    }
    marked = with_headings(groups, outline, printed, body)
    return Layout(tuple(joined_over_ends(marked)), notes, {sheet.leaf.page.number: sheet for sheet in sheets})


def _sheets(leaves: Sequence[Leaf]) -> Iterator[Sheet]:
    pieces = [find_pieces(leaf.page.number, leaf.page.words, leaf.page.rules) for leaf in leaves]
    extents = [Extent(leaf.page.number, leaf.page.width, leaf.page.height) for leaf in leaves]
    headers, numbers = find_furniture(list(zip(extents, pieces, strict=True)))
    for leaf, of_page in zip(leaves, pieces, strict=True):
        flow = [piece for piece in of_page if id(piece) not in headers and id(piece) not in numbers]
        numbered = tuple(piece for piece in of_page if id(piece) in numbers)
        aside = find_pieces(leaf.page.number, leaf.aside, ())
        yield Sheet(
            leaf=leaf,
            columns=tuple(_columns(leaf, flow, _middle(leaf, numbered))),
            headers=tuple(piece for piece in of_page if id(piece) in headers),
            numbers=numbered,
            aside=tuple(aside),
        )


def _middle(leaf: Leaf, numbers: Sequence[Line]) -> float | None:
    """The fold of a page that shows two pages side by side, each with its number; None for any other."""
    middle = leaf.page.width / 2
    left, right = (number_of(line) for line in (*numbers, *numbers)[:2]) if len(numbers) == 2 else (None, None)
    if leaf.page.width <= leaf.page.height or left is None or right is None or abs(left - right) != 1:
        return None
    return (
        middle if numbers[0].right < middle < numbers[1].left or numbers[1].right < middle < numbers[0].left else None
    )


def _columns(leaf: Leaf, flow: Sequence[Line], middle: float | None) -> Iterator[tuple[Line | PageTable, ...]]:
    """The columns of a page: rows of words, with its tables in their place."""
    words = tuple(word for piece in flow for word in piece.words)
    tables = find_page_tables(replace(leaf.page, words=words)) if _may_hold_tables(leaf, flow) else []
    inside = {
        id(word) for table in tables for row in table.rows for cell in row for line in cell.lines for word in line
    }
    if inside:
        left_over = [word for word in leaf.page.words if id(word) not in inside]
        taken = {id(word) for word in words} - inside
        flow = find_pieces(leaf.page.number, [word for word in left_over if id(word) in taken], leaf.page.rules)
    spots = [TableSpot(table, table.left, table.top, table.right, table.bottom, 10.0) for table in tables]
    for region in _order([*flow, *spots], middle):
        column: list[Line | PageTable] = []
        lines: list[Line] = []
        for piece in sorted(region, key=lambda piece: piece.top):
            if isinstance(piece, TableSpot):
                column.extend(make_rows(lines))
                column.append(piece.table)
                lines = []
            else:
                lines.append(piece)
        column.extend(make_rows(lines))
        yield tuple(column)


def _may_hold_tables(leaf: Leaf, flow: Sequence[Line]) -> bool:
    """Whether a page has lines to make a grid of, or pieces of text side by side in more than one row."""
    if leaf.recognised:
        return False
    if len(leaf.page.rules) >= _FEWEST_RULES:
        return True
    beside = 0
    before: Line | None = None
    for piece in sorted(flow, key=lambda piece: piece.baseline):
        beside += before is not None and piece.baseline - before.baseline < 0.5 * piece.size
        before = piece
    return beside > 1


def _order(pieces: Sequence[Piece], middle: float | None) -> list[list[Piece]]:
    """The regions of a page in the order of reading, those left of its fold first."""
    if middle is None or any(piece.left < middle < piece.right for piece in pieces):
        return reading_order(pieces)
    left = [piece for piece in pieces if piece.right <= middle]
    return [*reading_order(left), *reading_order([piece for piece in pieces if piece.left >= middle])]


def _without_notes(
    column: Sequence[Line | PageTable], leaf: Leaf, body: float
) -> tuple[list[Line | PageTable], list[Group]]:
    """A column without its footnotes, and those."""
    last = max((place for place, line in enumerate(column) if not isinstance(line, Line)), default=-1)
    lines = [line for line in column[last + 1 :] if isinstance(line, Line)]
    start, openings = split_notes(lines, leaf.page.rules, body, leaf.page.height)
    notes: list[Group] = []
    left, right = column_sides(lines) if lines else (0.0, 0.0)
    edges = sorted({start, *openings, len(lines)})
    for one, two in itertools.pairwise(edges):
        notes.append(Group(Role.NOTE, tuple(lines[one:two]), None, leaf.page.number, left, right, 0.0, None))
    return [*column[: last + 1], *lines[:start]], notes


def _groups(column: Sequence[Line | PageTable], paragrapher: Paragrapher, pages: int) -> Iterator[Group]:
    run: list[Line] = []
    for piece in [*column, None]:
        if isinstance(piece, Line):
            run.append(piece)
            continue
        yield from _text_groups(run, paragrapher, pages)
        run = []
        if piece is not None:
            yield Group(Role.TABLE, (), piece, piece.page, piece.left, piece.right, 0.0, None)


def _text_groups(lines: Sequence[Line], paragrapher: Paragrapher, pages: int) -> Iterator[Group]:
    """Lines to groups, those of a list of contents one for each entry."""
    contents = contents_lines(lines, pages)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (end in contents) == (start in contents):
            end += 1
        if start in contents:
            yield from _entries(lines[start:end])
        else:
            groups = list(paragrapher.groups(lines[start:end]))
            yield from groups if not start else [replace(groups[0], gap=1.0), *groups[1:]]
        start = end


def _entries(lines: Sequence[Line]) -> Iterator[Group]:
    left, right = column_sides(lines)
    entry: list[Line] = []
    for place, line in enumerate(lines):
        entry.append(line)
        following = lines[place + 1] if place + 1 < len(lines) else None
        if following is None or ends_entry(line) or line.bold != following.bold or following.left < line.left - 2:
            yield Group(Role.CONTENTS, tuple(entry), None, line.page, left, right, inf if not place else 0.0, None)
            entry = []
