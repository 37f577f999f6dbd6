"""Sections to passages: spans of whole sentences or list items, near one length, that cover their section."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Damage, Document, PageSpan, Section, TextSpan
from corpus.passage import MAX_PASSAGE_CHARACTERS, Passage, passage_id
from ingest.sentences import sentence_starts
from ingest.tables import Table, find_tables

SPLITTER = "split 2"
TARGET_CHARACTERS = 650
_SHORT = 60
_MANY = 2000
_COARSE = 150
_LINE = re.compile(r"[^\n]+")
_VALUE = re.compile(r" \| [^|\n]+: ")
_WORD = re.compile(r"\S+")
_BULLET = re.compile(r"(?:[•●▪■◦○‣⁃∙·►➢✓*–—-]|\d{1,2}[.)]|[a-z][.)])\s")

# What it costs to cut before a unit, against a quadratic cost of length: the natural places are nearly free.
_CUT_PARAGRAPH = 0.02
_CUT_ITEM = 0.08
_CUT_SENTENCE = 0.25
_CUT_CLAUSE = 0.6
_CUT_AFTER_LEAD_IN = 0.8
_CUT_WORDS = 1.5
_CUT_ROW = 0.1
_CUT_TABLE_AT_LABEL = 2.5
_CUT_TABLE = 3.0


@dataclass(frozen=True, slots=True)
class _Unit:
    """The smallest piece that stays together, text[start:end], and what it costs to cut before it."""

    start: int
    end: int
    cut: float


def split(version: str, document: Document, *, target: int = TARGET_CHARACTERS) -> list[Passage]:
    """The passages of a document in order, each inside one section and near `target` characters, never over 1,200.

    The passages of a section cover all its text in order without overlap; a word is cut only where it is longer than
    1,200 characters itself.
    """
    passages: list[Passage] = []
    pages = _Pages(document.pages)
    rows = _Rows(document.text, document.tables)
    for section in document.sections:
        for start, end in _spans(document.text, section, rows, target):
            passages.append(
                Passage(
                    id=passage_id(version, start, end),
                    version=version,
                    start=start,
                    end=end,
                    quote=document.text[start:end],
                    section=section.path,
                    kind=section.kind,
                    pages=pages.of(start, end),
                    problem=_problem(document.damages, start, end),
                    in_table=_touches(document.tables, start, end),
                    by_ocr=_touches(document.recognised, start, end),
                )
            )
    return passages


def _problem(damages: Sequence[Damage], start: int, end: int) -> str | None:
    return next((damage.problem for damage in damages if damage.start < end and start < damage.end), None)


def _touches(spans: Sequence[TextSpan], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


class _Rows:
    """Which lines are rows of a table that came with its structure; each can be read by itself, save its headings."""

    def __init__(self, text: str, tables: Sequence[TextSpan]) -> None:
        self._text = text
        self._tables = tables
        self._starts = [table.start for table in tables]

    def cut(self, start: int) -> float | None:
        """What it costs to cut before the line that starts here, None where it is no such row."""
        place = bisect_right(self._starts, start) - 1
        if place < 0 or start >= self._tables[place].end:
            return None
        if start == self._tables[place].start:
            return _CUT_PARAGRAPH
        above = self._text.rfind("\n", 0, max(0, start - 1)) + 1
        return _CUT_ROW if _VALUE.search(self._text, above, start) else _CUT_TABLE


def _spans(text: str, section: Section, rows: _Rows, target: int) -> Iterator[tuple[int, int]]:
    units = list(_units(text, section, rows))
    if len(units) > _MANY:
        units = list(_coarser(units))
    for first, last in _best_groups(units, target):
        yield units[first].start, units[last].end


def _units(text: str, section: Section, rows: _Rows) -> Iterator[_Unit]:
    """The units of a section in order; its heading is one with what follows where that fits."""
    held: _Unit | None = None
    for unit in _raw_units(text, section, rows):
        if held is None:
            held = unit
        elif _keeps_together(text, held, unit, section):
            held = _Unit(held.start, unit.end, held.cut)
        else:
            yield held
            held = unit
    if held is not None:
        yield held


def _coarser(units: Sequence[_Unit]) -> Iterator[_Unit]:
    """Small neighbours taken together, where a section has so many units that grouping them all would take long."""
    held = units[0]
    for unit in units[1:]:
        if held.end - held.start < _COARSE and unit.end - held.start <= MAX_PASSAGE_CHARACTERS:
            held = _Unit(held.start, unit.end, held.cut)
        else:
            yield held
            held = unit
    yield held


def _keeps_together(text: str, one: _Unit, two: _Unit, section: Section) -> bool:
    if two.end - one.start > MAX_PASSAGE_CHARACTERS:
        return False
    if one.start < section.heading_end:
        return two.start < section.heading_end or one.end <= section.heading_end
    same_line = "\n" not in text[one.end : two.start]
    return same_line and min(one.end - one.start, two.end - two.start) < _SHORT


def _raw_units(text: str, section: Section, rows: _Rows) -> Iterator[_Unit]:
    lines = [_trimmed(text, *line.span()) for line in _LINE.finditer(text, section.start, section.end)]
    lines = [(start, end) for start, end in lines if end > start]
    tables = find_tables([text[start:end] for start, end in lines])
    lead_in = False
    for place, (start, end) in enumerate(lines):
        if (cut := rows.cut(start)) is not None:
            yield from _pieces(text, start, end, cut)
            lead_in = False
            continue
        table = next((table for table in tables if table.start <= place < table.end), None)
        if table is not None and place > table.start:
            yield from _pieces(text, start, end, _row_cut(table, place, text[start:end]))
            continue
        item = bool(_BULLET.match(text, start))
        paragraph = text.endswith("\n\n", section.start, start)
        cut = _CUT_AFTER_LEAD_IN if lead_in else _CUT_ITEM if item or not paragraph else _CUT_PARAGRAPH
        starts = [start, *sentence_starts(text, start, end), end]
        for number, (one, two) in enumerate(pairwise(starts)):
            last = _last_visible(text, one)
            sentence_cut = cut if number == 0 else _CUT_CLAUSE if last in ";:" else _CUT_SENTENCE
            yield from _pieces(text, one, two, sentence_cut)
        lead_in = text[end - 1] == ":"


def _row_cut(table: Table, place: int, line: str) -> float:
    """What it costs to part a row from the line above it: least where a group of rows begins with its label."""
    return _CUT_TABLE_AT_LABEL if place > table.first and not line[-1].isdigit() else _CUT_TABLE


def _last_visible(text: str, position: int) -> str:
    while position > 0 and text[position - 1].isspace():
        position -= 1
    return text[position - 1 : position]


def _pieces(text: str, start: int, end: int, cut: float) -> Iterator[_Unit]:
    """A sentence as one unit, or cut between words (and a word cut only where it is too long itself)."""
    start, end = _trimmed(text, start, end)
    if end - start <= MAX_PASSAGE_CHARACTERS:
        if end > start:
            yield _Unit(start, end, cut)
        return
    first, last = start, start
    for word in _WORD.finditer(text, start, end):
        if word.end() - first > MAX_PASSAGE_CHARACTERS // 2 and last > first:
            yield _Unit(first, last, cut)
            first, cut = word.start(), _CUT_WORDS
        last = word.end()
        while last - first > MAX_PASSAGE_CHARACTERS:
            yield _Unit(first, first + MAX_PASSAGE_CHARACTERS, cut)
            first, cut = first + MAX_PASSAGE_CHARACTERS, _CUT_WORDS
    if last > first:
        yield _Unit(first, last, cut)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _best_groups(units: Sequence[_Unit], target: int) -> list[tuple[int, int]]:
    """The cheapest way to group neighbours: lengths near the target, cuts at natural places (dynamic programming)."""
    best = [0.0] * (len(units) + 1)
    begin = [0] * (len(units) + 1)
    for last in range(len(units)):
        best[last + 1] = float("inf")
        for first in range(last, -1, -1):
            length = units[last].end - units[first].start
            if length > MAX_PASSAGE_CHARACTERS and first < last:
                break
            cost = best[first] + _length_cost(length, target) + (units[first].cut if first else 0.0)
            if cost < best[last + 1]:
                best[last + 1], begin[last + 1] = cost, first
    groups: list[tuple[int, int]] = []
    end = len(units)
    while end:
        groups.append((begin[end], end - 1))
        end = begin[end]
    return groups[::-1]


def _length_cost(length: int, target: int) -> float:
    off = (length - target) / target
    return off * off


class _Pages:
    """The pages under a span."""

    def __init__(self, spans: Sequence[PageSpan]) -> None:
        self._spans = spans
        self._next = 0

    def of(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last page of text[start:end], None where a page under it is unknown; starts must not decrease."""
        while self._next < len(self._spans) and self._spans[self._next].end <= start:
            self._next += 1
        numbers: list[int] = []
        for span in self._spans[self._next :]:
            if span.start >= end:
                break
            if span.number is None:
                return None
            numbers.append(span.number)
        return (min(numbers), max(numbers)) if numbers else None
