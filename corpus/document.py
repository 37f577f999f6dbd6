"""A policy document: what is known about it, its canonical text, and how that text came from the source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from corpus.proposal import Proposal


@dataclass(frozen=True, slots=True, order=True)
class Municipality:
    """One municipality of the CBS list, e.g. ("GM0362", "Amstelveen")."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What catalogue or sidecar say about a document; None is unknown and is never guessed.

    `published` is ISO 8601 as precise as it is known ("2024", "2024-02" or "2024-02-13"); `replaces` are the ids of the
    documents whose place it takes; `source_file` is the name under which the file was received.
    """

    document_id: str
    municipalities: tuple[Municipality, ...]
    title: str | None
    kind: str | None
    status: str | None
    valid_from: date | None
    valid_until: date | None
    published: str | None
    adopted_by: str | None
    source: str | None
    replaces: tuple[str, ...]
    source_file: str


class Change(StrEnum):
    """Why a stretch of the source is not in the canonical text as it stands."""

    RUNNING_HEADER = "running header"
    PAGE_NUMBER = "page number"
    HYPHEN = "hyphen at a line end"
    LINE_BREAK = "line break inside a paragraph"
    WHITE_SPACE = "white space"
    CONTROL_CHARACTER = "control character"
    REPLACEMENT_CHARACTER = "replacement character"
    BYTE_ORDER_MARK = "byte order mark"
    MARKUP = "markup"
    LIGATURE = "ligature"
    COLUMN_HEADING = "heading of a table column, said again before its value"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One step of the span map: source[source_start:source_end] became text[start:end].

    With `change` None the two are identical; otherwise the stretch was dropped (start == end) or replaced.
    The stretches of a document tile both its source and its canonical text, in order and without gaps.
    """

    source_start: int
    source_end: int
    start: int
    end: int
    change: Change | None


class SectionKind(StrEnum):
    """What a section is; only BODY competes for the first places of a result."""

    BODY = "body"
    CONTENTS = "contents"
    COLOPHON = "colophon"
    FOOTNOTES = "footnotes"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text under it up to the next heading: text[start:end].

    text[start:heading_end] is its own heading (empty where there is none); `path` are the headings from the
    top of the document down to this one. The sections of a document tile its canonical text.
    """

    path: tuple[str, ...]
    kind: SectionKind
    start: int
    heading_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of the canonical text, text[start:end], that did not come whole out of the file.

    `problem` says in Dutch, to a reader of a passage in it, what is the matter.
    """

    start: int
    end: int
    problem: str


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of the canonical text, text[start:end]."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextBox:
    """Where text[start:end] of the canonical text, a line or a part of one, stands on a page of the file.

    Points (1/72 inch) from the top left of page `page` (from 1) as it is shown, after its rotation.
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageSpan:
    """The part of the canonical text, text[start:end], that stands on one page.

    `number` is 1-based: the file's own page, or the number printed on it; None where neither is known.
    """

    number: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Pages in the file, and of those read, scanned, read by OCR and damaged; None where a file has no pages."""

    pages: int | None
    read: int | None
    scanned: int | None
    ocr: int | None
    damaged: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed and cleaned version of a file.

    `source` is the text as the parser gave it, `text` the canonical text that every position refers to; `damages`,
    `tables` (each with all its rows) and `recognised` (what text recognition read) are in order and do not overlap,
    `boxes` are empty where the file has no places; `proposals` are what the file suggests about its metadata; `parser`
    names the parser with its version.
    """

    source: str
    text: str
    stretches: tuple[Stretch, ...]
    sections: tuple[Section, ...]
    pages: tuple[PageSpan, ...]
    damages: tuple[Damage, ...]
    tables: tuple[TextSpan, ...]
    recognised: tuple[TextSpan, ...]
    boxes: tuple[TextBox, ...]
    proposals: tuple[Proposal, ...]
    coverage: Coverage
    problems: tuple[str, ...]
    parser: str

    @classmethod
    def of_text(cls, text: str, sections: Sequence[Section], pages: Sequence[PageSpan] = ()) -> Self:
        """A text that came from no file and stands as it is."""
        return cls(
            source=text,
            text=text,
            stretches=(),
            sections=tuple(sections),
            pages=tuple(pages),
            damages=(),
            tables=(),
            recognised=(),
            boxes=(),
            proposals=(),
            coverage=Coverage(None, None, None, None, None),
            problems=(),
            parser="none",
        )
