"""How the lines of a document were wrapped: how wide its columns are, and what shows that a line runs on."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from ingest.heading_form import heading_form, is_ended, is_item_start
from ingest.lines import Line

WIDEST_COLUMN = 160
NARROWEST_COLUMN = 24
_WINDOW = 5
_REACH = 30
_SLACK = 0.95
_SINGLE_LETTER = re.compile(r"[b-df-tv-z]\s")
_OPEN_ENDING = re.compile(r"\s(?:de|het|een|en|of|van|met|te|om|dat|die|naar|tot|onze|hun|per)$")
_PREPOSITION = re.compile(r"\s(?:aan|bij|door|in|op|over|uit|voor)$")
_FIRST_WORD = re.compile(r"\S+")


class Wrapping:
    """What the lines of one document show about how they were wrapped.

    `soft` tells whether white space at the end of a line tells a wrapped line from a finished one in this document.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self.soft = self._softness()
        self._continued = [self._clearly_continues(index) for index in range(len(lines))]
        self._clear = [
            index
            for index, goes_on in enumerate(self._continued)
            if goes_on and lines[index - 1].width <= WIDEST_COLUMN
        ]

    def goes_on(self, index: int) -> bool:
        """Whether a line must go on from the last one: it begins small, and the last one has no end."""
        return self._continued[index]

    def is_full(self, index: int) -> bool:
        """Whether the next word would not have fitted on the last line: then the line was wrapped there.

        That says nothing where no line runs on for certain: the text is not wrapped there. Columns of print are not
        even in characters, so an unfinished line need not be the very widest.
        """
        if not self._near_continuations(index):
            return False
        last, line = self._lines[index - 1], self._lines[index]
        width = self.column(index)
        word = _FIRST_WORD.match(line.text)
        room = width if is_ended(last.text) else _SLACK * width
        fits = last.width + 1 + (word.end() if word else 0) <= room
        return not fits and NARROWEST_COLUMN <= width <= WIDEST_COLUMN and last.width >= 0.6 * width

    def column(self, index: int) -> int:
        """The width of the column around a gap: the longest of the near lines on the same page."""
        first = last = index
        while first > 0 and index - first < _WINDOW and not self._lines[first].new_page:
            first -= 1
        while last + 1 < len(self._lines) and last - index < _WINDOW and not self._lines[last + 1].new_page:
            last += 1
        return max(line.width for line in self._lines[first : last + 1])

    def spaced(self, index: int) -> bool:
        """Whether the lines of one paragraph have a blank line between them around here."""
        near = self._near_continuations(index)
        return sum(1 for place in near if self._lines[place].blanks == 1) * 2 > len(near)

    def _near_continuations(self, index: int) -> list[int]:
        """The nearest lines, a few on either side, that go on from the last one for certain."""
        place = bisect_left(self._clear, index)
        return [other for other in self._clear[max(0, place - 4) : place + 5] if abs(other - index) <= _REACH]

    def is_in_tight_run(self, index: int) -> bool:
        """Whether more lines than two stand together here without a blank line."""
        after = index + 1 < len(self._lines) and self._lines[index + 1].blanks == 0
        return after or (index > 1 and self._lines[index - 1].blanks == 0)

    def _clearly_continues(self, index: int) -> bool:
        if not index:
            return False
        last, line = self._lines[index - 1], self._lines[index]
        ending = last.text[-12:]
        open_ending = _OPEN_ENDING.search(ending) or (last.soft and _PREPOSITION.search(ending))
        if (
            open_ending
            and last.width > NARROWEST_COLUMN
            and not is_item_start(line.text)
            and not line.text.endswith("?")
        ):
            return not line.hashes and not last.hashes and heading_form(line.text) is None
        if line.text[0] == "(" and not line.blanks and not line.new_page and not is_ended(last.text):
            return not is_item_start(line.text) and any(character.islower() for character in last.text)
        if not line.text[0].islower() or _SINGLE_LETTER.match(line.text) or last.hashes or line.hashes:
            return False
        if is_item_start(line.text) or (line.text.startswith(("http", "www.")) and line.blanks):
            return False
        if is_ended(last.text):
            return last.text.endswith((":", ";")) and line.blanks == 0 and last.soft and not is_item_start(line.text)
        return any(character.islower() for character in last.text)

    def _softness(self) -> bool:
        """Whether white space at the end of a line tells a wrapped line from a finished one in this document."""
        wrapped = [
            last.soft
            for last, line in zip(self._lines, self._lines[1:], strict=False)
            if line.text[0].islower() and last.width > NARROWEST_COLUMN and last.text[-1].isalnum()
        ]
        return len(wrapped) >= 5 and sum(wrapped) >= 0.8 * len(wrapped)
