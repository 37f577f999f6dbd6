"""White gutters that part lines of text into columns."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.pages.table_lines import Line

Stretch = tuple[float, float]
"""From left to right along x, in points."""

_LEAST_LINES = 3
_LEAST_SHARE = 0.35
_LEAST_TEXT = 0.2
_INDENT = 8.0
_LINED_UP = 0.8
_NEAR = 2.0
_CROSSED = 0.25
_CROSSED_CLEAR = 0.05
_WIDTH = 3.0
_LONG = 6
_FEW = 2
_SOME = 3
_CLEAR = 4.5
_WIDE = 12.0


def gutters(lines: Sequence[Line]) -> list[float]:
    """The middle of each white gutter that runs through the lines of one column and so makes several of it.

    Right of it stand values, on at least three lines and a third of all; or it is clear of words over nearly its
    whole length, between columns of some lines of words, or of amounts, of which one is long; or it is wide, with
    nothing but amounts on its right.
    """
    found = {_middle(stretches) for stretches in pairwise(_crowded(lines)) if _is_clear(lines, *stretches)}
    broken = [line for line in lines if len(line.pieces) > 1 and any(piece.value for piece in line.pieces)]
    if len(broken) >= _LEAST_LINES and len(broken) >= _LEAST_SHARE * len(lines):
        for before, after in pairwise(_stretches(broken, _WIDTH)):
            x = _middle((before, after))
            crossing = sum(1 for line in lines for piece in line.pieces if piece.left < x < piece.right)
            if crossing <= _CROSSED * len(lines) and _has_values(broken, after):
                found.add(x)
    return sorted(found)


def text_gutters(lines: Sequence[Line]) -> list[float]:
    """The middle of each white gutter between short texts and longer ones that begin at one place, in a column of what
    is a table for other reasons: else they would be the numbers of a list."""
    broken = [line for line in lines if len(line.pieces) == 2]
    if len(broken) < _LEAST_LINES or len(broken) < _LEAST_TEXT * len(lines):
        return []
    ends = sorted(line.pieces[0].right for line in broken)
    starts = sorted(line.pieces[1].left for line in broken)
    middle = starts[len(starts) // 2]
    lined_up = sum(abs(start - middle) <= _NEAR for start in starts)
    end = max((end for end in ends if end <= middle - _INDENT), default=None)
    if end is None or lined_up < _LINED_UP * len(starts):
        return []
    x = (end + middle) / 2
    crossing = sum(1 for line in lines for piece in line.pieces if piece.left < x < piece.right)
    return [x] if crossing <= _CROSSED * len(lines) else []


def _middle(stretches: tuple[Stretch, Stretch]) -> float:
    return (stretches[0][1] + stretches[1][0]) / 2


def _stretches(lines: Sequence[Line], room: float) -> list[Stretch]:
    """Where along x words stand on any line; stretches nearer than `room` are one."""
    stretches: list[Stretch] = []
    for left, right in sorted((piece.left, piece.right) for line in lines for piece in line.pieces):
        if stretches and left <= stretches[-1][1] + room:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], right))
        else:
            stretches.append((left, right))
    return stretches


def _crowded(lines: Sequence[Line]) -> list[Stretch]:
    """Where along x words stand on more than a few of the lines."""
    few = len(lines) * _CROSSED_CLEAR
    edges = sorted(
        [(p.left, 1) for line in lines for p in line.pieces] + [(p.right, -1) for line in lines for p in line.pieces]
    )
    stretches: list[Stretch] = []
    depth, start = 0, 0.0
    for x, step in edges:
        before, depth = depth, depth + step
        if before <= few < depth:
            start = x
        elif depth <= few < before:
            stretches.append((start, x))
    return stretches


def _is_clear(lines: Sequence[Line], before: Stretch, after: Stretch) -> bool:
    """Whether long columns of words, not of bullets or numbers of a list, stand on both sides of a wide gutter."""
    if after[0] - before[1] < _CLEAR:
        return False
    most = told = 0
    for left, right in (before, after):
        pieces = [p for line in lines for p in line.pieces if left <= (p.left + p.right) / 2 <= right]
        worded = [piece for piece in pieces if sum(map(str.isalpha, piece.text)) > 2 or piece.value]
        amounts = bool(pieces) and all(piece.amount for piece in pieces)
        if len(pieces) < (_FEW if amounts else _SOME) or len(worded) * 2 < len(pieces):
            return False
        most = max(most, len(pieces))
        told = sum(2 if "€" in piece.text else 1 for piece in pieces) if amounts else 0
    return most >= _LONG or (told >= _SOME and after[0] - before[1] >= _WIDE)


def _has_values(lines: Sequence[Line], stretch: Stretch) -> bool:
    """Whether most of what stands in a stretch of x are values."""
    values = [p.value for line in lines for p in line.pieces if stretch[0] <= p.left and p.right <= stretch[1]]
    return sum(values) * 2 > len(values)
