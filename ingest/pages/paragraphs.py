"""Lines of a column to paragraphs and list items."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import inf

from ingest.pages.group import Group, Role, is_bulleted, is_marked
from ingest.pages.line import Line

_TERMINAL = frozenset(".!?:;…")
_DASHES = frozenset("-–—")
_CLOSING = "\"'”’)]»"
_OTHER_SIZE = 1.09
_WIDE = 1.22
_INDENT = 0.8
_LARGE = 1.25
_UNFINISHED = frozenset(
    "de het een en of in op van voor met aan bij door om te tot uit over naar per als dat die is zijn artikel lid and "
    "the of to in for".split()
)
_MOST_PITCH = 2.4
_LEAST_PITCH_SHARE = 0.15
_TITLE_PITCH = 1.3
_MOST_SELDOM = 1.6
_SELDOM = 400

Pitches = Mapping[float, float]


def size_key(size: float) -> float:
    """A font size rounded to half points."""
    return round(size * 2) / 2


def line_pitches(columns: Sequence[Sequence[Line]]) -> dict[float, float]:
    """The usual distance between baselines of lines in one paragraph, in points, by font size."""
    counts: dict[float, Counter[float]] = {}
    for lines in columns:
        for one, two in itertools.pairwise(lines):
            key, pitch = size_key(two.size), two.baseline - one.baseline
            if size_key(one.size) == key and 0.8 * key < pitch < _MOST_PITCH * key:
                counts.setdefault(key, Counter())[round(pitch * 4) / 4] += min(len(one.text), len(two.text))
    body = max(counts, key=lambda key: counts[key].total(), default=0.0)
    return {
        key: _pitch(pitches, (_TITLE_PITCH if key > _LARGE * body else _MOST_SELDOM) * key)
        for key, pitches in counts.items()
    }


def _pitch(pitches: Counter[float], most: float) -> float:
    """The least distance that is usual, `most` where few lines tell it: those may be two headings in a row."""
    least = min(
        pitch for pitch, count in pitches.items() if _near(pitches, pitch) >= _LEAST_PITCH_SHARE * pitches.total()
    )
    return least if pitches.total() > _SELDOM else min(least, most)


def _near(pitches: Counter[float], pitch: float) -> int:
    return pitches[pitch] + pitches[pitch + 0.25]


def body_size(columns: Sequence[Sequence[Line]]) -> float:
    """The font size of most of the text."""
    counts: Counter[float] = Counter()
    for lines in columns:
        for line in lines:
            counts[size_key(line.size)] += len(line.text)
    return max(counts, key=lambda size: (counts[size], size), default=10.0)


class Paragrapher:
    """Puts the lines of one column in groups."""

    def __init__(self, pitches: Pitches, body: float) -> None:
        self._pitches = pitches
        self._body = body

    def groups(self, lines: Sequence[Line]) -> Iterator[Group]:
        """The paragraphs and items of a column, in order."""
        if not lines:
            return
        left, right = column_sides(lines)
        group: list[Line] = []
        gap = inf
        for place, line in enumerate(lines):
            following = lines[place + 1] if place + 1 < len(lines) else None
            if group and self._breaks(group, line, following, right):
                yield _group(group, left, right, gap)
                gap = (line.baseline - group[-1].baseline) / self._pitch(line) - 1
                group = []
            group.append(line)
        yield _group(group, left, right, gap)

    def _pitch(self, line: Line) -> float:
        return self._pitches.get(size_key(line.size), 1.2 * line.size)

    def _breaks(self, group: Sequence[Line], line: Line, following: Line | None, right: float) -> bool:
        before = group[-1]
        if line.baseline - before.baseline > _WIDE * max(self._pitch(line), self._pitch(before)) + 0.5:
            return True
        if max(line.size, before.size) > _OTHER_SIZE * min(line.size, before.size):
            return True
        ended = ends_sentence(before.text)
        short = is_short(before, line, right)
        if self._is_large(before) and before.bold == line.bold:
            return is_marked(line) or (ended and not before.text.endswith((":", "-")))
        if is_marked(line) and self._opens_item(group, line, short or ended):
            return True
        if (before.bold, before.italic, before.underlined) != (line.bold, line.italic, line.underlined) and short:
            return True
        if before.bold and not line.bold and not line.first.bold:
            return True
        if is_marked(group[0]):
            return self._leaves_item(group, line, short)
        if _is_centred(before, line):
            return short and ended
        if line.left - before.left > _INDENT * line.size:
            first_line = following is not None and following.left < line.left - 0.5 * line.size
            return ended or short or (first_line and len(group) > 1)
        if len(group) > 1 and line.left < before.left - _INDENT * line.size:
            return ended or short
        return short and (ended or not (line.text[0].islower() or before.words[-1].text.lower() in _UNFINISHED))

    def _is_large(self, line: Line) -> bool:
        return line.size >= _LARGE * self._body

    def _opens_item(self, group: Sequence[Line], line: Line, over: bool) -> bool:
        """Whether a line with a mark in front begins an item, and is not a sentence that happens to."""
        if is_bulleted(line) and (line.words[0].text not in _DASHES or line.left > group[-1].left + 0.5 * line.size):
            return True
        if over or line.body_left - line.words[0].right > 0.6 * line.size:
            return True
        return is_marked(group[0]) and abs(group[0].left - line.left) < 0.5 * line.size

    def _leaves_item(self, group: Sequence[Line], line: Line, short: bool) -> bool:
        """Whether a line is no longer part of the item that `group` is."""
        head = group[0]
        if line.left > head.left + 0.5 * line.size:
            return len(group) > 1 and line.left > group[-1].left + _INDENT * line.size and short
        hanging = len(group) > 1 and group[1].left > head.left + 0.5 * line.size
        return hanging or short


def _group(lines: Sequence[Line], left: float, right: float, gap: float) -> Group:
    role = Role.ITEM if is_marked(lines[0]) else Role.PARAGRAPH
    return Group(role, tuple(lines), None, lines[0].page, left, right, gap, None)


def column_sides(lines: Sequence[Line]) -> tuple[float, float]:
    """The left of a column, and where most of its longer lines end."""
    rights = sorted(line.right for line in lines)
    return min(line.left for line in lines), rights[int(0.95 * (len(rights) - 1))]


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a full stop, colon or the like."""
    return text.rstrip(_CLOSING)[-1:] in _TERMINAL


def is_short(line: Line, following: Line, right: float) -> bool:
    """Whether the first word of the line after it would have fitted on a line."""
    first = following.first
    return line.right + 0.3 * line.size + (first.right - first.left) < right - 0.5 * line.size


def _is_centred(one: Line, two: Line) -> bool:
    middle = abs((one.left + one.right) - (two.left + two.right)) / 2
    return middle < 0.3 * one.size and abs(one.left - two.left) > one.size


def joined_over_ends(groups: Sequence[Group]) -> list[Group]:
    """Groups with those joined that run on at the end of a column or page."""
    joined: list[Group] = []
    for group in groups:
        if joined and group.gap == inf and _runs_on(joined[-1], group):
            joined[-1] = replace(joined[-1], lines=joined[-1].lines + group.lines)
        else:
            joined.append(group)
    return joined


def _runs_on(before: Group, group: Group) -> bool:
    if before.role not in (Role.PARAGRAPH, Role.ITEM) or group.role is not Role.PARAGRAPH:
        return False
    last, first = before.lines[-1], group.lines[0]
    if max(last.size, first.size) > _OTHER_SIZE * min(last.size, first.size) or first.page - last.page > 1:
        return False
    start = first.text.lstrip("(\"'“‘„")[:1]
    if last.bold != first.bold:
        return False
    if last.text[-1] in "-‐\xad" and start.islower():
        return True
    if ends_sentence(last.text):
        return start.islower() and last.text.rstrip(_CLOSING)[-1:] in ".…" and not is_short(last, first, before.right)
    return start.islower() or not is_short(last, first, before.right)
