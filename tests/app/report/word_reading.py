"""A Word file as a test reads it back."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

NOTE = "FootnoteReference"


def opened(content: bytes) -> WordDocument:
    """The document, as python-docx sees it."""
    return Document(io.BytesIO(content))


def part(content: bytes, name: str) -> ElementTree.Element:
    """A part of the file, such as word/footnotes.xml."""
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    """Every paragraph in order, also those in cells and in the contents."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def text_of(paragraph: Paragraph) -> str:
    """What it says, without the marks of notes."""
    return "".join(run.text for run in paragraph.runs if not _is_mark(run))


def notes(content: bytes) -> dict[str, str]:
    """The text of each footnote by its id, the lines above the notes left out."""
    root = part(content, "word/footnotes.xml")
    return {
        note.attrib[qn("w:id")]: "".join(each.text or "" for each in note.iter(qn("w:t"))).strip()
        for note in root.iter(qn("w:footnote"))
        if qn("w:type") not in note.attrib
    }


def called(paragraph: Paragraph) -> list[str]:
    """The ids of the notes that a paragraph calls itself."""
    return [each.get(qn("w:id"), "") for each in paragraph._p.iter(qn("w:footnoteReference"))]


def _is_mark(run: Run) -> bool:
    style = run._r.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    return style is not None and style.get(qn("w:val")) == NOTE
