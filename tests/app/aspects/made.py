"""Passages and statements made by hand."""

from app.aspects.statement import Statement, StatementKind
from corpus.document import SectionKind
from corpus.passage import Passage, passage_id


def passage(
    quote: str, *, section: tuple[str, ...] = (), start: int = 0, kind: SectionKind = SectionKind.BODY
) -> Passage:
    """A passage of version "v" that begins at `start`."""
    end = start + len(quote)
    return Passage(passage_id("v", start, end), "v", start, end, quote, section, kind, None, None, False, False)


def statement(
    text: str, *, headings: tuple[str, ...] = (), kind: StatementKind = StatementKind.SENTENCE, start: int = 0
) -> Statement:
    """A statement of passage "p"."""
    return Statement("p", start, start + len(text), text, kind, headings, None)
