"""PDF files: pypdf tells whether they open, their properties and outline, pdfium their text with its places."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.errors import DocumentError
from corpus.reason import Reason, Why, because
from ingest.page_ranges import page_ranges
from ingest.pages.leaf import Leaf
from ingest.pages.legibility import Legibility, judge
from ingest.pages.page import Word
from ingest.pages.recognise import Recognise
from ingest.proposals.from_pdf import pdf_proposals
from ingest.source_text import SourcePage
from ingest.structured import PageCounts, SourceDamage, Structured

PDF_PARSER = "pdf 2"
RECOGNISING_PARSER = f"{PDF_PARSER}, ocr 1"
"""Of a file some page of which went through text recognition, whether words were found or not."""


def parse_pdf(name: str, data: bytes, recognise: Recognise | None = None) -> Structured:
    """The text of a PDF in the order of reading; `name` is for messages.

    `recognise` reads the pages without usable text. Raises DocumentError when the file is locked or broken, or when
    no page has text.
    """
    from ingest.pages.compose import compose
    from ingest.pages.layout import lay_out
    from ingest.pages.pdfium import read_leaves
    from ingest.pages.pypdf_file import read_with_pypdf

    file = read_with_pypdf(name, data)
    leaves: list[Leaf] = []
    scanned: list[int] = []
    garbled: list[int] = []
    shut: list[int] = []
    recognised: list[int] = []
    pages = 0
    tried = False
    for pages, leaf in enumerate(read_leaves(name, data), start=1):
        found = None
        if leaf is not None:
            found = judge(leaf.text, (*leaf.page.words, *leaf.aside))
            if found is Legibility.WORDS and not leaf.scan:
                leaves.append(leaf)
                continue
            if found is Legibility.EMPTY and not leaf.drawn:
                continue
        words = recognise(data, pages) if recognise is not None else None
        tried = tried or words is not None
        if leaf is None:
            shut.append(pages)
        elif words:
            leaves.append(_with_words(leaf, words))
            recognised.append(pages)
        else:
            scanned.append(pages)
            if found is Legibility.GARBLED:
                garbled.append(pages)
            elif found is Legibility.WORDS:
                leaves.append(leaf)
    if not leaves:
        raise DocumentError(name, _nothing(pages, bool(garbled), bool(scanned), bool(shut)))
    composed = compose(lay_out(leaves, file.outline), recognised)
    damaged = {page.number for page in composed.pages for damage in composed.damages if _meet(page, damage)}
    counts = PageCounts(
        pages=pages,
        scanned=tuple(sorted((*scanned, *shut))),
        ocr=tuple(recognised),
        damaged=tuple(sorted(number for number in damaged if number is not None)),
    )
    own = file.information
    return Structured(
        text=composed.text,
        elements=composed.elements,
        pages=composed.pages,
        boxes=composed.boxes,
        damages=composed.damages,
        recognised=composed.recognised,
        counts=counts,
        tables=composed.tables,
        proposals=pdf_proposals(own.title, own.author, own.subject, own.created),
        parser=RECOGNISING_PARSER if tried else PDF_PARSER,
        problems=tuple(_problems(garbled, shut, file.problem)),
    )


def _with_words(leaf: Leaf, words: Sequence[Word]) -> Leaf:
    """A page with the words that text recognition found instead of its own."""
    width, height = leaf.page.width, leaf.page.height
    if leaf.quarter % 2:
        width, height = height, width
    page = replace(leaf.page, words=tuple(words), rules=(), width=width, height=height)
    return replace(leaf, page=page, aside=(), quarter=0, recognised=True)


def _meet(page: SourcePage, damage: SourceDamage) -> bool:
    return page.start < damage.end and damage.start < page.end


def _problems(garbled: Sequence[int], shut: Sequence[int], problem: str) -> Iterator[str]:
    if garbled:
        yield f"{page_ranges(garbled)}: de lettertypen geven andere tekens dan de bladzijde laat zien"
    if shut:
        yield f"{page_ranges(shut)}: kan niet geopend worden, het bestand is daar beschadigd"
    if problem:
        yield "De eigenschappen en de inhoudsopgave van het bestand zijn niet te lezen: dat deel is beschadigd"


def _nothing(pages: int, garbled: bool, scanned: bool, shut: bool) -> Reason:
    """Why a file without any text cannot be used."""
    if garbled:
        return because(Why.GARBLED)
    return because(Why.SCANNED if scanned else Why.SHUT_PAGES if shut else Why.BLANK, pages=pages)
