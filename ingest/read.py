"""A file to a Document: parsed, cleaned and put in sections."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.document import Coverage, Damage, Document, PageSpan
from corpus.municipalities import load_municipalities
from ingest.assemble import ASSEMBLER, Assembled, assemble
from ingest.clean import CLEANER, clean
from ingest.damage import find_damages
from ingest.page_ranges import page_ranges
from ingest.pages.recognise import Recognise
from ingest.parse import parse
from ingest.parser_versions import DOCX_PARSER, HTML_PARSER, ODT_PARSER
from ingest.pdf import PDF_PARSER, RECOGNISING_PARSER
from ingest.plain import PLAIN_PARSER
from ingest.proposals.propose import proposals_of
from ingest.source_text import SourceText
from ingest.structure import STRUCTURER, find_sections
from ingest.structured import PageCounts, Structured

PARSERS = frozenset(
    (
        f"{PLAIN_PARSER}, {CLEANER}, {STRUCTURER}",
        *(
            f"{parser}, {ASSEMBLER}, {STRUCTURER}"
            for parser in (PDF_PARSER, RECOGNISING_PARSER, DOCX_PARSER, ODT_PARSER, HTML_PARSER)
        ),
    )
)
"""What `Document.parser` can be in this version; a document read by another is to be read again."""


def was_recognised(parser: str) -> bool:
    """Whether a document with this `Document.parser` went through text recognition where that was of use."""
    return parser.startswith(f"{RECOGNISING_PARSER}, ")


SCANNED = "gescand, niet doorzoekbaar"


def read_document(path: Path, recognise: Recognise | None = None) -> Document:
    """The document in a file of any kind that `parse` knows; raises DocumentError with reason and remedy.

    `recognise` reads the pages of a PDF that have no usable text.
    """
    source = parse(path, recognise)
    return _of_structure(source) if isinstance(source, Structured) else _of_text(source)


def _of_text(source: SourceText) -> Document:
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
        tables=(),
        recognised=(),
        boxes=(),
        proposals=proposals_of(source, "", load_municipalities()),
        coverage=Coverage(pages=None, read=None, scanned=None, ocr=None, damaged=None),
        problems=tuple(map(_damage_problem, damages)),
        parser=f"{source.parser}, {CLEANER}, {STRUCTURER}",
    )


def _of_structure(source: Structured) -> Document:
    assembled = assemble(source)
    cleaned = assembled.clean
    sections = find_sections(cleaned, assembled.headings)
    damages = _damages(source, assembled, find_damages(cleaned.blocks, sections))
    return Document(
        source=source.text,
        text=cleaned.text,
        stretches=cleaned.stretches,
        sections=sections,
        pages=cleaned.pages,
        damages=damages,
        tables=assembled.tables,
        recognised=assembled.recognised,
        boxes=assembled.boxes,
        proposals=proposals_of(source, "", load_municipalities()),
        coverage=_coverage(source.counts, cleaned.pages, damages),
        problems=(*_page_problems(source.counts), *source.problems, *map(_damage_problem, damages)),
        parser=f"{source.parser}, {ASSEMBLER}, {STRUCTURER}",
    )


def _damages(source: Structured, assembled: Assembled, found: Sequence[Damage]) -> tuple[Damage, ...]:
    """What the parser saw and what the text shows, in order; where both see something the parser's word holds."""
    told: list[Damage] = []
    for damage in source.damages:
        start, end = assembled.positions.of(damage.start), assembled.positions.of(damage.end)
        if end > start:
            told.append(Damage(start, end, damage.problem))
    apart = [each for each in found if not any(each.start < one.end and one.start < each.end for one in told)]
    return tuple(sorted((*told, *apart), key=lambda damage: damage.start))


def _coverage(counts: PageCounts | None, pages: Sequence[PageSpan], damages: Sequence[Damage]) -> Coverage:
    """What was read of the file's pages, each counted once; nothing is known for a file without pages."""
    if counts is None:
        return Coverage(pages=None, read=None, scanned=None, ocr=None, damaged=None)
    mixed = {
        page.number for page in pages if any(page.start < damage.end and damage.start < page.end for damage in damages)
    }
    return Coverage(
        pages=counts.pages,
        read=counts.pages - len(counts.scanned),
        scanned=len(counts.scanned),
        ocr=len(counts.ocr),
        damaged=len(mixed.union(counts.damaged)),
    )


def _page_problems(counts: PageCounts | None) -> Iterator[str]:
    if counts is not None and counts.scanned:
        yield f"{page_ranges(counts.scanned)}: {SCANNED}"
    if counts is not None and counts.ocr:
        yield f"{page_ranges(counts.ocr)}: gelezen met tekstherkenning (OCR), fouten zijn mogelijk"


def _damage_problem(damage: Damage) -> str:
    return f"Tekst {damage.start}-{damage.end}: {damage.problem}"
