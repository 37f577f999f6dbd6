"""All readable shared PDFs: nothing lost, every word on the page it is said to stand on, one column in its order.

`pytest -s` prints the share of each file.
"""

import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from rapidfuzz.distance import LCSseq

from ingest.pdf import parse_pdf
from ingest.structured import ElementKind, Structured
from tests.ingest.test_pdf_text import check_whole

DOCUMENTS = Path(__file__).parents[3].parent / "shared" / "documents"
PDFS = [path.name for path in sorted((DOCUMENTS / "pdf").glob("*.pdf"))]
ONE_COLUMN = (
    "100_jaar_rivm.pdf",
    "100_jaar_rivm_cleaned.pdf",
    "aa_en_hunze_coalitieakkoord_2018.pdf",
    "besluitenlijst_raad_2015-06-29.pdf",
    "cda_wassenaar_verkiezingsprogramma_2026.pdf",
    "ruimtelijk_ontwikkelingsprogramma_caribisch_nl_11957_nl.pdf",
    "verordening_jeugdhulp_groningen_2026.pdf",
    "wet_abortuszorg_mvt.pdf",
)
pytestmark = pytest.mark.skipif(not PDFS, reason="the shared documents are not here")
each_pdf = pytest.mark.parametrize("name", PDFS)
_LINE_HYPHEN = "\ufffe"


@cache
def parsed(name: str) -> Structured:
    return parse_pdf(name, (DOCUMENTS / "pdf" / name).read_bytes())


@cache
def raw_pages(name: str) -> dict[int, str]:
    """The text of every page as pdfium gives it, with the hyphens at line ends that it marks."""
    document = pypdfium2.PdfDocument(DOCUMENTS / "pdf" / name)
    texts = {number + 1: document[number].get_textpage().get_text_range() for number in range(len(document))}
    document.close()
    return {number: text.replace(_LINE_HYPHEN, "-\n") for number, text in texts.items()}


def own_pages(source: Structured) -> dict[int, str]:
    texts: dict[int, str] = {}
    for page in source.pages:
        assert page.number is not None
        texts[page.number] = texts.get(page.number, "") + source.text[page.start : page.end]
    return texts


def closed(text: str) -> str:
    return "".join(text.split())


@each_pdf
def test_every_word_stands_on_the_page_it_is_said_to(name: str) -> None:
    source, raw = parsed(name), {number: closed(text) for number, text in raw_pages(name).items()}
    words = [(number, word) for number, text in own_pages(source).items() for word in text.split()]
    wrong = [(number, word) for number, word in words if word not in raw[number]]
    print(f"{name}: {100 - 100 * len(wrong) / len(words):.3f} % of {len(words)} words on their page")
    assert wrong == []


@each_pdf
def test_no_word_is_lost(name: str) -> None:
    source, raw, own = parsed(name), raw_pages(name), own_pages(parsed(name))
    assert source.counts is not None
    lost: Counter[str] = Counter()
    for number, text in raw.items():
        if number not in source.counts.scanned:
            there, here = Counter(text.split()), Counter(own.get(number, "").split())
            lost += there - here
    twice = {word for word, count in lost.items() if any(_is_drawn_twice(name, number, word) for number in raw)}
    raised = {word for word in lost if re.fullmatch(r"\S*\d{4}\d{1,2}|\S*[^\W\d]\)?\d{1,2}|.|\S+\)", word)}
    print(f"{name}: lost {sum(lost.values())} of {sum(len(text.split()) for text in raw.values())} words: {dict(lost)}")
    assert set(lost) <= twice | raised
    assert sum(lost.values()) <= 5


def _is_drawn_twice(name: str, number: int, word: str) -> bool:
    """Whether a page shows a word twice, as for a shadow: it is read once."""
    return raw_pages(name)[number].split().count(word) >= 2


@each_pdf
def test_no_character_is_lost(name: str) -> None:
    source, raw, own = parsed(name), raw_pages(name), own_pages(parsed(name))
    assert source.counts is not None
    there: Counter[str] = Counter()
    here: Counter[str] = Counter()
    for number in raw.keys() - set(source.counts.scanned):
        there.update(closed(raw[number]))
        here.update(closed(own.get(number, "")))
    assert (here - there).total() == 0
    assert (there - here).total() <= 0.0005 * there.total()


@each_pdf
def test_elements_and_pages_tile_the_text(name: str) -> None:
    check_whole(parsed(name))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here to compare with")
@pytest.mark.parametrize("name", ONE_COLUMN)
def test_one_column_is_read_in_the_order_of_pdftotext(name: str) -> None:
    command = ["pdftotext", "-enc", "UTF-8", str(DOCUMENTS / "pdf" / name), "-"]
    theirs = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.split("\f")
    source = parsed(name)
    same = longest = 0
    for number, (text, furniture) in _without_furniture(source).items():
        other = closed(theirs[number - 1])
        for line in furniture:
            other = other.replace(line, "", 1)
        same += LCSseq.similarity(text, other)
        longest += max(len(text), len(other))
    print(f"{name}: {100 * same / longest:.2f} % as pdftotext")
    assert same >= 0.99 * longest


def _without_furniture(source: Structured) -> dict[int, tuple[str, list[str]]]:
    """The text of every page without its headers and footers, and those."""
    texts: dict[int, tuple[str, list[str]]] = {}
    dropped = {ElementKind.RUNNING_HEADER, ElementKind.PAGE_NUMBER}
    for page in source.pages:
        assert page.number is not None
        text, furniture = texts.get(page.number, ("", []))
        for element in source.elements:
            if element.start < page.end and page.start < element.end:
                stretch = closed(source.text[max(element.start, page.start) : min(element.end, page.end)])
                if element.kind in dropped:
                    furniture.append(stretch)
                else:
                    text += stretch
        texts[page.number] = text, furniture
    return texts
