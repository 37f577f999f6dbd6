"""The line that introduces the list in which a passage begins: 'In 2025 gaan we:', however far above."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Section, SectionKind
from ingest.heading_form import is_ended, is_item_start
from ingest.sentences import sentence_starts

_LINE = re.compile(r"[^\n]+")
_SIGN = re.compile(r"\d{1,2}|[a-zA-Z](?=[.)])|\S")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """What introduces a list: `quote` is text[start:end] of the canonical text."""

    start: int
    end: int
    quote: str


def find_lead_in(text: str, sections: Sequence[Section], start: int) -> LeadIn | None:
    """The lead-in of the list item in which a passage begins at `start`; None where no item stands there.

    It is the nearest line above the item that ends in ':' (an item above it that does introduces a list within the
    list), or else the last sentence above the list; a heading is none. `sections` are those of the text, in order.
    """
    lines = _lines_down_to(text, sections, start)
    if not lines or not is_item_start(_line(text, lines[-1])):
        return None
    place = _lead_in_line(text, lines)
    return None if place is None else _quoted(text, *lines[place])


def _lines_down_to(text: str, sections: Sequence[Section], start: int) -> list[tuple[int, int]]:
    """The body lines from the section's heading on to the one that holds `start`; footnotes between are left out."""
    place = bisect_right([section.start for section in sections], start) - 1
    if place < 0 or start < sections[place].heading_end:
        return []
    own = sections[place]
    lines: list[tuple[int, int]] = []
    while place >= 0:
        section = sections[place]
        if section.path != own.path:
            break
        if section.kind is own.kind or section.kind is not SectionKind.FOOTNOTES:
            found = [match.span() for match in _LINE.finditer(text, section.heading_end, section.end)]
            lines = [span for span in found if span[0] <= start] + lines
        if section.heading_end > section.start:
            break
        place -= 1
    return lines


def _lead_in_line(text: str, lines: Sequence[tuple[int, int]]) -> int | None:
    """Which of the lines introduces the last one.

    One line without a bullet between two items goes on with the item above it, unless nothing else introduces the list.
    """
    sign = below = _sign_of(_line(text, lines[-1]))
    between: int | None = None
    for place in range(len(lines) - 2, -1, -1):
        line = _line(text, lines[place])
        item = is_item_start(line)
        if line.endswith(":") and not (item and _sign_of(line) == sign != below):
            return place
        if item:
            below = _sign_of(line)
        elif place and is_item_start(_line(text, lines[place - 1])):
            between = place if between is None and not line.endswith(";") else between
        else:
            return place if between is None else between
    return between


def _quoted(text: str, start: int, end: int) -> LeadIn:
    """The last sentence of a line, without a bullet before it."""
    starts = [start, *sentence_starts(text, start, end), end]
    begin = start
    for one, two in pairwise(starts[1:]):
        if two > one and is_ended(text[start:one].rstrip()) and text[start:one].rstrip()[-1] not in ";:":
            begin = one
    line = text[begin:end]
    if begin == start and is_item_start(line):
        begin += len(line) - len(line.split(maxsplit=1)[-1])
    return LeadIn(begin, end, text[begin:end])


def _line(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]]


def _sign_of(line: str) -> str:
    """What kind of mark an item has: its bullet, '1' for a number, 'a' for a letter."""
    match = _SIGN.match(line)
    sign = match.group() if match else ""
    return "1" if sign.isdigit() else "a" if sign.isalpha() else sign
