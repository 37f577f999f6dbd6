"""What looks like a heading and is none, and headings of which the parts stand apart."""

import pytest

from tests.ingest.pages.pdf_writer import Sheet, Text, column, pdf
from tests.ingest.pages.told import told

LINES = [f"De gemeente werkt op regel {number} aan een veilige wijk voor alle kinderen hier" for number in range(9)]
END = "en dat is het einde."


def _headings(*texts: Text) -> list[str]:
    sheets = [Sheet(texts), Sheet(column(LINES))]
    return [text for kind, text in told(pdf(*sheets)) if kind.startswith("HEADING")]


@pytest.mark.parametrize(
    ("closing", "names"),
    [
        ("Met vriendelijke groet,", ["Anna de Vries", "wethouder Jeugd"]),
        ("Aldus vastgesteld in de vergadering van 21 november 2023,", ["De secretaris, D. Bakker", "De burgemeester"]),
        ("Tot zover.", ["drs. A.B. van den Berg"]),
        ("Tot zover.", ["Anna de Vries", "wethouder"]),
    ],
)
def test_who_signs_is_no_heading(closing: str, names: list[str]) -> None:
    signed = [Text(70, 300 + 20 * place, name, 10, "B") for place, name in enumerate(names[:1])]
    rest = [Text(70, 320 + 14 * place, name) for place, name in enumerate(names[1:])]
    assert _headings(Text(70, 60, "Brief", 16, "B"), *column(LINES), Text(70, 270, closing), *signed, *rest) == [
        "Brief"
    ]


@pytest.mark.parametrize("title", ["A. Financien", "Toelichting", "1. Burgemeester en raad", "Wijk Zuid"])
def test_a_bold_title_is_a_heading(title: str) -> None:
    found = _headings(
        Text(70, 60, "Nota", 16, "B"), *column(LINES), Text(70, 250, title, 10, "B"), *column(LINES, top=270)
    )
    assert found == ["Nota", title]


@pytest.mark.parametrize(("size", "gap"), [(14, 26), (10, 22)])
def test_the_number_of_a_chapter_and_the_title_below_it_are_one_heading(size: float, gap: float) -> None:
    texts = [
        Text(70, 60, "Verordening", 18, "B"),
        *column(LINES, top=90),
        Text(70, 230, "HOOFDSTUK 2", size, "B"),
        Text(70, 230 + gap, "Toegang tot de jeugdhulp", size, "B"),
        *column(LINES, top=300),
    ]
    assert _headings(*texts) == ["Verordening", "HOOFDSTUK 2 Toegang tot de jeugdhulp"]


def test_an_article_above_plain_text_keeps_to_itself() -> None:
    texts = [Text(70, 60, "Verordening", 18, "B"), Text(70, 100, "Artikel 2", 10, "B"), *column([*LINES, END], top=116)]
    assert _headings(*texts) == ["Verordening", "Artikel 2"]


def test_two_titles_of_one_size_with_white_between_them_are_two() -> None:
    texts = [Text(70, 60, "Nota jeugd", 20, "B"), Text(70, 100, "1 Inleiding", 20, "B"), *column(LINES, top=130)]
    assert _headings(*texts) == ["Nota jeugd", "1 Inleiding"]


def test_letters_that_stand_apart_make_one_line() -> None:
    letters, left = [], 70.0
    for letter in "PLAN JEUGD":
        if letter != " ":
            letters.append(Text(left, 60, letter, 14, "B"))
        left += 16 if letter != " " else 10
    assert _headings(*letters, *column(LINES, top=100)) == ["PLAN JEUGD"]


def test_a_number_before_a_bold_title_belongs_to_the_heading() -> None:
    texts = [*column([*LINES, END]), Text(70, 250, "3."), Text(100, 250, "Ouder worden", 10, "B")]
    assert _headings(*texts, *column(LINES, left=100, top=262)) == ["3. Ouder worden"]


def test_a_dash_amid_a_sentence_opens_no_item() -> None:
    lines = [
        "De scholen zoeken met de ouders en de leerlingen naar een weg die in deze wijk past",
        "- rekening houdend met wat een kind kan en wil - zodat ieder kind mee kan doen hier.",
    ]
    kinds = [kind for kind, _ in told(pdf(Sheet(column([lines[0], *lines]))))]
    assert kinds == ["PARAGRAPH"]


def test_dashes_that_open_lines_are_items() -> None:
    lines = ["- ouders van kinderen die nog niet naar school gaan en thuis een andere taal spreken dan", "- scholen"]
    kinds = [kind for kind, _ in told(pdf(Sheet(column([*LINES, "Het gaat om:", *lines]))))]
    assert kinds == ["PARAGRAPH", "ITEM", "ITEM"]
