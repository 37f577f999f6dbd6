"""Headings that each stand above several columns."""

from collections.abc import Sequence
from functools import cache
from math import inf

from ingest.pages.page import Word

Stretch = tuple[float, float]
"""From left to right along x, in points."""

_OFF = 0.22
_OFF_RIGHT = 3.0
_LEFT_OUT = 5.0
_LINED_UP = 2.5
_MOST_COLUMNS = 40

Parts = tuple[tuple[int, int], ...]
"""The stretches [start, end) under each heading."""


def over_first(
    above: Sequence[Sequence[Word]], below: Sequence[Sequence[Word]], columns: Sequence[Stretch | None]
) -> dict[int, int]:
    """For each column with a heading above others, the first of the columns that this heading is of: it stands in the
    middle above them, or all headings end where theirs do; empty where they do not, or none spans several.

    `above` are the cells of the row of headings, `below` those of the next; `columns` is the stretch of each column
    with a heading below, else None. The first column holds the names of rows and is left alone.
    """
    heads = [column for column in range(1, len(above)) if above[column]]
    parted = [column for column in range(1, len(columns)) if columns[column]]
    if not heads or len(heads) >= len(parted) or len(columns) > _MOST_COLUMNS:
        return {}
    if not all(below[column] for column in heads):
        return {}
    stretches = [stretch for column in parted if (stretch := columns[column])]
    sides = [_sides(above[column]) for column in heads]
    wrapped = any(_is_wrapped(above[column], below[column]) for column in heads)
    parts = _from_ends(sides, stretches) or _from_middles(sides, stretches, wrapped)
    return {head: parted[start] for head, (start, _) in zip(heads, parts, strict=False)}


def _from_middles(sides: Sequence[Stretch], stretches: Sequence[Stretch], wrapped: bool) -> Parts:
    parts = _parted([sum(side) / 2 for side in sides], stretches)
    wide = sum(1 for start, end in parts if end - start > 1)
    if not wide or (wrapped and not (len(sides) > 1 and wide == len(sides))):
        return ()
    for (left, right), (start, end) in zip(sides, parts, strict=True):
        first, last = stretches[start][0], stretches[end - 1][1]
        if abs(left + right - first - last) / 2 > _OFF * (last - first):
            return ()
    return parts


def _from_ends(sides: Sequence[Stretch], stretches: Sequence[Stretch]) -> Parts:
    parts: list[tuple[int, int]] = []
    start = 0
    for _, right in sides:
        ends = (place + 1 for place in range(start, len(stretches)) if abs(stretches[place][1] - right) <= _OFF_RIGHT)
        end = next(ends, 0)
        if end - start < 2:
            return ()
        parts.append((start, end))
        start = end
    return tuple(parts) if len(parts) > 1 and start == len(stretches) else ()


def _is_wrapped(above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether the rest of a heading stands right below it: they line up on one of their sides, or in the middle."""
    (left, right), (start, end) = _sides(above), _sides(below)
    return min(abs(left - start), abs(right - end), abs(left + right - start - end) / 2) <= _LINED_UP


def _parted(middles: Sequence[float], stretches: Sequence[Stretch]) -> Parts:
    """The parts such that all headings stand as near to their middle as can be; only the first may leave some out."""

    @cache
    def best(head: int, start: int) -> tuple[float, Parts]:
        if head == len(middles):
            return (0.0 if start == len(stretches) else inf), ()
        found: tuple[float, Parts] = (inf, ())
        most = len(stretches) - (len(middles) - head - 1)
        for first in range(start, start + 1 if head else most):
            for end in range(first + 1, most + 1):
                rest, parts = best(head + 1, end)
                off = abs(middles[head] - (stretches[first][0] + stretches[end - 1][1]) / 2)
                cost = off + (first - start) * _LEFT_OUT + rest
                if cost < found[0]:
                    found = (cost, ((first, end), *parts))
        return found

    return best(0, 0)[1]


def _sides(words: Sequence[Word]) -> Stretch:
    return min(word.left for word in words), max(word.right for word in words)
