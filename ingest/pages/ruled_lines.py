"""The long lines that the rules of a page make together, and which of them hang together as a frame."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from ingest.pages.page import Rule

_SNAP = 1.0
_REACH = 3.5
_SHORT = 4.0
_MOST_CROSSINGS = 400_000
_RUNG = 60.0
_NARROW = 14.0
_LEAST_RUNGS = 4
_LEAST_WIDTH = 150.0
_AT, _START = attrgetter("at"), attrgetter("start")


@dataclass(slots=True)
class Stroke:
    """A straight line in points: at `at` (y of a horizontal one, x of an upright one), from `start` to `end`."""

    at: Final[float]
    start: Final[float]
    end: Final[float]


Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Horizontal and upright strokes that touch one another."""

    across: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]

    @property
    def box(self) -> Box:
        """Left, top, right and bottom in points."""
        left = min([s.start for s in self.across] + [s.at for s in self.upright])
        right = max([s.end for s in self.across] + [s.at for s in self.upright])
        top = min([s.at for s in self.across] + [s.start for s in self.upright])
        bottom = max([s.at for s in self.across] + [s.end for s in self.upright])
        return left, top, right, bottom

    @property
    def is_divided(self) -> bool:
        """Whether any stroke lies inside its box, more than its own border."""
        left, top, right, bottom = self.box
        return any(top + _REACH < stroke.at < bottom - _REACH for stroke in self.across) or any(
            left + _REACH < stroke.at < right - _REACH for stroke in self.upright
        )


def strokes_of(rules: Iterable[Rule]) -> tuple[list[Stroke], list[Stroke]]:
    """The horizontal and the upright strokes that rules make together; dots and dashes that lie in one line are one."""
    across, upright = [], []
    for rule in rules:
        width, height = rule.right - rule.left, rule.bottom - rule.top
        if width >= height:
            across.append(Stroke((rule.top + rule.bottom) / 2, rule.left, rule.right))
        else:
            upright.append(Stroke((rule.left + rule.right) / 2, rule.top, rule.bottom))
    return _merged(across), _merged(upright)


def frames_of(across: Sequence[Stroke], upright: Sequence[Stroke], heights: Sequence[float]) -> list[Frame]:
    """The strokes in groups that touch one another or stand below one another with one width; none where they are too
    many to be a table. `heights` are those of all words on the page, in order."""
    if len(across) * len(upright) > _MOST_CROSSINGS:
        return []
    touching, alone = _touching(sorted(across, key=_AT), upright)
    rungs = [Frame((stroke,), ()) for stroke in alone if stroke.end - stroke.start >= _LEAST_WIDTH]
    stacks = _stacked([*touching, *rungs], heights)
    return [*touching, *(stack for stack in stacks if stack.upright or len(stack.across) >= _LEAST_RUNGS)]


def _touching(lines: Sequence[Stroke], upright: Sequence[Stroke]) -> tuple[list[Frame], list[Stroke]]:
    """The groups of strokes that touch one another, and the horizontal strokes that touch none."""
    heights = [stroke.at for stroke in lines]
    group = list(range(len(lines) + len(upright)))

    def root(item: int) -> int:
        while group[item] != item:
            group[item] = group[group[item]]
            item = group[item]
        return item

    for number, stroke in enumerate(upright, len(lines)):
        first = bisect_left(heights, stroke.start - _REACH)
        for index in range(first, bisect_right(heights, stroke.end + _REACH)):
            if lines[index].start - _REACH <= stroke.at <= lines[index].end + _REACH:
                group[root(index)] = root(number)
    members: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for index, stroke in enumerate([*lines, *upright]):
        members.setdefault(root(index), ([], []))[index >= len(lines)].append(stroke)
    frames = [Frame(tuple(a), tuple(u)) for a, u in members.values() if a and u]
    return frames, [stroke for a, u in members.values() if not u for stroke in a]


def _stacked(frames: Sequence[Frame], heights: Sequence[float]) -> list[Frame]:
    """Frames of one width that stand right below one another as one, also with rows between single strokes; only those
    that are more than one."""
    boxes = sorted(
        ((frame.box, frame) for frame in frames),
        key=lambda each: (round(each[0][0] / _REACH), round(each[0][2] / _REACH), each[0][1]),
    )
    stacks: list[list[tuple[Box, Frame]]] = []
    for box, frame in boxes:
        last = stacks[-1][-1] if stacks else None
        if last and _goes_on(last, (box, frame), heights):
            stacks[-1].append((box, frame))
        else:
            stacks.append([(box, frame)])
    return [
        Frame(
            tuple(stroke for _, frame in stack for stroke in frame.across),
            tuple(stroke for _, frame in stack for stroke in frame.upright),
        )
        for stack in stacks
        if len(stack) > 1
    ]


def _goes_on(above: tuple[Box, Frame], below: tuple[Box, Frame], heights: Sequence[float]) -> bool:
    """Whether a frame stands right below another of its width, or a row of a table between the two."""
    (left, _, right, bottom), upper = above
    (start, top, end, _), lower = below
    if abs(left - start) > _REACH or abs(right - end) > _REACH or not -_REACH <= top - bottom <= _RUNG:
        return False
    empty = bisect_right(heights, top) <= bisect_left(heights, bottom)
    if empty:
        return top - bottom <= _NARROW
    return not upper.upright or not lower.upright


def _merged(strokes: list[Stroke]) -> list[Stroke]:
    """Strokes at nearly the same place joined where they meet or overlap, without those that stay short."""
    merged: list[Stroke] = []
    strokes.sort(key=_AT)
    start = 0
    for end in range(1, len(strokes) + 1):
        if end == len(strokes) or strokes[end].at - strokes[start].at > _SNAP:
            merged += _union(strokes[start:end])
            start = end
    return [stroke for stroke in merged if stroke.end - stroke.start >= _SHORT]


def _union(strokes: Sequence[Stroke]) -> list[Stroke]:
    at = sum(stroke.at for stroke in strokes) / len(strokes)
    joined: list[Stroke] = []
    for stroke in sorted(strokes, key=_START):
        if joined and stroke.start <= joined[-1].end + _REACH:
            joined[-1] = Stroke(at, joined[-1].start, max(joined[-1].end, stroke.end))
        else:
            joined.append(Stroke(at, stroke.start, stroke.end))
    return joined
