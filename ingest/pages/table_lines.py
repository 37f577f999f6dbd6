"""The lines of words on a page and the pieces that wide gaps or ruled lines break them into."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

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


@dataclass(frozen=True, slots=True)
class Piece:
    """Words next to one another on a line, with their box in points; `value` where they are a number or stand for
    one, `amount` where they are a number that is no year."""

    words: tuple[Word, ...]
    left: float
    right: float
    text: str
    value: bool
    amount: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces on one line of a page, from left to right, its baseline and the size of its largest word in points."""

    pieces: tuple[Piece, ...]
    baseline: float
    size: float

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right


def lines_of(words: Iterable[Word], walls: Sequence[tuple[float, float, float]] = ()) -> list[Line]:
    """The words as lines from top to bottom, broken at gaps and where a wall (x, top, bottom) stands between words."""
    lines = []
    for row in rows_of(words):
        middle = middle_of(row[0])
        here = [x for x, upper, lower in walls if upper - 1 <= middle <= lower + 1]
        size = max(word.size for word in row)
        lines.append(Line(tuple(map(piece_of, _broken(row, here))), row[0].baseline, size))
    return lines


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
    for word in sorted(words, key=_BASELINE):
        first = rows[-1][0] if rows else None
        if first and word.baseline - first.baseline <= _SAME_LINE * min(word.size, first.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=_LEFT)
    return rows


def piece_of(words: Sequence[Word]) -> Piece:
    """Words that stand together as one piece."""
    text = words[0].text if len(words) == 1 else " ".join([word.text for word in words])
    return Piece(
        tuple(words),
        min([word.left for word in words]),
        max([word.right for word in words]),
        text,
        is_value(text),
        is_amount(text) and not is_year(text),
    )


def _broken(row: Sequence[Word], walls: Sequence[float]) -> list[list[Word]]:
    parts = [[row[0]]]
    for before, word in pairwise(row):
        gap, size = word.left - before.right, min(before.size, word.size)
        walled = walls and any(before.right - 1 <= wall <= word.left + 1 for wall in walls)
        if walled or (gap > _AMOUNT_GAP * size and gap > _room(before, word) * size):
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _room(before: Word, word: Word) -> float:
    """The widest gap between words of one piece, in font sizes: a currency stands off from its amount, and two
    amounts are two pieces unless the second goes on with the thousands of the first."""
    if before.text in _CURRENCIES and is_value(word.text):
        return _CURRENCY_GAP
    thousands = len(word.text) == 3 and word.text.isdigit()
    if word.text in ("+", "-", "–") or (word.text[0] == "(" and is_year(word.text)):
        return _WIDE_GAP  # a sign or a year may stand behind its amount
    if is_value(before.text) and not thousands and (word.text in _CURRENCIES or is_value(word.text)):
        return _AMOUNT_GAP
    return _WIDE_GAP
