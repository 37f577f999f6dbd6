"""Short labels in the margin, each at the top of the text it is of."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.pages.line import Line

_FEW = 0.4
_NARROW = 0.6
_APART = 1.6
_LEVEL = 0.35
_MOST_LINES = 5


def label_bands(left: Sequence[Line], right: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Each label with the text beside it, from top to bottom, the first perhaps without label; empty where `left` holds
    no labels of `right`: they are few and short lines, of another type than the text, each level with a line of it."""
    if not left or len(left) > _FEW * len(right) or not _is_other_type(left, right):
        return []
    if max(line.right - line.left for line in left) > _NARROW * median(line.right - line.left for line in right):
        return []
    blocks = list(_blocks(left))
    for block in blocks:
        first = block[0]
        if len(block) > _MOST_LINES or not any(
            abs(line.baseline - first.baseline) <= _LEVEL * max(line.size, first.size) for line in right
        ):
            return []
    tops = [block[0].baseline - 0.5 * block[0].size for block in blocks]
    bands: list[tuple[list[Line], list[Line]]] = []
    before = [line for line in right if line.baseline < tops[0]]
    if before:
        bands.append(([], before))
    for place, block in enumerate(blocks):
        below = tops[place + 1] if place + 1 < len(tops) else float("inf")
        bands.append((block, [line for line in right if tops[place] <= line.baseline < below]))
    return bands


def _is_other_type(left: Sequence[Line], right: Sequence[Line]) -> bool:
    bold = sum(line.bold for line in right) * 2 > len(right)
    italic = sum(line.italic for line in right) * 2 > len(right)
    return all(line.bold != bold or line.italic != italic for line in left)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block = [lines[0]]
    for above, line in pairwise(lines):
        if line.baseline - above.baseline > _APART * line.size:
            yield block
            block = []
        block.append(line)
    yield block
