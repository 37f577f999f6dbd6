"""How lines run on: which belong to one paragraph, and which begin something new."""

from collections.abc import Sequence

from ingest.block import BlockKind
from ingest.footnotes import find_footnotes
from ingest.heading_form import (
    heading_form,
    is_bullet,
    is_ended,
    is_item_start,
    is_row,
    item_number,
    opens_sentence,
    series_number,
)
from ingest.hyphen import Vocabulary
from ingest.joint import MENDED, Joint, Step
from ingest.lines import Line
from ingest.recurring import find_recurring
from ingest.wrapping import NARROWEST_COLUMN, WIDEST_COLUMN, Wrapping

MARKDOWN_RANK = 2
_LONG = 0.8
_SHORT = 0.6
_MAX_TITLE_LINES = 7
_MAX_TITLE = 200
_MAX_SHORT_TITLE = 60


class Flow:
    """The decisions for one document, from the lines that stay in it and the stretches of them that list contents."""

    def __init__(self, lines: Sequence[Line], contents: Sequence[tuple[int, int]]) -> None:
        self._lines = lines
        self._vocabulary = Vocabulary("\n".join(line.text for line in lines))
        self._contents = {i for start, end in contents for i in range(start, end)}
        self._notes = find_footnotes(lines)
        self._recurring = find_recurring(lines, self._contents)
        self._wrapping = Wrapping(lines)
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
            steps.append(Step(line, joint, kind, rank, ""))
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
        if index in self._recurring:
            return BlockKind.TITLE, None
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
            labelled = form is not None and not form.title and not line.hashes
            self._open_title = labelled and self._has_title(index + 1)
            self._title_lines = 0
        elif self._open_title:
            self._title_lines += 1
            if is_ended(line.text):
                self._open_title = False

    def _joint(self, index: int, kind: BlockKind, before: BlockKind) -> Joint:
        if index == 0:
            return Joint.PARAGRAPH
        last = self._lines[index - 1]
        if kind in (BlockKind.CONTENTS, BlockKind.NOTE) or before is BlockKind.CONTENTS:
            return self._apart(index, kind, before)
        if index in self._notes.more:
            return self._mended(index) or Joint.SPACE
        if before is BlockKind.NOTE:
            return Joint.PARAGRAPH
        if self._open_title and self._title_goes_on(index, kind):
            return self._mended(index) or Joint.SPACE
        if kind in (BlockKind.HEADING, BlockKind.TITLE, BlockKind.ITEM) or before is BlockKind.TITLE or last.hashes:
            return self._apart(index, kind, before)
        if before is BlockKind.HEADING and not self._heading_goes_on(index):
            return Joint.PARAGRAPH
        if self._near(index) and (mended := self._mended(index)):
            return mended
        return Joint.SPACE if self._goes_on(index, kind, before) else self._apart(index, kind, before)

    def _mended(self, index: int) -> Joint | None:
        """How to join a line to a last line that ends with a hyphen, None where it does not."""
        last, line = self._lines[index - 1], self._lines[index]
        if last.broken or (last.text.endswith("/") and line.text[0].isalpha() and not is_row(line.text)):
            return Joint.NOTHING
        return MENDED[self._vocabulary.mend(last.text, line.text)]

    def _apart(self, index: int, kind: BlockKind, before: BlockKind) -> Joint:
        tight = {BlockKind.ITEM, BlockKind.ROW, BlockKind.CONTENTS, BlockKind.NOTE}
        if kind in tight and (before is kind or (kind is BlockKind.ITEM and self._lines[index].blanks == 0)):
            return Joint.ITEM
        if (
            self._lines[index].blanks == 0
            and not self._lines[index].new_page
            and BlockKind.HEADING not in (kind, before)
        ):
            return Joint.ITEM
        return Joint.PARAGRAPH

    def _has_title(self, index: int) -> bool:
        """Whether the lines under a bare label are a title: a few, that come to an end before they are a paragraph."""
        length = 0
        for line in self._lines[index : index + _MAX_TITLE_LINES]:
            if length and (line.blanks or line.new_page):
                return True
            if line.text.endswith(":") or (line.blanks and is_ended(line.text)):
                return False
            length += line.width
            if length > _MAX_TITLE or is_ended(line.text):
                break
        return length <= _MAX_TITLE

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
        if line.blanks > (1 if self._wrapping.spaced(index) else 0) or line.new_page or last.hashes:
            return False
        return line.text[0].islower() and not is_ended(last.text) and line.width <= 100

    def _goes_on(self, index: int, kind: BlockKind, before: BlockKind) -> bool:
        last, line = self._lines[index - 1], self._lines[index]
        if self._wrapping.goes_on(index) or self._ends_title(index):
            return True
        if self._is_glued_title(index):
            return False
        wraps = self._wrapping.soft and last.soft and not is_ended(last.text) and not line.new_page
        if kind is BlockKind.ROW or (before is BlockKind.ROW and is_row(last.text)):
            return False
        if wraps and line.blanks <= 1 and before is BlockKind.ITEM and not line.text.endswith("?"):
            return True
        near = line.blanks == 0 or (line.blanks == 1 and self._wrapping.spaced(index))
        if not near or line.new_page:
            return self._cut_by_page(index)
        if self._wrapping.soft and not last.soft:
            return False
        if is_ended(last.text):
            return self._starts_next_sentence(index) and not self._is_glued_title(index + 1)
        long = last.width >= _LONG * self._wrapping.column(index)
        return self._wrapping.is_full(index) or line.text[0] == "(" or (wraps and (long or not line.text[0].isalpha()))

    def _ends_title(self, index: int) -> bool:
        """Whether a line is the second half of a title that was cut after its colon, above a paragraph."""
        if index < 2 or index + 1 >= len(self._lines):
            return False
        last, line, following = self._lines[index - 1], self._lines[index], self._lines[index + 1]
        if not last.text.endswith(":") or last.width > _MAX_SHORT_TITLE or line.width > _MAX_SHORT_TITLE:
            return False
        apart = last.new_page or (last.blanks > 0 and is_ended(self._lines[index - 2].text))
        closed = following.blanks > 0 and following.text[0].isupper() and not is_ended(line.text)
        return apart and closed and line.blanks == 0 and heading_form(line.text) is None and not is_row(line.text)

    def _is_glued_title(self, index: int) -> bool:
        """Whether the last line is a title without air: it opens its block and this line opens a sentence."""
        if index >= len(self._lines):
            return False
        last, line = self._lines[index - 1], self._lines[index]
        apart = last.new_page or last.blanks > self._wrapping.spaced(index)
        ended = index > 1 and last.width <= _MAX_SHORT_TITLE and is_ended(self._lines[index - 2].text)
        if not (apart or ended) or line.blanks or last.width > _MAX_TITLE / 2:
            return False
        return last.text[0].isupper() and not is_ended(last.text) and opens_sentence(line.text)

    def _starts_next_sentence(self, index: int) -> bool:
        """Whether a line begins the next sentence of the paragraph, after a line that ends with one."""
        last, line = self._lines[index - 1], self._lines[index]
        if self._stands_alone(index) or self._opens_tight_run(index):
            return False
        if line.text[0].islower() and last.soft and last.text.endswith(":"):
            return True
        tight = line.blanks == 0 and (not self._wrapping.spaced(index) or self._wrapping.is_in_tight_run(index))
        return self._wrapping.is_full(index) or (tight and self._wrapping.soft and last.width > NARROWEST_COLUMN)

    def _opens_tight_run(self, index: int) -> bool:
        """Whether a line after a blank one stands close to the next, where paragraphs have blank lines all through."""
        if index + 1 >= len(self._lines) or not self._lines[index].blanks or not self._wrapping.spaced(index):
            return False
        return self._lines[index + 1].blanks == 0 and not self._lines[index + 1].new_page

    def _stands_alone(self, index: int) -> bool:
        """Whether a line is too short to be wrapped and has no end, so that it can only be a heading or a label."""
        line = self._lines[index]
        following = self._lines[index + 1] if index + 1 < len(self._lines) else None
        if (is_ended(line.text) and not line.text.endswith("?")) or line.width >= _SHORT * self._wrapping.column(index):
            return False
        return following is None or not following.text[0].islower()

    def _cut_by_page(self, index: int) -> bool:
        """Whether a long line stops in mid-sentence and a long line goes on after a gap."""
        last, line = self._lines[index - 1], self._lines[index]
        if is_ended(last.text) or last.text[-1] in ",’'”\")" or last.bold or line.bold:
            return False
        long = WIDEST_COLUMN if line.blanks else WIDEST_COLUMN // 2
        return last.width > long and line.width > WIDEST_COLUMN // 2 and is_ended(line.text)

    def _near(self, index: int) -> bool:
        line = self._lines[index]
        return line.blanks <= 1 or line.new_page or line.text[0].islower()

    def _runs_into(self, index: int) -> bool:
        """Whether the last line is full and unfinished, so that this one can only be its continuation."""
        if not index or self._lines[index].new_page or self._lines[index].blanks > 1:
            return False
        last, line = self._lines[index - 1], self._lines[index]
        if line.blanks and not self._wrapping.spaced(index):
            return False
        if self._wrapping.goes_on(index):
            return True
        if self._wrapping.soft and not last.soft:
            return False
        return self._wrapping.is_full(index) and not is_ended(last.text) and not last.hashes
