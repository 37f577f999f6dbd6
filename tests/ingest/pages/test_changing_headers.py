"""Running headers that name the chapter or section, and numbers at the edge of pages that are none of pages."""

from tests.ingest.pages.pdf_writer import Sheet, Text, column, pdf
from tests.ingest.pages.told import body, told

LINES = [f"De gemeente werkt op regel {number} aan een veilige wijk voor alle kinderen hier" for number in range(12)]
SECTIONS = ["Toegang", "Toegang", "Preventie", "Onderwijs", "Onderwijs", "Geld"]


def _sheet(page: int, header: str, title: str | None) -> Sheet:
    heading = [Text(70, 90, title, 14, "B")] if title else []
    return Sheet([Text(70, 40, header, 8), *heading, *column(LINES, top=120), Text(290, 810, str(page))])


def test_a_header_beside_one_that_comes_back_is_a_header_whatever_it_says() -> None:
    sheets = [
        Sheet([Text(70, 40, "Nota jeugd", 8), Text(420, 40, f"Over {section}", 8), *column(LINES, top=100)])
        for section in "abcdef"
    ]
    assert not any(text.startswith(("Over", "Nota")) for text in body(pdf(*sheets)))


def test_a_header_that_names_the_section_of_its_page_is_a_header() -> None:
    first = {section: SECTIONS.index(section) for section in SECTIONS}
    sheets = [
        _sheet(page, section, section if first[section] == page - 1 else None)
        for page, section in enumerate(SECTIONS, start=1)
    ]
    found = told(pdf(*sheets))
    assert [text for kind, text in found if kind.startswith("HEADING")] == list(first)
    assert [text for kind, text in found if kind == "RUNNING_HEADER"] == SECTIONS


def test_a_first_line_that_says_something_new_on_each_page_stays() -> None:
    sheets = [Sheet([Text(70, 60, f"Wijk {name}", 8), *column(LINES, top=100)]) for name in "abcdef"]
    assert [text for text in body(pdf(*sheets)) if text.startswith("Wijk")] == [f"Wijk {name}" for name in "abcdef"]


def test_years_above_a_table_are_no_page_numbers() -> None:
    sheets = [
        Sheet([*(Text(200 + 60 * place, 60, str(2022 + place)) for place in range(4)), *column(LINES, top=120)])
        for _ in range(4)
    ]
    words = " ".join(body(pdf(*sheets))).split()
    assert all(words.count(str(year)) == 4 for year in range(2022, 2026))


def test_numbers_of_columns_are_no_page_numbers() -> None:
    sheets = [
        Sheet(
            [
                *(Text(200 + 60 * place, 60, str(page + place)) for place in range(4)),
                *column(LINES, top=120),
                Text(290, 810, str(page)),
            ]
        )
        for page in range(1, 6)
    ]
    found = told(pdf(*sheets))
    assert [text for kind, text in found if kind == "PAGE_NUMBER"] == ["1", "2", "3", "4", "5"]
