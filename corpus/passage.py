"""A passage: the unit that is found, quoted and compared."""

import uuid
from dataclasses import dataclass

from corpus.document import SectionKind

MAX_PASSAGE_CHARACTERS = 1200
_NAMESPACE = uuid.UUID("6f6c1b0e-5d5c-5a38-9a54-7a1f0f3d2b11")


@dataclass(frozen=True, slots=True)
class Passage:
    """One span of canonical text inside one section: `quote` is text[start:end] of document version `version`.

    `pages` holds the first and last page number, or None where a page is not known; `problem` says in Dutch what is the
    matter with the text (see document.Damage), None where nothing is; `in_table` tells that rows of a table are in it,
    whose column headings may be said again before each value, `by_ocr` that text recognition read some of it.
    """

    id: str
    version: str
    start: int
    end: int
    quote: str
    section: tuple[str, ...]
    kind: SectionKind
    pages: tuple[int, int] | None
    problem: str | None
    in_table: bool
    by_ocr: bool


def passage_id(version: str, start: int, end: int) -> str:
    """The id of a span: uuid5 over document version, start and end, so that it is stable and never shared."""
    return str(uuid.uuid5(_NAMESPACE, f"{version}:{start}:{end}"))


def embedded_text(title: str | None, section: tuple[str, ...], quote: str) -> str:
    """What is embedded of a passage: title, heading path and quote; what is quoted is the span alone."""
    return "\n".join(part for part in (title, " > ".join(section), quote) if part)
