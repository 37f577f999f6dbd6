"""What the two sides of a white strip are: columns of text, labels with what they label, or rows."""

import re
from statistics import median

from ingest.pages.line import Line
from ingest.pages.piece import Piece

_MARKER = re.compile(r"\(?\w{1,3}[.):]?|\W{1,2}|\d{1,2}(?:\.\d{1,2}){1,3}\.?")
_FIGURES = re.compile(r"[\d.,:%€$£+()\s/*x–-]+|.{1,3}")
_MOSTLY = 0.7
_TEXT = 20
_SHORT_TEXT = 12
_BESIDE = 0.6
_LEAST_BLOCK = 4
_OTHER_SIZE = 1.08
_LEVEL = 0.08
_APART = 0.5


def are_labels(left: list[Piece], right: list[Piece]) -> bool:
    """Whether one side only numbers the lines of the other: list markers, page numbers, amounts."""
    if _share(left, _MARKER) > _MOSTLY:
        return True
    return _share(right, _FIGURES) > _MOSTLY and _beside(left, right) > _MOSTLY


def are_columns(left: list[Piece], right: list[Piece]) -> bool:
    """Whether two sides are columns, read one after the other, and no rows."""
    if _length(left) >= _TEXT and _length(right) >= _SHORT_TEXT:
        return _is_running(left) or _is_running(right) or _beside(left, right) < _MOSTLY
    if _length(left) >= _TEXT or _are_apart(left, right):
        return True
    return _is_running(right) and _length(right) >= _TEXT and _count_rows(left) > _BESIDE * _count_rows(right)


def _are_apart(left: list[Piece], right: list[Piece]) -> bool:
    """Whether two blocks of short lines, as in a letterhead, are set in other sizes and on other lines."""
    if min(len(left), len(right)) < _LEAST_BLOCK:
        return False
    small, large = sorted((median(piece.size for piece in left), median(piece.size for piece in right)))
    return large > _OTHER_SIZE * small and _beside(left, right, _LEVEL) < _APART


def _count_rows(pieces: list[Piece]) -> int:
    return len({round(piece.baseline / 2) for piece in pieces})


def are_rows(left: list[Piece], right: list[Piece]) -> bool:
    """Whether the pieces of a band read from left to right, line by line."""
    if len(left) == 1:
        return True
    return _beside(left, right) > _MOSTLY and len(left) >= _MOSTLY * len(right)


def _is_running(pieces: list[Piece]) -> bool:
    """Whether most lines are about as wide as the widest, as in text that runs on."""
    widths = [piece.right - piece.left for piece in pieces]
    return (len(pieces) > 2 and median(widths) > _MOSTLY * max(widths)) or _breaks_a_word(pieces)


def _breaks_a_word(pieces: list[Piece]) -> bool:
    """Whether one of few lines ends amid a word with which the next goes on."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    return len(lines) == 2 and lines[0].text[-1] in "-\u2010\xad" and lines[1].text[:1].islower()


def _share(pieces: list[Piece], form: re.Pattern[str]) -> float:
    return sum(isinstance(piece, Line) and bool(form.fullmatch(piece.text)) for piece in pieces) / len(pieces)


def _length(pieces: list[Piece]) -> float:
    return sum(len(piece.text) if isinstance(piece, Line) else 3 * _TEXT for piece in pieces) / len(pieces)


def _beside(left: list[Piece], right: list[Piece], off: float = 0.35) -> float:
    """The share of the shorter side whose lines stand level with one of the other side, give or take `off` sizes."""
    few, many = sorted((left, right), key=len)
    levels = [piece.baseline for piece in many if isinstance(piece, Line)]
    level = sum(
        isinstance(piece, Line) and any(abs(piece.baseline - other) < off * piece.size for other in levels)
        for piece in few
    )
    return level / len(few)
