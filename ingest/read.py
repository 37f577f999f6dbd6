"""A file to a Document: parsed, cleaned and put in sections."""

from pathlib import Path

from corpus.document import Coverage, Document
from ingest.clean import CLEANER, clean
from ingest.parse import parse
from ingest.pdf import PDF_PARSER
from ingest.plain import PLAIN_PARSER
from ingest.source_text import SourceText
from ingest.structure import STRUCTURER, find_sections


def _version_of(parser: str) -> str:
    return f"{parser}, {CLEANER}, {STRUCTURER}"


PARSERS = frozenset(map(_version_of, (PLAIN_PARSER, PDF_PARSER)))
"""What `Document.parser` can be in this version; a document read by another is to be read again."""


def read_document(path: Path) -> Document:
    """The document in a PDF, text or markdown file; raises DocumentError with reason and remedy."""
    source = parse(path)
    cleaned = clean(source)
    sections = find_sections(cleaned)
    return Document(
        source=source.text,
        text=cleaned.text,
        stretches=cleaned.stretches,
        sections=sections,
        pages=cleaned.pages,
        coverage=_coverage(source),
        problems=source.problems,
        parser=f"{source.parser}, {CLEANER}, {STRUCTURER}",
    )


def _coverage(source: SourceText) -> Coverage:
    """What was read of the file's pages; nothing is known for a file without pages."""
    if source.page_count is None or source.scanned is None:
        return Coverage(pages=None, read=None, scanned=None, ocr=None, damaged=None)
    return Coverage(
        pages=source.page_count,
        read=source.page_count - source.scanned,
        scanned=source.scanned,
        ocr=0,
        damaged=source.damaged,
    )
