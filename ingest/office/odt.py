"""OpenDocument text files (.odt): headings, lists, tables and notes from the file's own structure."""

import re
from collections.abc import Iterator

from lxml import etree

from corpus.errors import DocumentError
from corpus.reason import Why, because
from ingest.drafts.draft import PLAIN, Draft, DraftCell, DraftLine, DraftParagraph, DraftTable
from ingest.drafts.layout import settled
from ingest.drafts.line_builder import paragraphs
from ingest.drafts.source import structured
from ingest.office.archive import Archive
from ingest.office.markup import damage_problem, parse_xml
from ingest.office.odf_lists import OdfLists
from ingest.office.odf_names import count, q
from ingest.office.odf_properties import odf_properties
from ingest.office.odf_styles import OdfStyles
from ingest.office.odf_text import read_text
from ingest.parser_versions import ODT_PARSER
from ingest.proposals.from_properties import property_proposals
from ingest.structured import ElementKind, Structured

_LONGEST_HEADING = 300
_MOST_COLUMNS = 63
_ENCRYPTED = b"encryption-data"
_UNSEEN = frozenset(
    map(
        q,
        (
            "text:tracked-changes", "office:forms", "text:sequence-decls", "text:variable-decls", "office:annotation",
            "text:user-field-decls", "text:dde-connection-decls", "table:shapes", "text:table-of-content-source",
            "text:index-title-template", "svg:title", "svg:desc", "text:alphabetical-index-auto-mark-file",
        ),
    )
)  # fmt: skip
_INDEXES = frozenset(map(q, ("text:table-of-content", "text:illustration-index", "text:table-index")))
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(cm|mm|in|pt)")
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}
_PICTURE_AREA = 60.0


def parse_odt(name: str, data: bytes) -> Structured:
    """What an OpenDocument text holds, in the order of reading; notes stand after the paragraph or table that calls
    them, frames that are fixed to a page at the end.

    `name` is for messages; raises DocumentError for a file that is broken, locked, a bomb, or without text.
    """
    archive = Archive(name, data)
    if _ENCRYPTED in (archive.read("META-INF/manifest.xml") or b""):
        raise DocumentError(name, because(Why.LOCKED))
    parts = [
        parse_xml(name, part, content)
        for part in ("content.xml", "styles.xml", "meta.xml")
        if (content := archive.read(part)) is not None
    ]
    roots = [part.root for part in parts]
    replaced = sum(part.replaced for part in parts)
    body = next(
        (found for root in roots if (found := root.find(f"{q('office:body')}/{q('office:text')}")) is not None), None
    )
    if body is None:
        raise DocumentError(name, because(Why.NO_ODT_TEXT))
    reader = _Reader(OdfStyles(roots))
    drafts = [*reader.drafts(body), *reader.fixed()]
    proposals = property_proposals(odf_properties(roots))
    problems = [*reader.problems(), *([damage_problem(replaced)] if replaced else [])]
    return structured(name, drafts, ODT_PARSER, proposals, problems)


class _Reader:
    """Walks through the body of one file, once."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._lists = OdfLists(styles)
        self._label = ""
        self._waiting: list[Draft] = []
        self._fixed: list[etree._Element] = []
        self._contents = 0
        self._tables = 0
        self._pictures = 0
        self._objects = 0

    def problems(self) -> Iterator[str]:
        """What of the file could not be read."""
        if self._pictures:
            yield f"Afbeeldingen van formaat: {self._pictures}; tekst die daarin staat is niet doorzoekbaar"
        if self._objects:
            yield f"Ingevoegde objecten (grafieken, diagrammen): {self._objects}; die zijn niet gelezen"

    def drafts(self, container: etree._Element) -> Iterator[Draft]:
        """The paragraphs and tables in an element, with the notes that they call after them."""
        for each in container:
            if each.tag in _UNSEEN or each.get(q("text:display")) == "none":
                continue
            if each.tag in (q("text:p"), q("text:h")):
                yield from self._paragraph(each)
            elif each.tag == q("table:table"):
                self._tables += 1
                rows, headers = self._rows(each)
                self._tables -= 1
                yield from settled(DraftTable(rows, headers))
            elif each.tag == q("text:list"):
                self._lists.open(each)
                yield from self._items(each)
                self._lists.close()
            elif each.tag == q("draw:frame"):
                yield from self._frame(each)
            else:
                self._contents += each.tag in _INDEXES
                yield from self.drafts(each)
                self._contents -= each.tag in _INDEXES
            if not self._tables:
                yield from self._waiting
                self._waiting = []

    def fixed(self) -> Iterator[Draft]:
        """The frames that are fixed to a page."""
        for frame in self._fixed:
            yield from self.drafts(frame)

    def _items(self, container: etree._Element) -> Iterator[Draft]:
        for each in container:
            if each.tag == q("text:list-item"):
                self._label = self._lists.item(each)
            if each.tag in (q("text:list-item"), q("text:list-header")):
                yield from self.drafts(each)
            self._label = ""

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Draft]:
        rank = self._styles.heading_rank(paragraph)
        text = read_text(paragraph, self._styles)
        label, self._label = text.number or self._label, ""
        in_list = self._lists.level > 0
        if rank is not None and paragraph.tag == q("text:h") and not in_list:
            label = text.number or self._lists.heading(paragraph, rank)
        lines = text.runs.lines()
        visible = [line for line in lines if line.text]
        if visible:
            yield from self._shaped(lines, label, rank)
        for note in text.notes:
            self._waiting += self._note(note)
        for frame in text.frames:
            yield from self._frame(frame)

    def _shaped(self, lines: list[DraftLine], label: str, rank: int | None) -> Iterator[DraftParagraph]:
        first = next(index for index, line in enumerate(lines) if line.text)
        if label:
            lines[first] = DraftLine(f"{label} {lines[first].text}", lines[first].look)
        visible = tuple(line for line in lines if line.text)
        if self._contents:
            yield DraftParagraph(ElementKind.CONTENTS, visible, None)
        elif rank is not None and sum(len(line.text) for line in visible) <= _LONGEST_HEADING:
            yield DraftParagraph(ElementKind.HEADING, visible, rank)
        elif label:
            item, *others = paragraphs(lines, ElementKind.ITEM, None)
            yield item
            yield from (DraftParagraph(ElementKind.PARAGRAPH, each.lines, None) for each in others)
        else:
            yield from paragraphs(lines, ElementKind.PARAGRAPH, None)

    def _note(self, note: etree._Element) -> Iterator[DraftParagraph]:
        mark = "".join(map(str, note.xpath("string(*[local-name()='note-citation'])"))).strip()
        body = note.find(q("text:note-body"))
        lines: list[DraftLine] = []
        for paragraph in () if body is None else body.iter(q("text:p"), q("text:h")):
            lines += [line for line in read_text(paragraph, self._styles).runs.lines() if line.text]
        if lines:
            lines[0] = DraftLine(f"{mark} {lines[0].text}".strip(), PLAIN)
            yield DraftParagraph(ElementKind.NOTE, tuple(lines), None)

    def _frame(self, frame: etree._Element) -> Iterator[Draft]:
        if frame.get(q("text:anchor-type")) == "page":
            self._fixed.append(frame)
            return
        children = {each.tag for each in frame}
        if q("draw:object") in children or q("draw:object-ole") in children:
            self._objects += 1
        elif q("draw:image") in children and q("draw:text-box") not in children:
            self._pictures += _area(frame) >= _PICTURE_AREA
        else:
            yield from self.drafts(frame)

    def _rows(self, table: etree._Element) -> tuple[tuple[tuple[DraftCell, ...], ...], int | None]:
        """The rows, and how many at the top the file marks as headings."""
        rows: list[tuple[DraftCell, ...]] = []
        headers = 0
        for row, is_header in _rows_within(table, False):
            headers += is_header
            rows.append(tuple(self._cells(row)))
        return tuple(rows), headers or None

    def _cells(self, row: etree._Element) -> Iterator[DraftCell]:
        covered = 0
        for cell in row:
            if cell.tag not in (q("table:table-cell"), q("table:covered-table-cell")):
                continue
            times = count(cell.get(q("table:number-columns-repeated")), _MOST_COLUMNS)
            if cell.tag == q("table:covered-table-cell"):
                here = min(times, covered)
                covered -= here
                yield from [DraftCell((), 1, True)] * (times - here)
                continue
            columns = count(cell.get(q("table:number-columns-spanned")), _MOST_COLUMNS)
            covered = columns - 1
            drafts = tuple(self.drafts(cell))
            yield DraftCell(drafts, columns, False)
            yield from [DraftCell((), columns, False)] * (times - 1)


def _rows_within(element: etree._Element, header: bool) -> Iterator[tuple[etree._Element, bool]]:
    for each in element:
        if each.tag == q("table:table-row"):
            yield each, header
        elif each.tag in (q("table:table-header-rows"), q("table:table-rows"), q("table:table-row-group")):
            yield from _rows_within(each, header or each.tag == q("table:table-header-rows"))


def _area(frame: etree._Element) -> float:
    """The surface of a frame in square centimetres, 0 where it is not told."""
    sides = [_LENGTH.fullmatch(frame.get(q(name), "")) for name in ("svg:width", "svg:height")]
    wide, high = (float(side[1]) * _CENTIMETRES[side[2]] if side else 0.0 for side in sides)
    return wide * high
