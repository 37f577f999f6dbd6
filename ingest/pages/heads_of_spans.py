"""Headings that stand in the middle above the several columns that they are of."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import inf

from ingest.pages.page import Word

Stretch = tuple[float, float]
"""From left to right along x, in points."""

_OFF = 0.22
_LINED_UP = 2.5
_MOST_COLUMNS = 40


def over_first(
    above: Sequence[Sequence[Word]], below: Sequence[Sequence[Word]], columns: Sequence[Stretch | None]
) -> dict[int, int]:
    """For each column with a heading above others, the first of the columns in whose middle that heading stands; empty
    where not all of them stand so, or none spans several.

    `above` are the cells of the row of headings, `below` those of the next; `columns` is the stretch of each column
    with a heading below, else None. The first column holds the names of rows and is left alone.
    """
    heads = [column for column in range(1, len(above)) if above[column]]
    parted = [column for column in range(1, len(columns)) if columns[column]]
    if not heads or len(heads) >= len(parted) or len(columns) > _MOST_COLUMNS:
        return {}
    if not all(below[column] for column in heads):
        return {}
    middles = [_middle(above[column]) for column in heads]
    stretches = [stretch for column in parted if (stretch := columns[column])]
    parts = _parted(middles, stretches)
    wide = sum(1 for start, end in parts if end - start > 1)
    every = len(heads) > 1 and wide == len(heads)
    if not wide or not (every or not any(_is_wrapped(above[column], below[column]) for column in heads)):
        return {}
    for middle, (start, end) in zip(middles, parts, strict=True):
        left, right = stretches[start][0], stretches[end - 1][1]
        if abs(middle - (left + right) / 2) > _OFF * (right - left):
            return {}
    return {head: parted[start] for head, (start, _) in zip(heads, parts, strict=True)}


def _is_wrapped(above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether the rest of a heading stands right below it: they line up on one of their sides, or in the middle."""
    (left, right), (start, end) = _sides(above), _sides(below)
    return min(abs(left - start), abs(right - end), abs(left + right - start - end) / 2) <= _LINED_UP


def _parted(middles: Sequence[float], stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    """The stretches [start, end) under each heading, such that all stand as near to their middle as can be; only
    stretches left of the first may have none."""

    @cache
    def best(head: int, start: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if head == len(middles):
            return (0.0 if start == len(stretches) else inf), ()
        found: tuple[float, tuple[tuple[int, int], ...]] = (inf, ())
        for first, end in _spans(head, start, len(stretches) - (len(middles) - head - 1)):
            rest, parts = best(head + 1, end)
            off = abs(middles[head] - (stretches[first][0] + stretches[end - 1][1]) / 2)
            cost = off + rest
            if cost < found[0]:
                found = (cost, ((first, end), *parts))
        return found

    return list(best(0, 0)[1])


def _spans(head: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches that a heading can be of: those after the one before it; the first may leave some out."""
    firsts = range(start, start + 1) if head else range(start, end)
    yield from ((first, last) for first in firsts for last in range(first + 1, end + 1))


def _middle(words: Sequence[Word]) -> float:
    return sum(_sides(words)) / 2


def _sides(words: Sequence[Word]) -> Stretch:
    return min(word.left for word in words), max(word.right for word in words)
