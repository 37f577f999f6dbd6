"""The words in the table that Tesseract makes of a page."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from ingest.pages.page import Word

_WORD_LEVEL = "5"
_ASCENT, _DESCENT, _CAPITAL, _SMALL = 0.76, 0.22, 0.72, 0.50
"""How far a line, capitals and small letters reach, as parts of the size of their font."""
_LOW = frozenset("gjpqyQ,;()[]{}ç|/")
_SHORT = frozenset("acemnorsuvwxz.-–=~:+")
_LEAST_PAGE, _LEAST_WORD, _LEAST_SHARE = 60.0, 30.0, 0.3
"""Confidences from 0 to 100: of the words of a page together, below which nothing of it is believed, and of one word,
below which it is left out; and the share of all letters that has to be left (dots in a list of contents are many)."""


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word and how sure the recogniser is of it, from 0 to 100."""

    word: Word
    confidence: float


def words_in(table: str, scale: float) -> list[RecognisedWord]:
    """The words of a table (tab-separated values as Tesseract writes them), line by line; `scale`: pixels to a point.

    Rows that are not as they should be are passed over.
    """
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    cells = [cell for row in rows if (cell := _cell(row, scale)) is not None]
    return [word for _, line in groupby(cells, key=lambda cell: cell.line) for word in _words(list(line))]


def confident(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """The words that can be believed; none when the page as a whole cannot."""
    kept = [each for each in words if each.confidence >= _LEAST_WORD]
    letters = _letters(kept)
    sure = sum(each.confidence * len(each.word.text) for each in kept)
    return kept if letters and sure >= _LEAST_PAGE * letters and letters >= _LEAST_SHARE * _letters(words) else []


def _letters(words: Sequence[RecognisedWord]) -> int:
    return sum(len(each.word.text) for each in words)


@dataclass(frozen=True, slots=True)
class _Cell:
    line: tuple[str, str, str]
    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float

    @property
    def is_low(self) -> bool:
        return not _LOW.isdisjoint(self.text)

    @property
    def size(self) -> float:
        """The size of the font, by how far the letters of this word reach."""
        above = _SMALL if _SHORT.issuperset(self.text) else _CAPITAL
        return (self.bottom - self.top) / (above + (_DESCENT if self.is_low else 0))


def _cell(row: dict[str, str], scale: float) -> _Cell | None:
    try:
        left, top, width, height = (float(row[name]) / scale for name in ("left", "top", "width", "height"))
        confidence = float(row["conf"])
        line = (row["block_num"], row["par_num"], row["line_num"])
        text = "".join((row["text"] or "").split())
    except (KeyError, TypeError, ValueError):
        return None
    if row["level"] != _WORD_LEVEL or not text or width <= 0 or height <= 0 or confidence < 0:
        return None
    return _Cell(line, text, left, top, left + width, top + height, confidence)


def _words(line: Sequence[_Cell]) -> Iterator[RecognisedWord]:
    """Words on one baseline and of one size, which the pixels of each alone tell only roughly."""
    size = median(cell.size for cell in line)
    baseline = median(cell.bottom - (_DESCENT * size if cell.is_low else 0) for cell in line)
    for cell in line:
        word = Word(
            text=cell.text,
            left=cell.left,
            top=baseline - _ASCENT * size,
            right=cell.right,
            bottom=baseline + _DESCENT * size,
            baseline=baseline,
            size=size,
            bold=False,
            italic=False,
        )
        yield RecognisedWord(word, cell.confidence)
