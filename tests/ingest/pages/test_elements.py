"""Headings, lists, footnotes, contents, headers and footers of PDF pages."""

import pytest

from ingest.pdf import parse_pdf
from ingest.structured import ElementKind
from tests.ingest.pages.pdf_writer import Sheet, Text, column, pdf
from tests.ingest.pages.told import body, pages_of, told

LINES = [
    f"De gemeente werkt op regel {number} aan een veilige wijk voor ieder kind dat hier woont" for number in range(9)
]
PARAGRAPH = [*LINES, "en dat is het einde."]


def test_running_headers_and_page_numbers_are_known_by_their_return() -> None:
    sheets = [
        Sheet([Text(70, 40, f"Nota jeugd 2024 - {page}"), *column([f"Tekst {word}."]), Text(290, 810, str(page))])
        for page, word in enumerate("abcde", start=3)
    ]
    found = told(pdf(*sheets))
    assert [text for kind, text in found if kind == "RUNNING_HEADER"] == [
        f"Nota jeugd 2024 - {page}" for page in range(3, 8)
    ]
    assert [text for kind, text in found if kind == "PAGE_NUMBER"] == ["3", "4", "5", "6", "7"]
    assert [text for kind, text in found if kind == "PARAGRAPH"] == [f"Tekst {word}." for word in "abcde"]


def test_numbers_that_do_not_count_the_pages_stay() -> None:
    sheets = [Sheet([*column(LINES), Text(290, 810, number)]) for number in ("12", "400", "7")]
    assert {"12", "400", "7"} <= set(" ".join(body(pdf(*sheets))).split())


def test_titles_that_differ_in_a_number_only_are_no_running_headers() -> None:
    sheets = [
        Sheet([Text(70, 60, f"Programma {number}", 16, "B"), *column(PARAGRAPH, top=200)]) for number in (1, 2, 4, 3)
    ]
    titles = [text for kind, text in told(pdf(*sheets)) if kind == "HEADING 1"]
    assert titles == ["Programma 1", "Programma 2", "Programma 4", "Programma 3"]


def test_the_number_of_a_list_item_at_the_foot_is_no_page_number() -> None:
    verbs = ["besluit", "betaalt", "beslist"]
    sheets = [
        Sheet([*column(PARAGRAPH, top=300), Text(70, 800, f"{page}."), Text(90, 800, f"Het college {verb}.")])
        for page, verb in enumerate(verbs, start=1)
    ]
    items = [text for kind, text in told(pdf(*sheets)) if kind == "ITEM"]
    assert items == [f"{page}. Het college {verb}." for page, verb in enumerate(verbs, start=1)]


def test_a_title_over_several_slides_is_kept_once() -> None:
    sheets = [
        Sheet(
            [Text(70, 60, "Wonen" if page < 4 else f"Slot {page}", 24, "B"), *column([*LINES[:page], f"Dia {page}."])]
        )
        for page in range(1, 8)
    ]
    found = told(pdf(*sheets))
    assert [kind for kind, text in found if text == "Wonen"] == ["HEADING 1", "RUNNING_HEADER", "RUNNING_HEADER"]


def test_footnotes_stand_apart_after_the_paragraph_that_runs_on() -> None:
    text = [*LINES, "zoals ook in de wet staat"]
    notes = column(
        ["1 Dit is de eerste noot.", "2 Dit is de tweede noot, die over twee regels", "loopt."], top=780, size=7
    )
    second = ["die voor alle gemeenten geldt.", "Daarna volgt een nieuwe alinea."]
    source = parse_pdf("", pdf(Sheet([*column(text), *notes]), Sheet(column(second))))
    kinds = [element.kind for element in source.elements]
    assert kinds[:3] == [ElementKind.PARAGRAPH, ElementKind.NOTE, ElementKind.NOTE]
    assert pages_of(source, source.elements[0]) == [1, 2]
    assert [pages_of(source, element) for element in source.elements[1:3]] == [[1], [1]]
    assert [page.number for page in source.pages][:3] == [1, 2, 1]


def test_a_raised_mark_is_not_glued_to_a_number() -> None:
    texts = [Text(70, 100, "In het jaar 2023"), Text(146.5, 96, "4", 6), Text(152, 100, "was dat anders")]
    assert body(pdf(Sheet(texts))) == ["In het jaar 2023 4 was dat anders"]


@pytest.mark.parametrize("leaders", ["." * 60, ""])
def test_a_list_of_contents_is_known_and_tells_the_headings(leaders: str) -> None:
    titles = [("Voorwoord", 2), ("Wonen", 3), ("Zorg", 4), ("Geld", 5)]
    entries = [Text(70, 120 + 16 * place, f"{title} {leaders}") for place, (title, _) in enumerate(titles)]
    numbers = [Text(500, 120 + 16 * place, str(page)) for place, (_, page) in enumerate(titles)]
    contents = Sheet([Text(70, 80, "Inhoud", 16, "B"), *entries, *numbers])
    chapters = [
        Sheet([Text(70, 80, title), *column(LINES, top=110), Text(290, 810, str(page))]) for title, page in titles
    ]
    found = told(pdf(contents, *chapters))
    assert [kind for kind, _ in found[:5]] == ["HEADING 1", *["CONTENTS"] * 4]
    assert [text for kind, text in found if kind.startswith("HEADING")] == ["Inhoud", *(title for title, _ in titles)]


def test_lists_with_hanging_and_nested_items() -> None:
    texts = [
        *column(["Wij doen drie dingen:"]),
        Text(70, 112, "1."),
        *column(["wij luisteren naar kinderen en naar hun ouders, en", "wij doen daar iets mee;"], 90, 112),
        Text(90, 136, "-"),
        Text(105, 136, "ook op school;"),
        Text(90, 148, "-"),
        Text(105, 148, "en thuis;"),
        Text(70, 160, "2."),
        Text(90, 160, "wij betalen de zorg."),
    ]
    assert told(pdf(Sheet(texts))) == [
        ("PARAGRAPH", "Wij doen drie dingen:"),
        ("ITEM", "1. wij luisteren naar kinderen en naar hun ouders, en wij doen daar iets mee;"),
        ("ITEM", "- ook op school;"),
        ("ITEM", "- en thuis;"),
        ("ITEM", "2. wij betalen de zorg."),
    ]


def test_headings_by_size_weight_and_number() -> None:
    texts = [
        *column(["Jeugdhulp in de wijk en op", "school, ook in 2024"], top=80, size=20, style="B"),
        *column(PARAGRAPH, top=140),
        Text(70, 280, "1.1 Wie doet wat", 12, "B"),
        *column(PARAGRAPH, top=300),
        Text(70, 440, "Vet en even groot", 10, "B"),
        *column(PARAGRAPH, top=452),
    ]
    assert [item for item in told(pdf(Sheet(texts))) if item[0].startswith("HEADING")] == [
        ("HEADING 1", "Jeugdhulp in de wijk en op school, ook in 2024"),
        ("HEADING 2", "1.1 Wie doet wat"),
        ("HEADING 3", "Vet en even groot"),
    ]


def test_headings_from_the_outline_whatever_they_look_like() -> None:
    sheets = [Sheet([Text(70, 80, title), *column(PARAGRAPH, top=110)]) for title in ("Alfa", "Beta", "Gamma")]
    outline = [("Alfa", 0), ("Beta", 1), ("Gamma", 2), ("Zonder bladzijde", -1)]
    found = told(pdf(*sheets, outline=outline))
    assert [item for item in found if item[0].startswith("HEADING")] == [
        ("HEADING 1", "Alfa"),
        ("HEADING 1", "Beta"),
        ("HEADING 1", "Gamma"),
    ]


def test_a_caption_is_no_heading() -> None:
    sheet = Sheet(
        [*column(PARAGRAPH), Text(70, 240, "Tabel 3: Lasten per taakveld", 10, "B"), *column(PARAGRAPH, top=260)]
    )
    assert ("PARAGRAPH", "Tabel 3: Lasten per taakveld") in told(pdf(sheet))


def test_paragraphs_are_parted_by_white_by_short_lines_and_by_indents() -> None:
    short = [*LINES[:3], "Dit is het einde.", *LINES[3:6], "Dit ook."]
    sheet = Sheet([*column(short), *column(PARAGRAPH, top=220)])
    assert len(body(pdf(sheet))) == 3
    indented = [Text(70 if number % 3 else 85, 100 + 12 * number, line) for number, line in enumerate(LINES)]
    assert len(body(pdf(Sheet(indented)))) == 3


def test_boxes_lie_where_the_lines_stand() -> None:
    source = parse_pdf("", pdf(Sheet(column(["Een regel tekst", "en nog een"]))))
    first, second = source.boxes
    assert source.text[first.start : first.end] == "Een regel tekst"
    assert (first.page, round(first.left)) == (1, 71)
    assert first.top < 100 - 7 < 100 < first.bottom < 105
    assert second.top - first.top == pytest.approx(12, abs=0.2)
