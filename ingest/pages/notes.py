"""Footnotes: the small print at the foot of a column, set apart from the text above it."""

import re
from collections.abc import Sequence

from ingest.pages.line import Line
from ingest.pages.page import Rule

_MARK = re.compile(r"\(?\d{1,3}\)?[.:]?|[*†‡]{1,3}|[¹²³⁰⁴-⁹]{1,3}|[ivx]{1,4}")
_GLUED = re.compile(r"(?:\d{1,3}|[*†‡]{1,3}|[¹²³⁰⁴-⁹]{1,3})(?=[A-Z‘'\"“(]|https?:|www\.)|\[\d{1,3}\]")
_SMALL = 0.93
_ALONE = 0.55


def split_notes(lines: Sequence[Line], rules: Sequence[Rule], body: float, height: float) -> tuple[int, list[int]]:
    """Where the footnotes of a column begin, and where each of them does; both count lines, and the first is the
    number of lines when there are none.

    `body` is the font size of the text, `height` that of the page. Lines between the first two places go on with a
    note of the page before.
    """
    count = len(lines)
    start = count
    while start and lines[start - 1].size <= _SMALL * body:
        start -= 1
    line_above = _separator(lines, rules, height)
    if line_above is not None and (line_above < start or start == count):
        if _opens_note(lines[line_above]) or line_above >= start:
            start = line_above
    elif line_above is not None and line_above > start:
        start = line_above
    elif line_above is None:
        while start < count and not _opens_note(lines[start]):
            start += 1
    if start == count or lines[start].top < _ALONE * height * (0.5 if line_above is not None else 1):
        return count, []
    openings: list[int] = []
    for place in range(start, count):
        line = lines[place]
        if _opens_note(line) and (not openings or _is_next(lines[openings[-1]], line)):
            openings.append(place)
    if not openings and line_above is None:
        return count, []
    return start, openings


def _separator(lines: Sequence[Line], rules: Sequence[Rule], height: float) -> int | None:
    """The first line under a short level line in the lower part of the page, at the left of the column."""
    if not lines:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    found: list[float] = []
    for rule in rules:
        width = rule.right - rule.left
        if rule.bottom - rule.top > 2 or not 0.12 * (right - left) < width < 0.6 * (right - left):
            continue
        if abs(rule.left - left) < 12 and rule.top > 0.25 * height:
            found.append(rule.top)
    for top in sorted(found, reverse=True):
        below = [place for place, line in enumerate(lines) if line.top > top - 2]
        above = [line for line in lines if line.baseline <= top]
        if not below or (above and top - max(line.baseline for line in above) < 3):
            continue
        first = below[0]
        size = max(line.size for line in lines[first:])
        if above and size <= above[-1].size + 0.1 and (_opens_note(lines[first]) or size < _SMALL * above[-1].size):
            return first
    return None


def _opens_note(line: Line) -> bool:
    first = line.words[0]
    if _GLUED.match(first.text):
        return True
    return bool(_MARK.fullmatch(first.text)) and len(line.words) > 1


def _is_next(one: Line, two: Line) -> bool:
    """Whether the mark of one note follows that of another; marks that are no numbers all do."""
    before, after = _number(one), _number(two)
    if before is None or after is None:
        return before is None and after is None
    return before < after <= before + 3


def _number(line: Line) -> int | None:
    match = re.match(r"[(\[]?(\d{1,3})", line.text)
    return int(match[1]) if match else None
