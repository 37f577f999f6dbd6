"""Elements to canonical text: joints, tables, what is dropped, and the map that accounts for it."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Change, Document, Section, SectionKind
from ingest.assemble import Assembled, assemble
from ingest.block import BlockKind
from ingest.source_text import SourcePage
from ingest.split import split
from ingest.structure import find_sections
from ingest.structured import Cell, Element, ElementKind, SourceBox, Structured


class Sheet:
    """Writes a source with its elements, one after another."""

    def __init__(self) -> None:
        self.text = ""
        self.elements: list[Element] = []

    def add(self, kind: ElementKind, text: str, rank: int | None = None) -> None:
        self.elements.append(Element(kind, len(self.text), len(self.text) + len(text), rank, (), None))
        self.text += text + "\n"

    def row(self, *cells: tuple[str, str], table: int = 0) -> None:
        start, found = len(self.text), []
        for heading, text in cells:
            found.append(Cell(len(self.text), len(self.text) + len(text), heading))
            self.text += text + "\t"
        self.text = self.text[:-1]
        self.elements.append(Element(ElementKind.ROW, start, len(self.text), None, tuple(found), table))
        self.text += "\n"

    def structured(
        self,
        pages: tuple[SourcePage, ...] = (),
        boxes: tuple[SourceBox, ...] = (),
        recognised: tuple[tuple[int, int], ...] = (),
    ) -> Structured:
        return Structured(self.text, tuple(self.elements), pages, boxes, (), recognised, None, 0, (), "test", ())

    def assembled(self) -> Assembled:
        return assemble(self.structured())


def tiles(assembled: Assembled, source: str) -> None:
    """The map accounts for every character of both texts, and what is kept is the same in both."""
    at = to = 0
    for stretch in assembled.clean.stretches:
        assert (stretch.source_start, stretch.start) == (at, to)
        at, to = stretch.source_end, stretch.end
        if stretch.change is None:
            assert source[stretch.source_start : at] == assembled.clean.text[stretch.start : to]
    assert (at, to) == (len(source), len(assembled.clean.text))


def test_lines_of_a_paragraph_are_joined_and_broken_words_mended() -> None:
    sheet = Sheet()
    sheet.add(
        ElementKind.PARAGRAPH, "De gemeente helpt ge-\nzinnen met kinderen  en\njeugd- en gezinswerkers ﬁnan-\ncieel."
    )
    assembled = sheet.assembled()
    assert assembled.clean.text == "De gemeente helpt gezinnen met kinderen en jeugd- en gezinswerkers financieel."
    tiles(assembled, sheet.text)


def test_each_kind_of_element_stands_apart_as_a_reader_expects() -> None:
    sheet = Sheet()
    sheet.add(ElementKind.HEADING, "Jeugd en\nonderwijs", 1)
    sheet.add(ElementKind.PARAGRAPH, "Wij doen dit:")
    sheet.add(ElementKind.ITEM, "• een")
    sheet.add(ElementKind.ITEM, "• twee")
    sheet.add(ElementKind.NOTE, "1 Bron.")
    assembled = sheet.assembled()
    assert assembled.clean.text == "Jeugd en onderwijs\n\nWij doen dit:\n• een\n• twee\n\n1 Bron."
    assert [block.kind for block in assembled.clean.blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.ITEM,
        BlockKind.ITEM,
        BlockKind.NOTE,
    ]
    assert [(heading.rank, heading.title) for heading in assembled.headings.values()] == [(1, "Jeugd en onderwijs")]
    tiles(assembled, sheet.text)


def test_each_value_of_a_row_stands_with_the_heading_of_its_column() -> None:
    sheet = Sheet()
    sheet.add(ElementKind.PARAGRAPH, "De lasten:")
    sheet.row(("", "Taakveld"), ("", "2022"), ("", "2023"))
    sheet.row(("", "Jeugdhulp\nlokaal"), ("2022", "1.234"), ("2023", "5.678"))
    sheet.add(ElementKind.PARAGRAPH, "Daarna.")
    assembled = sheet.assembled()
    rows = "Taakveld | 2022 | 2023\nJeugdhulp lokaal | 2022: 1.234 | 2023: 5.678"
    assert assembled.clean.text == f"De lasten:\n\n{rows}\n\nDaarna."
    (table,) = assembled.tables
    assert assembled.clean.text[table.start : table.end] == rows
    said_again = [stretch for stretch in assembled.clean.stretches if stretch.change is Change.COLUMN_HEADING]
    assert [assembled.clean.text[each.start : each.end] for each in said_again] == [" | 2022: ", " | 2023: "]
    tiles(assembled, sheet.text)


def test_a_heading_before_the_first_cell_belongs_to_its_row() -> None:
    sheet = Sheet()
    sheet.row(("", "Behandeling"), ("", "Uur"))
    sheet.row(("Behandeling, tarief", "101,00"), ("Uur", "1"))
    assembled = sheet.assembled()
    assert assembled.clean.text == "Behandeling | Uur\nBehandeling, tarief: 101,00 | Uur: 1"
    assert [block.text for block in assembled.clean.blocks] == assembled.clean.text.split("\n")
    tiles(assembled, sheet.text)


def test_two_tables_in_a_row_are_two() -> None:
    sheet = Sheet()
    sheet.row(("", "A"), ("2022", "1"))
    sheet.row(("", "B"), ("2022", "2"), table=1)
    assembled = sheet.assembled()
    assert assembled.clean.text == "A | 2022: 1\n\nB | 2022: 2"
    assert [(table.start, table.end) for table in assembled.tables] == [(0, 11), (13, 24)]


def test_running_headers_and_page_numbers_go_with_their_reason() -> None:
    sheet = Sheet()
    sheet.add(ElementKind.RUNNING_HEADER, "Jeugdbeleid 2024")
    sheet.add(ElementKind.PARAGRAPH, "Tekst.")
    sheet.add(ElementKind.PAGE_NUMBER, "12")
    assembled = sheet.assembled()
    assert assembled.clean.text == "Tekst."
    changes = {stretch.change for stretch in assembled.clean.stretches}
    assert {Change.RUNNING_HEADER, Change.PAGE_NUMBER} <= changes
    tiles(assembled, sheet.text)


def test_a_page_that_comes_back_for_its_footnote_keeps_its_number() -> None:
    sheet = Sheet()
    sheet.add(ElementKind.PARAGRAPH, "Een zin die op de volgende\nbladzijde doorloopt.")
    cut = sheet.text.index("bladzijde")
    sheet.add(ElementKind.NOTE, "1 Noot van bladzijde een.")
    note = sheet.text.index("1 Noot")
    pages = (SourcePage(1, 0, cut), SourcePage(2, cut, note), SourcePage(1, note, len(sheet.text)))
    assembled = assemble(sheet.structured(pages=pages))
    assert [page.number for page in assembled.clean.pages] == [1, 2, 1]
    text = assembled.clean.text
    sections = (
        Section((), SectionKind.BODY, 0, 0, text.index("1 Noot")),
        Section((), SectionKind.FOOTNOTES, text.index("1 Noot"), text.index("1 Noot"), len(text)),
    )
    body, note_passage = split("v", Document.of_text(text, sections, assembled.clean.pages))
    assert (body.pages, note_passage.pages) == ((1, 2), (1, 1))


def test_boxes_and_recognised_stretches_follow_the_text() -> None:
    sheet = Sheet()
    sheet.add(ElementKind.PARAGRAPH, "Eerste re-\ngel.")
    boxes = (SourceBox(0, 10, 1, 10.0, 20.0, 80.0, 32.0), SourceBox(11, 15, 1, 10.0, 34.0, 30.0, 46.0))
    assembled = assemble(sheet.structured(boxes=boxes, recognised=((0, 15),)))
    assert [assembled.clean.text[box.start : box.end] for box in assembled.boxes] == ["Eerste re", "gel."]
    (span,) = assembled.recognised
    assert (span.start, span.end) == (0, len(assembled.clean.text))


def test_a_long_table_is_cut_between_rows_and_never_between_heading_and_first_row() -> None:
    sheet = Sheet()
    sheet.row(("", "Taakveld"), ("", "Raming 2023"), ("", "Werkelijk 2023"))
    for number in range(60):
        sheet.row(
            ("", f"Taakveld {number} met een naam"), ("Raming 2023", f"{number}.000"), ("Werkelijk 2023", "5.000")
        )
    assembled = sheet.assembled()
    sections = find_sections(assembled.clean, assembled.headings)
    bare = Document.of_text(assembled.clean.text, sections)
    document = Document(**{name: getattr(bare, name) for name in bare.__slots__} | {"tables": assembled.tables})
    passages = split("v", document)
    assert len(passages) > 4
    assert all(passage.in_table and not passage.by_ocr for passage in passages)
    assert all(passage.quote.startswith("Taakveld") and passage.quote.endswith("5.000") for passage in passages)


KINDS = st.sampled_from([kind for kind in ElementKind if kind is not ElementKind.ROW])
TEXTS = st.text(st.sampled_from("abAB -\n\t.:•1ﬁ\u00ad\u200b€/"), max_size=30)


@given(
    st.lists(st.one_of(st.tuples(KINDS, TEXTS), st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4)), max_size=12)
)
def test_whatever_the_elements_the_map_tiles_and_sections_cover(
    parts: list[tuple[ElementKind, str] | list[tuple[str, str]]],
) -> None:
    sheet = Sheet()
    for part in parts:
        if isinstance(part, list):
            sheet.row(*((heading.replace("\n", " "), text) for heading, text in part))
        else:
            sheet.add(part[0], part[1], 1 if part[0] is ElementKind.HEADING else None)
    assembled = sheet.assembled()
    tiles(assembled, sheet.text)
    sections = find_sections(assembled.clean, assembled.headings)
    assert [section.start for section in sections] == [0, *(section.end for section in sections)][: len(sections)]
    assert not sections or sections[-1].end == len(assembled.clean.text)
