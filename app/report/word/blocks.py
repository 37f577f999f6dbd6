"""What a Word report is made of, before it becomes a file: headings, paragraphs, tables, pictures, turned pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_LONGEST = 160  # characters of a heading


class Style(StrEnum):
    """The paragraph styles of a report, by their ids in the file."""

    TITLE = "Title"
    SUBTITLE = "Subtitle"
    NORMAL = "Normal"
    FACT = "Fact"
    LIST = "ListBullet"
    QUOTE = "Quote"
    LABEL = "Label"
    SOURCE = "SourceLine"
    CAPTION = "Caption"
    CELL = "TableText"
    CELL_CENTRED = "TableCentred"
    CELL_HEAD = "TableHead"
    CELL_LIST = "TableList"
    CELL_SOURCE = "TableSource"


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text, as it is; `change` marks what is new since another run."""

    text: str
    bold: bool = False
    change: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with its text; later notes of the same `key` refer to the first instead of repeating it."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a figure or table in a caption, which Word counts again when one is added."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `together` keeps it on one page with what follows, `new_page` begins one with it."""

    style: Style
    parts: Sequence[Text | Note | Number]
    together: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; those of 1 and 2 stand in the contents."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Shade:
    """The colours of a cell (#rrggbb), and whether a thick border marks it."""

    fill: str
    ink: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `head` tells that it names its row, `across` how many columns it takes."""

    paragraphs: Sequence[Paragraph]
    shade: Shade | None = None
    head: bool = False
    across: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header that is repeated on every page; widths in cm. `summary` tells a screen reader what it is.

    Rows that may `split` go on on the next page.
    """

    summary: str
    widths: Sequence[float]
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    split: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG) with its text for who cannot see it; no wider or higher than this, in cm."""

    content: bytes
    alt: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Contents:
    """The place of the contents."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The pages from here on stand (portrait) or lie (landscape)."""

    landscape: bool


Block = Paragraph | Heading | Table | Picture | Contents | Turn


def plain(text: str, style: Style = Style.NORMAL, bold: bool = False, together: bool = False) -> Paragraph:
    """A paragraph of one text."""
    return Paragraph(style, (Text(text, bold),), together)


def fact(name: str, value: str) -> Paragraph:
    """A named fact on a line of its own."""
    return Paragraph(Style.FACT, (Text(name, bold=True), Text(f"\t{value}")))


def cell(text: str, head: bool = False, shade: Shade | None = None) -> Cell:
    """A cell of one text."""
    style = Style.CELL_HEAD if head else Style.CELL_CENTRED if shade else Style.CELL
    return Cell((plain(text, style),), shade, head)


def shortened(text: str) -> str:
    """A text on one line that a heading or the head of a row can hold."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
