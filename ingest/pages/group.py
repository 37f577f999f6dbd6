"""Lines that a reader takes together: a paragraph, heading, list item, footnote, row of contents, or a table."""

import re
from dataclasses import dataclass
from enum import Enum

from ingest.pages.line import Line
from ingest.pages.page_table import PageTable

_BULLET = re.compile(r"[•◦▪■□●○❑➢►▶✓✔·∙‣⁃–—−\-*>»o§\uf000-\uf8ff]")
_NUMBER = re.compile(
    r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|\d{1,2}[a-z])[.):°º]\)?|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}(?:\.\d{1,2}){1,4}\.?"
)
_GLUED = re.compile(r"[•▪■●◦❑➢✓]\S|-[A-Z]\w")


class Role(Enum):
    """What a group is."""

    PARAGRAPH = "paragraph"
    ITEM = "list item"
    HEADING = "heading"
    NOTE = "footnote"
    CONTENTS = "line of contents"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Group:
    """Lines in the order of reading, or one table.

    `left` and `right` are the sides of the column it stands in; `gap` is the white above it in lines of its own size,
    infinite at the top of a column. `rank` is set for a heading.
    """

    role: Role
    lines: tuple[Line, ...]
    table: PageTable | None
    page: int
    left: float
    right: float
    gap: float
    rank: int | None

    @property
    def text(self) -> str:
        """Its lines with a space between them."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The font size of its first line."""
        return self.lines[0].size if self.lines else 0.0


def is_marked(line: Line) -> bool:
    """Whether a line begins with a bullet or number of a list, with text behind it."""
    if len(line.words) < 2:
        return bool(_GLUED.match(line.text))
    first = line.words[0].text
    if _BULLET.fullmatch(first):
        return first != "o" or line.words[1].left - line.words[0].right > 0.5 * line.size
    return bool(_NUMBER.fullmatch(first)) or bool(_GLUED.match(first))


def is_bulleted(line: Line) -> bool:
    """Whether a line begins with a sign that only opens a list item."""
    return len(line.words) > 1 and bool(_BULLET.fullmatch(line.words[0].text))
