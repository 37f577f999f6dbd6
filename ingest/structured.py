"""What a parser hands on of a file that tells its own structure: its text in reading order and the elements of it."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from corpus.proposal import Proposal
from ingest.source_text import SourcePage


class ElementKind(Enum):
    """What an element of a file is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    ROW = "table row"
    NOTE = "footnote or endnote"
    CONTENTS = "line of a list of contents"
    RUNNING_HEADER = "header or footer that comes back on other pages"
    PAGE_NUMBER = "page number"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row, source[start:end], never empty; it may hold several lines.

    `heading` is what stands above its column (and before its row's group, where a table has groups), on one line; empty
    for the cell that names the row, and in a row of headings. It is written before the cell in the canonical text.
    """

    start: int
    end: int
    heading: str


@dataclass(frozen=True, slots=True)
class Element:
    """One heading, paragraph, list item, table row or note, in the order of reading: source[start:end].

    `rank` is the depth of a heading from 1, None for all else; `cells` the cells of a row in order, empty for all else.
    `table` numbers the table of a row from 0 (a table over two pages has one number), None for all else.
    """

    kind: ElementKind
    start: int
    end: int
    rank: int | None
    cells: tuple[Cell, ...]
    table: int | None


@dataclass(slots=True)
class SourceBox:
    """Where a line (or part of one), source[start:end], stands on its page: points from the top left of the page as it
    is shown, after its rotation."""

    start: Final[int]
    end: Final[int]
    page: Final[int]
    left: Final[float]
    top: Final[float]
    right: Final[float]
    bottom: Final[float]


@dataclass(frozen=True, slots=True)
class SourceDamage:
    """A stretch source[start:end] that did not come whole out of the file; `problem` tells a reader why, in Dutch."""

    start: int
    end: int
    problem: str


@dataclass(frozen=True, slots=True)
class PageCounts:
    """The pages of a file, and the numbers (from 1, in order) of those without usable text (scanned, or fonts that
    give no words), of those read by text recognition, and of those that are partly damaged."""

    pages: int
    scanned: tuple[int, ...]
    ocr: tuple[int, ...]
    damaged: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Structured:
    """A file as its parser read it, in the order of reading.

    `text` is the source: lines end with a newline, and every character that is not white space is in exactly one
    element. Hyphens at line ends, ligatures and odd spaces stand as the file has them: `ingest.assemble` mends them.
    `elements` are in order and do not overlap. `pages` tile `text`; a page comes back where its footnotes stand after a
    paragraph that runs on to the next page; empty for a file without pages. `recognised` are stretches that text
    recognition read. `counts` is None for a file without pages. `problems` are in Dutch.
    """

    text: str
    elements: tuple[Element, ...]
    pages: tuple[SourcePage, ...]
    boxes: tuple[SourceBox, ...]
    damages: tuple[SourceDamage, ...]
    recognised: tuple[tuple[int, int], ...]
    counts: PageCounts | None
    tables: int
    proposals: tuple[Proposal, ...]
    parser: str
    problems: tuple[str, ...]
