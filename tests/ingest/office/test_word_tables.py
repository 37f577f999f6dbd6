"""Tables of Word: merged cells, tables that only place text, and tables within tables."""

from ingest.office.docx import parse_docx
from ingest.structured import Structured
from tests.ingest.office.word_files import cell, p, row, table, word_file
from tests.ingest.outlined import outlined


def read(body: str, **parts: str) -> Structured:
    return parse_docx("nota.docx", word_file(body, **parts))


def test_merged_cells_give_each_value_its_headings() -> None:
    wide, first, more = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell("Programma", first), cell("Begroting", wide), properties="<w:tblHeader/>"),
        row(cell("", more), cell("2023"), cell("2024"), properties="<w:tblHeader/>"),
        row(cell("Jeugd", first), cell("10"), cell("20")),
        row(cell("", more), cell("11"), cell("21")),
    )
    lines = outlined(read(body))
    assert lines[0] == "r Programma | Begroting"
    assert lines[2].startswith("r Jeugd | ")
    assert [("Begroting" in each, "2023: 1" in each, "2024: 2" in each) for each in lines[2:]] == [(True,) * 3] * 2
    assert "Jeugd" in lines[3]


def test_a_table_that_only_places_text_gives_paragraphs_and_headings() -> None:
    body = table(row(cell(p("Stap 1", '<w:outlineLvl w:val="0"/>') + p("Kijk eerst.")), cell("In de marge.")))
    assert outlined(read(body)) == ["h1 Stap 1", "p Kijk eerst.", "p In de marge."]
    assert outlined(read(table(row(cell("Kader")), row(cell(""))))) == ["p Kader"]


def test_a_table_within_a_table() -> None:
    inner = table(row(cell("Jeugd"), cell("12"), cell("13")), row(cell("Zorg"), cell("14"), cell("15")))
    assert outlined(read(table(row(cell(inner), cell(""))))) == ["r Jeugd | 12 | 13", "r Zorg | 14 | 15"]
    small = table(row(cell("a"), cell("b")))
    outer = table(row(cell("Een lange tekst in de eerste cel"), cell(small + p("nog een zin"))))
    assert outlined(read(outer)) == ["r Een lange tekst in de eerste cel | a\tb/nog een zin"]


def test_a_row_of_names_with_colons_has_no_headings() -> None:
    body = table(row(cell("Zaaknummer"), cell(": 2026")), row(cell("Adviseur"), cell(": Jansen")))
    assert outlined(read(body)) == ["r Zaaknummer | : 2026", "r Adviseur | : Jansen"]


def test_deleted_rows_are_left_out() -> None:
    body = table(row(cell("a"), cell("1")), row(cell("b"), cell("2"), properties="<w:del/>"))
    assert outlined(read(body)) == ["r a | 1"]
