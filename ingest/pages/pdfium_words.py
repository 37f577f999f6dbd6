"""The words of a PDF page with their places, in the order of the file."""

import ctypes
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from math import atan2, degrees, hypot
from typing import NamedTuple

from ingest.pages import pdfium_calls as pdfium
from ingest.pages.frame import Frame
from ingest.pages.page import Word

LINE_HYPHEN = "\ufffe"
"""What pdfium writes for a hyphen at a line end; the next line follows without a space."""

_WORD = re.compile(rf"[^\s{LINE_HYPHEN}]+{LINE_HYPHEN}?|{LINE_HYPHEN}")
_BOLD = re.compile(r"(?i)bold|black|heavy|demi|[-,]bd")
_NOT_BOLD = re.compile(r"(?i)regular|light|book|roman|medium|thin")
_ITALIC = re.compile(r"(?i)italic|oblique|kursiv|[-,]it$")
_ITALIC_FLAG, _BOLD_FLAG, _BOLD_WEIGHT = 1 << 6, 1 << 18, 700
_STROKED = 2
_SLANT = 10
_RAISED = 0.88
_ADVANCE = 0.1
_SAME_LINE = 0.3
_ASCENT, _DESCENT = 0.76, 0.22
_SIZES = (1.0, 400.0)
_NO_MATRIX = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Run(NamedTuple):
    """What all characters of one text object share; its places and `quarter` are as the page is shown."""

    size: float
    bold: bool
    italic: bool
    baseline: float
    quarter: int | None
    top: float
    bottom: float


def read_words(text_page: int, frame: Frame) -> tuple[str, list[Word], list[Word], Counter[int]]:
    """The text of an open page in the order of the file, its upright words and those at an angle, as seen through
    `frame`, and how many characters stand at each quarter turn (1 to 3)."""
    reader = _Reader(text_page, frame)
    return reader.text, *reader.words()


class _Reader:
    """Reads the words of one page; `text` is all its text in the order of the file."""

    def __init__(self, text_page: int, frame: Frame) -> None:
        self._page = text_page
        self._handle = pdfium.Address(text_page)
        self._frame = frame
        self._runs: dict[int | None, Run] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._turns: dict[tuple[float, float, float, float], tuple[float, int | None]] = {}
        self._matrix = array("f", bytes(24))
        self._matrix_at = pdfium.Address(self._matrix.buffer_info()[0])
        self._box = array("d", bytes(64))
        self._corners_at = [pdfium.Address(self._box.buffer_info()[0] + 8 * place) for place in range(8)]
        count = max(0, pdfium.count_chars(text_page))
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.get_text(text_page, 0, count, ctypes.addressof(buffer)) if count else 1
        self.text = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "replace")
        self._direct = len(self.text) == count

    def words(self) -> tuple[list[Word], list[Word], Counter[int]]:
        """The upright words, those at an angle, and how many characters stand at each quarter turn (1 to 3)."""
        upright: list[Word] = []
        aside: list[Word] = []
        turned: Counter[int] = Counter()
        object_of, box_of, runs, page = pdfium.text_object, pdfium.char_box, self._runs, self._handle
        box, (one, two, three, four, five, *_) = self._box, self._corners_at
        direct, turns, edge = self._direct, self._frame.turns, self._frame.left
        add = upright.append
        for match in _WORD.finditer(self.text):
            first, last = start, end = match.span()
            last -= 1
            text = match.group()
            sign = text[-1]
            if sign == LINE_HYPHEN:
                text = text[:-1] + "-"
            if not direct:
                first, last = self._index(start), self._index(end - 1)
            handle = object_of(page, first)
            run = runs.get(handle) or self._run(first, handle)
            size, bold, italic, baseline, quarter, top, bottom = run
            if quarter != 0:
                aside.append(self._aside(text, first, last, run))
                if quarter is not None:
                    turned[quarter] += end - start
            elif turns:
                upright.extend(self._parts(text, first, last, run))
            else:
                box_of(page, first, one, two, three, four)
                left = box[0]
                if first != last:
                    box_of(page, last, five, two, three, four)
                    if box[4] < left + _ADVANCE * size or (sign.isdigit() and object_of(page, last) != handle):
                        upright.extend(self._parts(text, first, last, run))
                        continue
                left -= edge
                right = box[1] - edge
                add(Word(text, left, top, right if right > left else left, bottom, baseline, size, bold, italic))
        return upright, aside, turned

    def _index(self, place: int) -> int:
        return max(0, int(pdfium.char_of_text(self._page, place)))

    def _parts(self, text: str, first: int, last: int, run: Run) -> Iterator[Word]:
        """The words that characters without white space between them may turn out to be."""
        if text[-1].isdigit() and first != last and (cut := self._raised_from(first, last, run)):
            yield self._word(text[:cut], first, first + cut - 1)
            yield self._word(text[cut:], first + cut, last)
        elif self._goes_right(first, last, run.size):
            yield self._word(text, first, last)
        else:
            yield from self._stacked(text, first, last)

    def _goes_right(self, first: int, last: int, size: float) -> bool:
        """Whether the last of some characters stands on the right of the first, as it is shown."""
        if first == last:
            return True
        self._measure(first, last)
        box = self._box
        start = self._frame.box(box[0], box[2], box[1], box[3])[0]
        return self._frame.box(box[4], box[6], box[5], box[7])[0] >= start + _ADVANCE * size

    def _stacked(self, text: str, first: int, last: int) -> Iterator[Word]:
        """Characters that follow each other in the file, but stand under each other on the page, as words."""
        start = first
        for place in range(first, last + 1):
            run = self._run_at(place)
            if place < last and abs(self._run_at(place + 1).baseline - run.baseline) < _SAME_LINE * run.size:
                continue
            if part := text[start - first : place + 1 - first]:
                yield self._word(part, start, place)
            start = place + 1

    def _word(self, text: str, first: int, last: int) -> Word:
        size, bold, italic, baseline, _, top, bottom = self._run_at(first)
        self._measure(first, last)
        left, _, right, _ = self._corners()
        return Word(text, left, top, right, bottom, baseline, size, bold, italic)

    def _measure(self, first: int, last: int) -> None:
        """Ask for the boxes of two characters: left, right, bottom and top of each."""
        pdfium.char_box(self._handle, first, *self._corners_at[:4])
        pdfium.char_box(self._handle, last, *self._corners_at[4:])

    def _corners(self) -> tuple[float, float, float, float]:
        """The box as shown around the two characters that were asked for last."""
        box = self._box
        return self._frame.box(min(box[0], box[4]), min(box[2], box[6]), max(box[1], box[5]), max(box[3], box[7]))

    def _aside(self, text: str, first: int, last: int, run: Run) -> Word:
        self._measure(first, last)
        left, top, right, bottom = self._corners()
        return Word(text, left, top, right, bottom, bottom, run.size, run.bold, run.italic)

    def _raised_from(self, first: int, last: int, run: Run) -> int:
        """How many characters of a word stand before the small raised figures at its end; 0 when it has none."""
        mark = pdfium.text_object(self._handle, last)
        if mark == pdfium.text_object(self._handle, first):
            return 0
        raised = self._run_at(last)
        if not (raised.size < _RAISED * run.size and raised.baseline < run.baseline - 0.05 * run.size):
            return 0
        place = last
        while place > first and pdfium.text_object(self._handle, place - 1) == mark:
            place -= 1
        return place - first

    def _run_at(self, index: int) -> Run:
        handle = pdfium.text_object(self._handle, index)
        return self._runs.get(handle) or self._run(index, handle)

    def _run(self, index: int, handle: int | None) -> Run:
        run = self._read_run(index, handle)
        if handle:
            self._runs[handle] = run
        return run

    def _read_run(self, index: int, handle: int | None) -> Run:
        a, b, c, d, e, f = self._matrix if pdfium.char_matrix(self._handle, index, self._matrix_at) else _NO_MATRIX
        scale, quarter = self._turns.get((a, b, c, d)) or self._turned(a, b, c, d)
        size = pdfium.font_size(self._handle, index) * scale
        if not _SIZES[0] < size < _SIZES[1]:
            size = min(max(size, _SIZES[0]), _SIZES[1])
        bold, italic = self._style(handle) if handle else (False, False)
        baseline = self._frame.point(e, f)[1]
        return Run(size, bold, italic, baseline, quarter, baseline - _ASCENT * size, baseline + _DESCENT * size)

    def _turned(self, a: float, b: float, c: float, d: float) -> tuple[float, int | None]:
        """How large a matrix makes its characters, and at which quarter turn they stand as shown."""
        angle = (degrees(atan2(b, a)) - 90 * self._frame.turns) % 360
        turns = round(angle / 90)
        turn = hypot(c, d), turns % 4 if abs(angle - 90 * turns) < _SLANT else None
        self._turns[a, b, c, d] = turn
        return turn

    def _style(self, handle: int) -> tuple[bool, bool]:
        font = pdfium.font_of(handle)
        style = self._fonts.get(font)
        if style is None:
            style = self._fonts[font] = _font_style(font) if font else (False, False)
        return style if style[0] or pdfium.render_mode(handle) != _STROKED else (True, style[1])


def _font_style(font: int) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is italic."""
    buffer = ctypes.create_string_buffer(128)
    pdfium.font_name(font, ctypes.addressof(buffer), len(buffer))
    name = buffer.value.decode("latin-1")
    flags = pdfium.font_flags(font)
    bold = bool(_BOLD.search(name)) or (
        not _NOT_BOLD.search(name) and (bool(flags & _BOLD_FLAG) or pdfium.font_weight(font) >= _BOLD_WEIGHT)
    )
    return bold, bool(flags & _ITALIC_FLAG) or bool(_ITALIC.search(name))
