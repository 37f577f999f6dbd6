"""Source text to canonical text: what is mended, joined and dropped, with the map that accounts for every stretch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.document import PageSpan, Stretch
from ingest.block import Block
from ingest.contents import Entry, contents_entries, contents_regions
from ingest.flow import Flow
from ingest.furniture import Furniture, find_furniture
from ingest.joint import Joint
from ingest.lines import Line, read_lines
from ingest.marks import find_marks
from ingest.page_numbers import page_spans, printed_pages
from ingest.source_text import SourceText
from ingest.writer import Writer

CLEANER = "clean 2"


@dataclass(frozen=True, slots=True)
class CleanText:
    """Canonical text with its map to the source, its blocks in order, the pages that are known, and the titles that
    its lists of contents promise."""

    text: str
    stretches: tuple[Stretch, ...]
    blocks: tuple[Block, ...]
    pages: tuple[PageSpan, ...]
    entries: tuple[Entry, ...]


def clean(source: SourceText) -> CleanText:
    """Paragraphs on one line each and parted by a blank line, list items and rows on lines of their own.

    Nothing is reordered and no letter is changed; what is dropped or replaced stands in `stretches` with its reason.
    """
    marks = find_marks(source.text)
    lines = read_lines(source.text, marks)
    furniture = find_furniture(lines)
    kept = _without(lines, furniture)
    regions = contents_regions(kept)
    steps = Flow(kept, regions).steps()
    writer = Writer(source.text, marks, [(lines[item.line], item.change) for item in furniture])
    for step, following in zip_longest(steps, steps[1:]):
        writer.write(step, hyphen_goes=following is not None and following.joint is Joint.MEND)
    text, stretches, blocks = writer.finished()
    pages = printed_pages(lines, furniture, len(source.text))
    return CleanText(
        text=text,
        stretches=stretches,
        blocks=blocks,
        pages=page_spans(pages, stretches, len(text)),
        entries=tuple(contents_entries(kept, regions)),
    )


def _without(lines: Sequence[Line], furniture: Sequence[Furniture]) -> list[Line]:
    """The lines that stay; the blank lines and the page start before a dropped line go to the line after it."""
    dropped = {item.line for item in furniture}
    kept: list[Line] = []
    blanks, new_page = 0, False
    for index, line in enumerate(lines):
        if index in dropped:
            blanks, new_page = blanks + line.blanks, new_page or line.new_page
            continue
        if blanks or new_page:
            line = replace(line, blanks=blanks + line.blanks, new_page=new_page or line.new_page)
            blanks, new_page = 0, False
        kept.append(line)
    return kept
