"""Word files (.docx, .docm): headings, lists, tables and notes from the file's own structure."""

from collections.abc import Iterator
from itertools import chain

from lxml import etree

from corpus.errors import DocumentError
from corpus.reason import Why, because
from ingest.drafts.draft import Draft, DraftCell, DraftLine, DraftParagraph, DraftTable
from ingest.drafts.layout import settled
from ingest.drafts.line_builder import paragraphs
from ingest.drafts.source import structured
from ingest.office.archive import Archive
from ingest.office.package import Package
from ingest.office.word_fields import WordFields
from ingest.office.word_names import ALTERNATE, child, number, switch, value, w
from ingest.office.word_notes import WordNotes
from ingest.office.word_numbering import WordNumbering
from ingest.office.word_properties import word_properties
from ingest.office.word_runs import WordRuns, WordText, alternative
from ingest.office.word_styles import WordStyles
from ingest.parser_versions import DOCX_PARSER
from ingest.proposals.from_properties import property_proposals
from ingest.structured import ElementKind, Structured

_LONGEST_HEADING = 300
_MOST_COLUMNS = 63  # as in Word
_DELETED = frozenset(map(w, ("del", "moveFrom", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "trPr", "tcPr", "pPr")))


def parse_docx(name: str, data: bytes) -> Structured:
    """What a Word file holds, in the order of reading; notes stand after the paragraph or table that calls them.

    `name` is for messages; raises DocumentError for a file that is broken, locked, a bomb, or without text.
    """
    package = Package(name, Archive(name, data))
    document = package.root(package.main or "word/document.xml")
    body = child(document, "body")
    if document is None or body is None:
        raise DocumentError(name, because(Why.NO_WORD_TEXT))
    reader = _Reader(package, document)
    drafts = list(reader.drafts(body))
    proposals = property_proposals(word_properties(package))
    return structured(name, drafts, DOCX_PARSER, proposals, (*reader.problems(), *package.problems()))


class _Reader:
    """Walks through the body of one file, once."""

    def __init__(self, package: Package, document: etree._Element) -> None:
        self._styles = WordStyles(package.related("styles"))
        self._numbering = WordNumbering(package.related("numbering"), self._styles)
        self._runs = WordRuns(self._styles, WordFields(document))
        self._notes = WordNotes(package, document)
        self._waiting: list[Draft] = []
        self._carried: WordText | None = None
        self._contents = 0
        self._tables = 0
        self._pictures = 0
        self._diagrams = 0
        self._inserted = 0

    def problems(self) -> Iterator[str]:
        """What of the file could not be read."""
        if self._pictures:
            yield f"Afbeeldingen van formaat: {self._pictures}; tekst die daarin staat is niet doorzoekbaar"
        if self._diagrams:
            yield f"Grafieken en diagrammen: {self._diagrams}; tekst die daarin staat is niet doorzoekbaar"
        if self._inserted:
            yield f"Ingevoegde bestanden: {self._inserted}; die zijn niet gelezen"

    def drafts(self, container: etree._Element) -> Iterator[Draft]:
        """The paragraphs and tables in an element, with the notes that they call after them."""
        for each in container:
            if each.tag == w("p"):
                yield from self._paragraph(each)
            elif each.tag == w("tbl"):
                self._tables += 1
                table = DraftTable(tuple(self._rows(each)), _marked_headers(each))
                self._tables -= 1
                yield from settled(table)
            elif each.tag == w("altChunk"):
                self._inserted += 1
            elif each.tag == ALTERNATE:
                yield from self.drafts(chosen) if (chosen := alternative(each)) is not None else ()
            elif each.tag not in _DELETED:
                is_contents = "Table of Contents" in (value(each, "sdtPr", "docPartObj", "docPartGallery") or "")
                self._contents += is_contents
                yield from self.drafts(each)
                self._contents -= is_contents
            if not self._tables:
                yield from self._waiting
                self._waiting = []

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Draft]:
        properties = child(paragraph, "pPr")
        text = self._carried or WordText()
        self._runs.read_into(text, paragraph)
        if child(properties, "rPr", "del") is not None or child(properties, "rPr", "moveFrom") is not None:
            self._carried = text  # the end of this paragraph is deleted: it runs on in the next
            return
        self._carried = None
        self._pictures += text.pictures
        self._diagrams += text.diagrams
        place = self._styles.list_place(properties)
        label = self._numbering.label(place) if place else ""
        lines = text.runs.lines()
        if any(line.text for line in lines):
            yield from self._shaped(lines, label, properties, text.contents)
        for reference in text.notes:
            if (found := self._notes.note(reference)) is not None:
                self._waiting += self._note(*found)
        for box in text.boxes:
            yield from self.drafts(box)

    def _shaped(
        self, lines: list[DraftLine], label: str, properties: etree._Element | None, contents: bool
    ) -> Iterator[DraftParagraph]:
        """The lines of a paragraph as what it is: mostly one thing, more where its author parted it by empty lines."""
        visible = [line for line in lines if line.text]
        if label:
            first = next(index for index, line in enumerate(lines) if line.text)
            lines[first] = DraftLine(f"{label} {lines[first].text}", lines[first].look)
            visible[0] = lines[first]
        if contents or self._contents or self._styles.is_contents(properties):
            yield DraftParagraph(ElementKind.CONTENTS, tuple(visible), None)
            return
        rank = self._styles.heading_rank(properties)
        if rank is not None and sum(len(line.text) for line in visible) <= _LONGEST_HEADING:
            yield DraftParagraph(ElementKind.HEADING, tuple(visible), rank)
            return
        if not label:
            yield from paragraphs(lines, ElementKind.PARAGRAPH, None)
            return
        first_part, *others = paragraphs(lines, ElementKind.ITEM, None)
        yield first_part
        for part in others:
            yield DraftParagraph(ElementKind.PARAGRAPH, part.lines, None)

    def _note(self, label: str, note: etree._Element) -> Iterator[DraftParagraph]:
        lines: list[DraftLine] = []
        for paragraph in note.iter(w("p")):
            text = WordText()
            self._runs.read_into(text, paragraph)
            lines += [line for line in text.runs.lines() if line.text]
        if lines and label:
            lines[0] = DraftLine(f"{label} {lines[0].text}", lines[0].look)
        if lines:
            yield DraftParagraph(ElementKind.NOTE, tuple(lines), None)

    def _rows(self, table: etree._Element) -> Iterator[tuple[DraftCell, ...]]:
        for row in _within(table, "tr"):
            if child(row, "trPr", "del") is None:
                cells = [self._cell(cell) for cell in _within(row, "tc")]
                yield tuple(chain(_skipped(number(row, "trPr", "gridBefore")), cells))

    def _cell(self, cell: etree._Element) -> DraftCell:
        properties = child(cell, "tcPr")
        merge = child(properties, "vMerge")
        return DraftCell(
            drafts=tuple(self.drafts(cell)),
            columns=max(1, min(_MOST_COLUMNS, number(properties, "gridSpan") or 1)),
            continues=merge is not None and merge.get(w("val")) != "restart",
        )


def _within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, also where they stand in a content control or an insertion."""
    for each in element:
        if each.tag == w(name):
            yield each
        elif each.tag not in _DELETED and each.tag not in (w("tr"), w("tc"), w("tblGrid")):
            yield from _within(each, name)


def _skipped(columns: int | None) -> Iterator[DraftCell]:
    if columns is not None and 0 < columns <= _MOST_COLUMNS:
        yield DraftCell((), columns, False)


def _marked_headers(table: etree._Element) -> int | None:
    """How many rows at the top are marked to be repeated on every page; None where none is."""
    count = 0
    for row in _within(table, "tr"):
        if not switch(child(row, "trPr"), "tblHeader"):
            break
        count += 1
    return count or None
