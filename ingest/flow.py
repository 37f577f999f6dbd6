"""How lines run on: which belong to one paragraph, and which begin something new."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ingest.block import BlockKind
from ingest.contents import contents_regions
from ingest.footnotes import find_footnotes
from ingest.heading_form import (
    heading_form,
    is_bullet,
    is_ended,
    is_item_start,
    is_row,
    item_number,
    series_number,
)
from ingest.hyphen import Mending, Vocabulary
from ingest.lines import Line

MARKDOWN_RANK = 2
_WIDEST_COLUMN = 160
_NARROWEST_COLUMN = 24
_WINDOW = 5
_LONG = 0.8
_SHORT = 0.6
_MAX_TITLE_LINES = 7
_SINGLE_LETTER = re.compile(r"[b-df-tv-z]\s")
_OPEN_ENDING = re.compile(r"\s(?:de|het|een|en|of|van|in|op|met|voor|aan|bij|te|om|dat|die|uit|naar|door|over|tot|onze|hun|per|tussen)$")
_FIRST_WORD = re.compile(r"\S+")


class Joint(Enum):
    """What stands in the canonical text between a line and the one before it."""

    SPACE = " "
    NOTHING = ""
    MEND = "drop the hyphen"
    ITEM = "\n"
    PARAGRAPH = "\n\n"

    @property
    def separator(self) -> str:
        """The characters between the two lines."""
        return "" if self is Joint.MEND else self.value


_JOINTS = {
    Mending.DROP: Joint.MEND,
    Mending.KEEP: Joint.NOTHING,
    Mending.SUSPEND: Joint.SPACE,
    Mending.NONE: None,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line with its joint to the line before; a line that begins a block carries the block's kind and rank."""

    line: Line
    joint: Joint
    kind: BlockKind
    rank: int | None


class Flow:
    """The decisions for one document, from the lines that stay in it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._vocabulary = Vocabulary("\n".join(line.text for line in lines))
        self._contents = {i for start, end in contents_regions(lines) for i in range(start, end)}
        self._notes = find_footnotes(lines)
        self._soft_wraps = self._softness()
        self._continued = [self._clearly_continues(index) for index in range(len(lines))]
        self._clear = [i for i, goes_on in enumerate(self._continued) if goes_on and lines[i - 1].width <= _WIDEST_COLUMN]
        self._last_number = 0
        self._last_letter = "@"
        self._title_lines = 0
        self._open_title = False

    def steps(self) -> list[Step]:
        """One step for every line, in order."""
        steps: list[Step] = []
        for index, line in enumerate(self._lines):
            kind, rank = self._kind(index)
            joint = self._joint(index, kind, steps[-1].kind if steps else kind)
            if joint in (Joint.SPACE, Joint.NOTHING, Joint.MEND):
                kind, rank = steps[-1].kind, steps[-1].rank
            self._remember(index, kind, joint)
            steps.append(Step(line, joint, kind, rank))
        return steps

    def _kind(self, index: int) -> tuple[BlockKind, int | None]:
        line = self._lines[index]
        if index in self._contents:
            return BlockKind.CONTENTS, None
        if index in self._notes.starts:
            return BlockKind.NOTE, None
        if line.hashes:
            return BlockKind.HEADING, MARKDOWN_RANK * line.hashes
        if (form := heading_form(line.text)) and not self._runs_into(index):
            return BlockKind.HEADING, form.rank
        if self._is_item(index):
            return BlockKind.ITEM, None
        if line.cells >= 3 or (is_row(line.text) and not self._runs_into(index)):
            return BlockKind.ROW, None
        return BlockKind.PARAGRAPH, None

    def _is_item(self, index: int) -> bool:
        text = self._lines[index].text
        if is_bullet(text):
            return not (text[0] in "–—" and self._runs_into(index))
        if text[0].isupper():
            return text[0] == chr(ord(self._last_letter) + 1) and text[1:2] in {".", ")"} and not self._runs_into(index)
        if not is_item_start(text):
            return series_number(text) is not None and not self._runs_into(index) and self._in_series(text)
        number = item_number(text)
        return number is None or number == 1 or number == self._last_number + 1 or not self._runs_into(index)

    def _in_series(self, text: str) -> bool:
        number = series_number(text)
        return number is not None and (number == 1 or number == self._last_number + 1)

    def _remember(self, index: int, kind: BlockKind, joint: Joint) -> None:
        line = self._lines[index]
        if joint in (Joint.ITEM, Joint.PARAGRAPH):
            number = item_number(line.text) or series_number(line.text)
            self._last_letter = line.text[0] if kind is BlockKind.ITEM and line.text[0].isupper() else "@"
            self._last_number = number or (0 if kind is BlockKind.HEADING else self._last_number)
            form = heading_form(line.text) if kind is BlockKind.HEADING else None
            self._open_title = form is not None and not form.title
            self._title_lines = 0
        elif self._open_title:
            self._title_lines += 1
            if is_ended(line.text):
                self._open_title = False

    def _joint(self, index: int, kind: BlockKind, before: BlockKind) -> Joint:
        if index == 0:
            return Joint.PARAGRAPH
        last, line = self._lines[index - 1], self._lines[index]
        if kind in (BlockKind.CONTENTS, BlockKind.NOTE) or before is BlockKind.CONTENTS:
            return self._apart(index, kind, before)
        if index in self._notes.more:
            return self._mended(index) or Joint.SPACE
        if before is BlockKind.NOTE:
            return Joint.PARAGRAPH
        if self._open_title and self._title_goes_on(index, kind):
            return self._mended(index) or Joint.SPACE
        if kind in (BlockKind.HEADING, BlockKind.ITEM) or last.hashes:
            return self._apart(index, kind, before)
        if before is BlockKind.HEADING and not self._heading_goes_on(index):
            return Joint.PARAGRAPH
        if self._near(index) and (mended := self._mended(index)):
            return mended
        if last.text.endswith("/") and line.text[0].isalpha() and self._near(index) and not is_row(line.text):
            return Joint.NOTHING
        return Joint.SPACE if self._goes_on(index, kind, before) else self._apart(index, kind, before)

    def _mended(self, index: int) -> Joint | None:
        """How to join a line to a last line that ends with a hyphen, None where it does not."""
        if self._lines[index - 1].broken:
            return Joint.NOTHING
        return _JOINTS[self._vocabulary.mend(self._lines[index - 1].text, self._lines[index].text)]

    def _apart(self, index: int, kind: BlockKind, before: BlockKind) -> Joint:
        tight = {BlockKind.ITEM, BlockKind.ROW, BlockKind.CONTENTS, BlockKind.NOTE}
        if kind in tight and (before is kind or (kind is BlockKind.ITEM and self._lines[index].blanks == 0)):
            return Joint.ITEM
        if self._lines[index].blanks == 0 and not self._lines[index].new_page and BlockKind.HEADING not in (kind, before):
            return Joint.ITEM
        return Joint.PARAGRAPH

    def _title_goes_on(self, index: int, kind: BlockKind) -> bool:
        """Whether a line belongs to the title under a bare label such as 'ACTIE 7' or 'Hoofdstuk 4.'."""
        line, last = self._lines[index], self._lines[index - 1]
        if kind is not BlockKind.PARAGRAPH or line.new_page or self._title_lines >= _MAX_TITLE_LINES or line.bold:
            return False
        if self._title_lines == 0:
            return line.blanks <= 1 and line.width <= 90
        return line.blanks == 0 and (last.soft or line.text[0].islower() or last.width + 12 > line.width)

    def _heading_goes_on(self, index: int) -> bool:
        line, last = self._lines[index], self._lines[index - 1]
        if line.blanks > (1 if self._spaced(index) else 0) or line.new_page or last.hashes:
            return False
        return line.text[0].islower() and not is_ended(last.text) and line.width <= 100

    def _goes_on(self, index: int, kind: BlockKind, before: BlockKind) -> bool:
        last, line = self._lines[index - 1], self._lines[index]
        if self._continued[index]:
            return True
        wraps = self._soft_wraps and last.soft and not is_ended(last.text) and not line.new_page
        if wraps and line.blanks == 0 and line.text[0] == "(":
            return True
        if kind is BlockKind.ROW or (before is BlockKind.ROW and is_row(last.text)):
            return False
        if wraps and line.blanks <= 1 and before is BlockKind.ITEM and not line.text.endswith("?"):
            return True
        near = line.blanks == 0 or (line.blanks == 1 and self._spaced(index))
        if not near or line.new_page:
            return self._cut_by_page(index)
        if self._soft_wraps and not last.soft:
            return False
        if is_ended(last.text):
            return self._starts_next_sentence(index)
        long = last.width >= _LONG * self._column(index)
        return self._is_full(index) or line.text[0] == "(" or (wraps and (long or not line.text[0].isalpha()))

    def _starts_next_sentence(self, index: int) -> bool:
        """Whether a line begins the next sentence of the paragraph, after a line that ends with one."""
        last, line = self._lines[index - 1], self._lines[index]
        if self._stands_alone(index):
            return False
        if line.text[0].islower() and last.soft and last.text.endswith(":"):
            return True
        tight = line.blanks == 0 and (not self._spaced(index) or self._is_in_tight_run(index))
        return self._is_full(index) or (tight and self._soft_wraps and last.width > _NARROWEST_COLUMN)

    def _stands_alone(self, index: int) -> bool:
        """Whether a line is too short to be wrapped and has no end, so that it can only be a heading or a label."""
        line = self._lines[index]
        following = self._lines[index + 1] if index + 1 < len(self._lines) else None
        if is_ended(line.text) and not line.text.endswith("?") or line.width >= _SHORT * self._column(index):
            return False
        return following is None or not following.text[0].islower()

    def _is_in_tight_run(self, index: int) -> bool:
        """Whether more lines than two stand together here without a blank line."""
        after = index + 1 < len(self._lines) and self._lines[index + 1].blanks == 0
        return after or (index > 1 and self._lines[index - 1].blanks == 0)

    def _cut_by_page(self, index: int) -> bool:
        """Whether a long line stops in mid-sentence and a long line goes on after a gap."""
        last, line = self._lines[index - 1], self._lines[index]
        if is_ended(last.text) or last.text[-1] in ",’'”\")" or last.bold or line.bold:
            return False
        long = _WIDEST_COLUMN if line.blanks else _WIDEST_COLUMN // 2
        return last.width > long and line.width > _WIDEST_COLUMN // 2 and is_ended(line.text)

    def _clearly_continues(self, index: int) -> bool:
        """Whether a line must go on from the last one: it begins small, and the last one has no end."""
        if not index:
            return False
        last, line = self._lines[index - 1], self._lines[index]
        if _OPEN_ENDING.search(last.text[-12:]) and last.width > _NARROWEST_COLUMN and not is_item_start(line.text):
            return not line.hashes and not last.hashes and heading_form(line.text) is None
        if not line.text[0].islower() or _SINGLE_LETTER.match(line.text) or last.hashes or line.hashes:
            return False
        if is_item_start(line.text) or line.text.startswith(("http", "www.")) and line.blanks:
            return False
        if is_ended(last.text):
            return last.text.endswith((":", ";")) and line.blanks == 0 and last.soft and not is_item_start(line.text)
        return any(character.islower() for character in last.text)

    def _softness(self) -> bool:
        """Whether white space at the end of a line tells a wrapped line from a finished one in this document."""
        wrapped = [
            last.soft
            for last, line in zip(self._lines, self._lines[1:], strict=False)
            if line.text[0].islower() and last.width > _NARROWEST_COLUMN and last.text[-1].isalnum()
        ]
        return len(wrapped) >= 5 and sum(wrapped) >= 0.8 * len(wrapped)

    def _near(self, index: int) -> bool:
        line = self._lines[index]
        return line.blanks <= 1 or line.new_page or line.text[0].islower()

    def _runs_into(self, index: int) -> bool:
        """Whether the last line is full and unfinished, so that this one can only be its continuation."""
        if not index or self._lines[index].new_page or self._lines[index].blanks > 1:
            return False
        last, line = self._lines[index - 1], self._lines[index]
        if line.blanks and not self._spaced(index):
            return False
        if self._soft_wraps and not last.soft:
            return False
        return self._is_full(index) and not is_ended(last.text) and not last.hashes

    def _is_full(self, index: int) -> bool:
        """Whether the next word would not have fitted on the last line: then the line was wrapped there."""
        last, line = self._lines[index - 1], self._lines[index]
        width = self._column(index)
        word = _FIRST_WORD.match(line.text)
        fits = last.width + 1 + (word.end() if word else 0) <= width
        return not fits and _NARROWEST_COLUMN <= width <= _WIDEST_COLUMN and last.width >= 0.6 * width

    def _column(self, index: int) -> int:
        """The width of the column around a gap: the longest of the near lines on the same page."""
        first = last = index
        while first > 0 and index - first < _WINDOW and not self._lines[first].new_page:
            first -= 1
        while last + 1 < len(self._lines) and last - index < _WINDOW and not self._lines[last + 1].new_page:
            last += 1
        return max(line.width for line in self._lines[first : last + 1])

    def _spaced(self, index: int) -> bool:
        """Whether the lines of one paragraph have a blank line between them around here."""
        place = bisect_left(self._clear, index)
        near = [i for i in self._clear[max(0, place - 4) : place + 5] if abs(i - index) <= 30]
        spaced = sum(1 for i in near if self._lines[i].blanks == 1)
        return spaced * 2 > len(near)
