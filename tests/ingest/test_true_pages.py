"""Passages of real PDFs stand on the pages that they name: their lines are found again in the page's own text."""

from pathlib import Path

import pypdfium2
import pytest

from corpus.document import Change, Document
from corpus.passage import Passage
from ingest.read import read_document
from ingest.split import split

PDFS = sorted((Path(__file__).parents[2].parent / "shared" / "documents" / "pdf").glob("*.pdf"))
pytestmark = pytest.mark.skipif(not PDFS, reason="the shared documents are not here")


def squeezed(text: str) -> str:
    """Letters and digits alone, as spaces and hyphens differ from one reader to another."""
    return "".join(filter(str.isalnum, text)).casefold()


def page_texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as file:
        return [squeezed(page.get_textpage().get_text_range()) for page in file]


def lines_of(document: Document, passage: Passage) -> list[str]:
    """The lines of the source, or parts of them, that a passage was made of, without what was written in."""
    own = [
        document.source[
            stretch.source_start + max(0, passage.start - stretch.start) * (stretch.change is None) : stretch.source_end
            - max(0, stretch.end - passage.end) * (stretch.change is None)
        ]
        for stretch in document.stretches
        if stretch.start < passage.end and passage.start < stretch.end and stretch.change is not Change.COLUMN_HEADING
    ]
    return [line for line in "\n".join(own).replace("\t", "\n").split("\n") if squeezed(line)]


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_a_passage_stands_on_its_pages(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, texts = read_document(path), page_texts(path)
    passages = split("v", document)
    lines = whole = words = there = 0
    for passage in passages:
        assert passage.pages is not None
        own = texts[passage.pages[0] - 1 : passage.pages[1]]
        for line in lines_of(document, passage):
            lines += 1
            whole += any(squeezed(line) in text for text in own)
            for word in filter(None, map(squeezed, line.split())):
                words += 1
                there += any(word in text for text in own)
    with capsys.disabled():
        print(
            f"\n{path.stem}: {whole / lines:.2%} of {lines} lines and {there / words:.3%} of their words on their page"
        )
    assert there == words
    assert whole >= 0.95 * lines  # a file may draw the numbers of a list apart from their text
