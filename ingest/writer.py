"""Lines to canonical text, with the map to the source that accounts for every character."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Change, Stretch
from ingest.block import Block
from ingest.joint import OPENING, Joint, Step
from ingest.lines import Line
from ingest.marks import Mark
from ingest.span_map import SpanMap

_WHITE = re.compile(r"\s{2,}|[^\S ]")


@dataclass(slots=True)
class _Draft:
    """A block while its lines are being written."""

    step: Step
    start: int
    end: int
    lines: int
    bold: bool


class Writer:
    """Writes lines one after another, and keeps the map and the blocks.

    `marks` are dropped or replaced wherever they stand, the lines of `dropped` as a whole; both are in order.
    """

    def __init__(self, source: str, marks: Sequence[Mark], dropped: Sequence[tuple[Line, Change]]) -> None:
        self._source = source
        self._marks = marks
        self._mark_starts = [mark.start for mark in marks]
        self._dropped = dropped
        self._next_dropped = 0
        self._map = SpanMap(source)
        self._after_space = True
        self._drafts: list[_Draft] = []

    def write(self, step: Step, hyphen_goes: bool) -> None:
        """Write a line; with `hyphen_goes` its last character is left for the gap after it, which drops it."""
        line = step.line
        written = self._gap(line.start, step.joint, step.before)
        if step.joint in OPENING:
            start = self._map.length - written
            self._drafts.append(_Draft(step, start, start, 0, True))
        draft = self._drafts[-1]
        self._content(line.start, line.end - hyphen_goes)
        draft.end = self._map.length
        draft.lines += 1
        draft.bold = draft.bold and line.bold

    def finished(self) -> tuple[str, tuple[Stretch, ...], tuple[Block, ...]]:
        """Canonical text, its map and its blocks, once every line is written."""
        self._gap(len(self._source), Joint.NOTHING, "")
        text = self._map.text()
        return text, self._map.stretches(), tuple(_block(draft, text) for draft in self._drafts)

    def _gap(self, end: int, joint: Joint, before: str) -> int:
        """What stands between two lines: a hyphen perhaps, white space, marks, and lines that are dropped.

        The separator takes the place of the last white space, with what is to be written before the next line; how
        many characters of the latter were written is returned.
        """
        if joint is Joint.MEND:
            self._map.replace_to(self._map.position + 1, "", Change.HYPHEN)
        separator = joint.separator if self._map.length else ""
        inside = joint in (Joint.SPACE, Joint.NOTHING, Joint.MEND) and end < len(self._source)
        reason = Change.LINE_BREAK if inside else Change.WHITE_SPACE
        pieces = self._gap_pieces(end, reason)
        white = max((place for place, (_, change) in enumerate(pieces) if change is reason), default=-1)
        for place, (piece_end, change) in enumerate(pieces):
            if place == white:
                self._map.replace_to(piece_end, separator + before, Change.COLUMN_HEADING if before else change)
            else:
                self._map.replace_to(piece_end, "", change)
        self._after_space = True
        return len(before) if white >= 0 else 0

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
        if self._after_space:
            self._skip_white(end)
        for match in _WHITE.finditer(self._source, self._map.position, end):
            if match.start() > self._map.position:
                self._map.keep_to(match.start())
            self._map.replace_to(match.end(), " ", Change.WHITE_SPACE)
            self._after_space = True
        if end > self._map.position:
            self._map.keep_to(end)
            self._after_space = self._source[end - 1] == " "

    def _skip_white(self, end: int) -> None:
        start = self._map.position
        while start < end and self._source[start].isspace():
            start += 1
        self._map.replace_to(start, "", Change.WHITE_SPACE)

    def _marks_between(self, start: int, end: int) -> Sequence[Mark]:
        return self._marks[bisect_left(self._mark_starts, start) : bisect_left(self._mark_starts, end)]


def _block(draft: _Draft, text: str) -> Block:
    return Block(
        start=draft.start,
        end=draft.end,
        text=text[draft.start : draft.end],
        kind=draft.step.kind,
        rank=draft.step.rank,
        blanks=draft.step.line.blanks,
        lines=draft.lines,
        new_page=draft.step.line.new_page,
        bold=draft.bold,
    )
