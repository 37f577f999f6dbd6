"""A block of canonical text: one paragraph, list item, heading line, table row or footnote."""

from dataclasses import dataclass
from enum import Enum


class BlockKind(Enum):
    """What the lines of a block showed it to be."""

    PARAGRAPH = "paragraph"
    ITEM = "list item"
    HEADING = "heading by its form"
    TITLE = "heading by its return"
    ROW = "table row"
    NOTE = "footnote"
    CONTENTS = "line of a list of contents"


@dataclass(frozen=True, slots=True)
class Block:
    """text[start:end], with what the source showed around it.

    `rank` is set for a heading by its form (see heading_form.Rank, or markdown's own depth), `blanks` counts the blank
    lines before it, `lines` the source lines it was joined from, `new_page` tells that it opens a page, `bold` that
    all of it is emphasised.
    """

    start: int
    end: int
    text: str
    kind: BlockKind
    rank: int | None
    blanks: int
    lines: int
    new_page: bool
    bold: bool
