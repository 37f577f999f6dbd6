"""The lines of a source text with what their surroundings tell: blank lines, page starts, white space at the end."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.heading_form import is_row
from ingest.marks import Mark

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029\x1c\x1d\x1e]")
_SOFT_HYPHEN = "\u00ad"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with visible text: source[start:end] without white space around it.

    `text` is how it reads after cleaning, `blanks` counts the blank lines before it, `new_page` tells that a page
    starts with it, `soft` that white space follows it on its line (a sign of a wrapped line), `hashes` counts the
    heading marks of markdown, `bold` that the whole line is emphasised, `broken` that it ends with a soft hyphen;
    `cells` counts what tabs part.
    """

    start: int
    end: int
    text: str
    blanks: int
    new_page: bool
    soft: bool
    hashes: int
    bold: bool
    broken: bool
    cells: int

    @property
    def width(self) -> int:
        """The length as it reads."""
        return len(self.text)


def read_lines(source: str, marks: Sequence[Mark]) -> list[Line]:
    """The visible lines of a source.

    A page starts after a form feed, and with a line that begins with exactly one space (so extracted text marks it,
    unless many lines are indented or it is a row of amounts).
    """
    starts = [mark.start for mark in marks]
    space_tells = _single_space_tells(source)
    lines: list[Line] = []
    blanks, new_page = 0, False
    for start, end, after_feed in _raw_lines(source):
        new_page = new_page or after_feed
        if start == end or source[start:end].isspace():
            blanks += 1
            continue
        inside = marks[bisect_left(starts, start) : bisect_left(starts, end)]
        first, last, text = _visible(source, start, end, inside)
        if not text:
            blanks += 1
            continue
        one_space = space_tells and source.startswith(" ", start) and not source[start + 1].isspace()
        one_space = one_space and not (text[0].isdigit() and is_row(text))
        lines.append(
            Line(
                start=first,
                end=last,
                text=text,
                blanks=blanks,
                new_page=new_page or one_space,
                soft=source[end - 1].isspace(),
                hashes=_hashes(source, inside),
                bold=_is_bold(source, first, last, inside),
                broken=bool(inside) and inside[-1].end >= end and source[inside[-1].start] == _SOFT_HYPHEN,
                cells=source.count("\t", first, last) + 1,
            )
        )
        blanks, new_page = 0, False
    return lines


def lines_between(source: str, marks: Sequence[Mark], start: int, end: int) -> Iterator[Line]:
    """The visible lines of source[start:end], for a file whose structure tells what a line's surroundings would."""
    starts = [mark.start for mark in marks]
    for line_start, line_end, _ in _raw_lines(source[start:end]):
        one, two = start + line_start, start + line_end
        inside = marks[bisect_left(starts, one) : bisect_left(starts, two)]
        first, last, text = _visible(source, one, two, inside)
        if text:
            broken = bool(inside) and inside[-1].end >= two and source[inside[-1].start] == _SOFT_HYPHEN
            yield Line(first, last, text, 0, False, False, 0, False, broken, 1)


def _raw_lines(source: str) -> Iterator[tuple[int, int, bool]]:
    start, after_feed = 0, False
    for match in _LINE_END.finditer(source):
        yield start, match.start(), after_feed
        start, after_feed = match.end(), match.group() == "\f"
    yield start, len(source), after_feed


def _single_space_tells(source: str) -> bool:
    single = sum(1 for _ in re.finditer(r"(?m)^ \S", source))
    return single * 4 <= sum(1 for _ in re.finditer(r"(?m)^[^\S\n]*\S", source))


def _visible(source: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[int, int, str]:
    """First and last visible position of a line and its text as it reads (empty when nothing is visible)."""
    pieces: list[str] = []
    first, last, position = end, start, start
    for mark_start, mark_end, text in [*((mark.start, mark.end, mark.text) for mark in marks), (end, end, "")]:
        piece = source[position:mark_start]
        if stripped := piece.strip():
            first = min(first, position + len(piece) - len(piece.lstrip()))
            last = position + piece.index(stripped) + len(stripped)
        if text:
            first, last = min(first, mark_start), mark_end
        pieces += [piece, text]
        position = mark_end
    return first, last, _SPACES.sub(" ", "".join(pieces)).strip()


def _hashes(source: str, marks: Sequence[Mark]) -> int:
    return next((source.count("#", mark.start, mark.end) for mark in marks if source[mark.start] == "#"), 0)


def _is_bold(source: str, first: int, last: int, marks: Sequence[Mark]) -> bool:
    stars = [mark for mark in marks if source[mark.start] == "*"]
    return len(stars) >= 2 and stars[0].end == first and stars[-1].start == last
