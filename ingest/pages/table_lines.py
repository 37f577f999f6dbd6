"""The lines of words on a page and the pieces that wide gaps or ruled lines break them into."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from operator import attrgetter
from typing import Final

from ingest.pages.page import Word
from ingest.table_rows import is_amount, is_value, is_year

_SAME_LINE = 0.4
_MIDDLE = 0.3
_WIDE_GAP = 1.0
_AMOUNT_GAP = 0.4
_CURRENCY_GAP = 8.0
_WORD_GAP = 0.5
_HEAD_GAP = 0.6
_OTHER_KIND = 1.5
_HEADING = 40
_BASELINE, _LEFT = attrgetter("baseline"), attrgetter("left")
_CURRENCIES = ("€", "ƒ", "$", "EUR")


@dataclass(slots=True)
class Piece:
    """Words next to one another on a line, with their box in points; `value` where they are a number or stand for
    one, `amount` where they are a number that is no year."""

    words: Final[tuple[Word, ...]]
    left: Final[float]
    right: Final[float]
    text: Final[str]
    value: Final[bool]
    amount: Final[bool]


@dataclass(slots=True)
class Line:
    """The pieces on one line of a page, from left to right, its baseline and the size of its largest word in points."""

    pieces: Final[tuple[Piece, ...]]
    baseline: Final[float]
    size: Final[float]

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right


def lines_of(words: Iterable[Word], walls: Sequence[tuple[float, float, float]] = ()) -> list[Line]:
    """The words as lines from top to bottom, broken at gaps and where a wall (x, top, bottom) stands between words."""
    return list(each_line(rows_of(words), walls))


def each_line(rows: Iterable[Sequence[Word]], walls: Sequence[tuple[float, float, float]] = ()) -> Iterator[Line]:
    """The rows of `rows_of` as lines, one after another, for who may not need all."""
    for row in rows:
        middle = middle_of(row[0])
        here = sorted([x for x, upper, lower in walls if upper - 1 <= middle <= lower + 1])
        size = max([word.size for word in row])
        yield Line(tuple(map(piece_of, _broken(row, here))), row[0].baseline, size)


def headed(line: Line, most: int) -> Line:
    """A line with short pieces broken once more where the room between its words is of two kinds, as between headings
    that stand close together; the same line where that gives more than `most` pieces, or long ones."""
    pieces = [part for piece in line.pieces for part in _parts(piece, line.size)]
    if len(pieces) == len(line.pieces) or len(pieces) > most or any(len(piece.text) > _HEADING for piece in pieces):
        return line
    return Line(tuple(pieces), line.baseline, line.size)


def _parts(piece: Piece, size: float) -> list[Piece]:
    gaps = [word.left - before.right for before, word in pairwise(piece.words)]
    small = [gap for gap in gaps if gap <= _WORD_GAP * size]
    large = [gap for gap in gaps if gap > _WORD_GAP * size]
    if not large or min(large) < max([_HEAD_GAP * size, *(_OTHER_KIND * gap for gap in small)]):
        return [piece]
    parts = [[piece.words[0]]]
    for gap, word in zip(gaps, piece.words[1:], strict=True):
        if gap > _WORD_GAP * size:
            parts.append([])
        parts[-1].append(word)
    return [piece_of(words) for words in parts]


def middle_of(word: Word) -> float:
    """Half the height of a word's small letters, in points from the top of the page."""
    return word.baseline - _MIDDLE * word.size


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """The words that stand on one baseline, from top to bottom, each row from left to right."""
    rows: list[list[Word]] = []
    baseline, size = -inf, 0.0
    for word in sorted(words, key=_BASELINE):
        if word.baseline - baseline <= _SAME_LINE * (size if size < word.size else word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
            baseline, size = word.baseline, word.size
    for row in rows:
        if len(row) > 1:
            row.sort(key=_LEFT)
    return rows


def piece_of(words: Sequence[Word]) -> Piece:
    """Words that stand together as one piece."""
    if len(words) == 1:
        (word,) = words
        left, right, text = word.left, word.right, word.text
    else:
        left, right = min([word.left for word in words]), max([word.right for word in words])
        text = " ".join([word.text for word in words])
    amount = is_amount(text)
    return Piece(tuple(words), left, right, text, amount or is_value(text), amount and not is_year(text))


def _broken(row: Sequence[Word], walls: Sequence[float]) -> list[list[Word]]:
    """The words of a row in pieces; `walls` are in order."""
    part = [row[0]]
    parts = [part]
    for before, word in pairwise(row):
        gap, size = word.left - before.right, before.size if before.size < word.size else word.size
        apart = gap > _AMOUNT_GAP * size and gap > _room(before.text, word.text) * size
        if not apart and walls:
            next_wall = bisect_left(walls, before.right - 1)
            apart = next_wall < len(walls) and walls[next_wall] <= word.left + 1
        if apart:
            part = [word]
            parts.append(part)
        else:
            part.append(word)
    return parts


def _room(before: str, word: str) -> float:
    """The widest gap between words of one piece, in font sizes: a currency stands off from its amount, and two
    amounts are two pieces unless the second goes on with the thousands of the first."""
    if before in _CURRENCIES and is_value(word):
        return _CURRENCY_GAP
    if not is_value(before):
        return _WIDE_GAP
    thousands = len(word) == 3 and word.isdigit()
    if word in ("+", "-", "–") or (word[0] == "(" and is_year(word)):
        return _WIDE_GAP  # a sign or a year may stand behind its amount
    if not thousands and (word in _CURRENCIES or is_value(word)):
        return _AMOUNT_GAP
    return _WIDE_GAP
