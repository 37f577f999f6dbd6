"""Columns of prose on a page, which keep what stands in them apart from what stands beside them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ingest.pages.page import Word
from ingest.pages.table_lines import Line, Piece

_CROSSED = 0.15
_WIDTH = 7.0
_LEAST = 5
_SHARE = 0.2
_LONG = 15
_WORDS = 3


def flows_of(lines: Sequence[Line]) -> list[list[Word]]:
    """The words of each column of prose from left to right; all of them as one where there is but one."""
    pieces = [piece for line in lines for piece in line.pieces]
    gutters = [x for x in _gaps(pieces, _CROSSED * len(lines)) if _parts_prose(pieces, x, len(lines))]
    flows: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for piece in pieces:
        flows[bisect_right(gutters, (piece.left + piece.right) / 2)] += piece.words
    return flows


def _gaps(pieces: Iterable[Piece], few: float) -> list[float]:
    """The middle of each stretch of x where words stand on few lines, between stretches where they stand on more."""
    edges = sorted(edge for piece in pieces for edge in ((piece.left, 1), (piece.right, -1)))
    gaps: list[float] = []
    depth, ended = 0, None
    for x, step in edges:
        before, depth = depth, depth + step
        if before <= few < depth:
            if ended is not None and x - ended >= _WIDTH:
                gaps.append((ended + x) / 2)
        elif depth <= few < before:
            ended = x
    return gaps


def _parts_prose(pieces: Sequence[Piece], x: float, lines: int) -> bool:
    """Whether much prose stands on both sides of a place along x."""
    told = [piece for piece in pieces if len(piece.text) >= _LONG and len(piece.words) >= _WORDS and not piece.value]
    left = sum(1 for piece in told if piece.right <= x)
    right = sum(1 for piece in told if piece.left >= x)
    return min(left, right) >= max(_LEAST, _SHARE * lines)
