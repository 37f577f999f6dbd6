"""A file to a Document: parsed, cleaned and put in sections."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.document import Coverage, Damage, Document, PageSpan
from ingest.clean import CLEANER, clean
from ingest.damage import find_damages
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
    damages = find_damages(cleaned.blocks, sections)
    return Document(
        source=source.text,
        text=cleaned.text,
        stretches=cleaned.stretches,
        sections=sections,
        pages=cleaned.pages,
        damages=damages,
        coverage=_coverage(source, cleaned.pages, damages),
        problems=(*source.problems, *_problems(damages)),
        parser=f"{source.parser}, {CLEANER}, {STRUCTURER}",
    )


def _coverage(source: SourceText, pages: Sequence[PageSpan], damages: Sequence[Damage]) -> Coverage:
    """What was read of the file's pages; nothing is known for a file without pages."""
    if source.page_count is None or source.scanned is None:
        return Coverage(pages=None, read=None, scanned=None, ocr=None, damaged=None)
    mixed = sum(any(page.start < damage.end and damage.start < page.end for damage in damages) for page in pages)
    return Coverage(
        pages=source.page_count,
        read=source.page_count - source.scanned,
        scanned=source.scanned,
        ocr=0,
        damaged=min(source.page_count, (source.damaged or 0) + mixed),
    )


def _problems(damages: Sequence[Damage]) -> Iterator[str]:
    for damage in damages:
        yield f"Tekst {damage.start}-{damage.end}: {damage.problem}"
