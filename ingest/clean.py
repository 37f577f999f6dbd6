"""Source text to canonical text: what is mended, joined and dropped, with the map that accounts for every stretch."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.document import Change, PageSpan, Stretch
from ingest.block import Block
from ingest.flow import Flow, Joint, Step
from ingest.furniture import Furniture, find_furniture
from ingest.lines import Line, read_lines
from ingest.marks import Mark, find_marks
from ingest.page_numbers import page_spans, printed_pages
from ingest.source_text import SourceText
from ingest.span_map import SpanMap

CLEANER = "clean 1"
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CleanText:
    """Canonical text with its map to the source, its blocks in order, and the pages that are known."""

    text: str
    stretches: tuple[Stretch, ...]
    blocks: tuple[Block, ...]
    pages: tuple[PageSpan, ...]


def clean(source: SourceText) -> CleanText:
    """Paragraphs on one line each and parted by a blank line, list items and rows on lines of their own.

    Nothing is reordered and no letter is changed; what is dropped or replaced stands in `stretches` with its reason.
    """
    marks = find_marks(source.text)
    lines = read_lines(source.text, marks, [page.start for page in source.pages])
    furniture = find_furniture(lines, bool(source.pages))
    steps = Flow(_without(lines, furniture)).steps()
    writer = _Writer(source.text, marks, [(lines[item.line], item.change) for item in furniture])
    for step, following in zip_longest(steps, steps[1:]):
        writer.write(step, hyphen_goes=following is not None and following.joint is Joint.MEND)
    text, stretches, blocks = writer.finished()
    pages = source.pages or printed_pages(lines, furniture, len(source.text))
    return CleanText(text=text, stretches=stretches, blocks=blocks, pages=page_spans(pages, stretches, len(text)))


def _without(lines: Sequence[Line], furniture: Sequence[Furniture]) -> list[Line]:
    """The lines that stay; the blank lines and the page start before a dropped line go to the line after it."""
    dropped = {item.line for item in furniture}
    kept: list[Line] = []
    blanks, new_page = 0, False
    for index, line in enumerate(lines):
        if index in dropped:
            blanks, new_page = blanks + line.blanks, new_page or line.new_page
            continue
        kept.append(replace(line, blanks=blanks + line.blanks, new_page=new_page or line.new_page))
        blanks, new_page = 0, False
    return kept


class _Writer:
    """Writes lines one after another, and keeps the map and the blocks."""

    def __init__(self, source: str, marks: Sequence[Mark], dropped: Sequence[tuple[Line, Change]]) -> None:
        self._source = source
        self._marks = marks
        self._mark_starts = [mark.start for mark in marks]
        self._dropped = dropped
        self._next_dropped = 0
        self._map = SpanMap(source)
        self._after_space = True
        self._blocks: list[Block] = []

    def write(self, step: Step, hyphen_goes: bool) -> None:
        """Write a line; with `hyphen_goes` its last character is left for the gap after it, which drops it."""
        line = step.line
        self._gap(line.start, step.joint)
        start = self._map.length
        self._content(line.start, line.end - hyphen_goes)
        end = self._map.length
        if step.joint in (Joint.ITEM, Joint.PARAGRAPH):
            self._blocks.append(
                Block(
                    start=start,
                    end=end,
                    text="",
                    kind=step.kind,
                    rank=step.rank,
                    blanks=line.blanks,
                    lines=1,
                    new_page=line.new_page,
                    bold=line.bold,
                )
            )
        else:
            last = self._blocks[-1]
            self._blocks[-1] = replace(last, end=end, lines=last.lines + 1, bold=last.bold and line.bold)

    def finished(self) -> tuple[str, tuple[Stretch, ...], tuple[Block, ...]]:
        """Canonical text, its map and its blocks, once every line is written."""
        self._gap(len(self._source), Joint.NOTHING)
        text = self._map.text()
        return text, self._map.stretches(), tuple(replace(b, text=text[b.start : b.end]) for b in self._blocks)

    def _gap(self, end: int, joint: Joint) -> None:
        """What stands between two lines: a hyphen perhaps, white space, marks, and lines that are dropped.

        The separator takes the place of the last white space.
        """
        if joint is Joint.MEND:
            self._map.replace_to(self._map.position + 1, "", Change.HYPHEN)
        separator = joint.separator if self._map.length else ""
        inside = joint in (Joint.SPACE, Joint.NOTHING, Joint.MEND) and end < len(self._source)
        reason = Change.LINE_BREAK if inside else Change.WHITE_SPACE
        pieces = self._gap_pieces(end, reason)
        white = max((place for place, (_, change) in enumerate(pieces) if change is reason), default=-1)
        for place, (piece_end, change) in enumerate(pieces):
            self._map.replace_to(piece_end, separator if place == white else "", change)
        self._after_space = True

    def _gap_pieces(self, end: int, white: Change) -> list[tuple[int, Change]]:
        """The gap up to `end` in pieces (end, reason)."""
        pieces: list[tuple[int, Change]] = []
        position = self._map.position
        while self._next_dropped < len(self._dropped) and self._dropped[self._next_dropped][0].start < end:
            line, change = self._dropped[self._next_dropped]
            self._next_dropped += 1
            pieces += [*self._white_pieces(position, line.start, white), (line.end, change)]
            position = line.end
        return pieces + self._white_pieces(position, end, white)

    def _white_pieces(self, position: int, end: int, white: Change) -> list[tuple[int, Change]]:
        pieces: list[tuple[int, Change]] = []
        for mark in self._marks_between(position, end):
            if mark.start > position:
                pieces.append((mark.start, white))
            pieces.append((mark.end, mark.change))
            position = mark.end
        if end > position:
            pieces.append((end, white))
        return pieces

    def _content(self, start: int, end: int) -> None:
        for mark in self._marks_between(start, end):
            self._words(mark.start)
            self._map.replace_to(mark.end, mark.text, mark.change)
            self._after_space = self._after_space and not mark.text
        self._words(end)

    def _words(self, end: int) -> None:
        """Text without marks: runs of white space become one space, and none at the start of a line."""
        for match in _WHITE.finditer(self._source, self._map.position, end):
            if match.start() > self._map.position:
                self._map.keep_to(match.start())
                self._after_space = False
            self._map.replace_to(match.end(), "" if self._after_space else " ", Change.WHITE_SPACE)
            self._after_space = True
        if end > self._map.position:
            self._map.keep_to(end)
            self._after_space = False

    def _marks_between(self, start: int, end: int) -> Sequence[Mark]:
        return self._marks[bisect_left(self._mark_starts, start) : bisect_left(self._mark_starts, end)]
