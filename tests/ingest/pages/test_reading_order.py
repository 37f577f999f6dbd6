"""Columns, also where they change within a page, spreads, rotated pages and text at an angle."""

from itertools import chain

from ingest.pdf import parse_pdf
from tests.ingest.pages.pdf_writer import Sheet, Text, column, pdf
from tests.ingest.pages.told import body, pages_of, told

LEFT = [f"Links staat regel {number} van de tekst in de eerste" for number in range(1, 9)]
RIGHT = [f"Rechts staat regel {number} van de tekst in de andere" for number in range(1, 9)]


def test_two_columns_are_read_one_after_the_other() -> None:
    rows = [text for pair in zip(column(LEFT), column(RIGHT, 320), strict=True) for text in pair]
    assert body(pdf(Sheet(rows))) == [" ".join([*LEFT, *RIGHT])]


def test_a_heading_over_both_columns_comes_first() -> None:
    heading = Text(70, 70, "Een kop die over de volle breedte van beide kolommen loopt", 18, "B")
    assert told(pdf(Sheet([*column(LEFT), *column(RIGHT, 320), heading]))) == [
        ("HEADING 1", heading.text),
        ("PARAGRAPH", " ".join([*LEFT, *RIGHT])),
    ]


def test_three_columns() -> None:
    columns = [[f"{name} regel {number} met tekst" for number in range(6)] for name in ("Eerste", "Tweede", "Derde")]
    texts = [text for place, lines in enumerate(columns) for text in column(lines, 50 + 175 * place)]
    assert " ".join(body(pdf(Sheet(sorted(texts, key=lambda text: text.baseline))))) == " ".join(chain(*columns))


def test_columns_that_change_within_a_page() -> None:
    wide = [
        f"Deze regel {number} loopt over de volle breedte van de bladzijde, van de ene kant tot de" for number in "ab"
    ]
    below = [
        f"Ook onderaan loopt regel {number} over de volle breedte van de bladzijde, tot aan de rand" for number in "ab"
    ]
    sheet = Sheet([*column(wide, top=60), *column(LEFT), *column(RIGHT, 320), *column(below, top=230)])
    assert " ".join(body(pdf(sheet))) == " ".join([*wide, *LEFT, *RIGHT, *below])


def test_a_box_beside_the_text_does_not_cut_through_it() -> None:
    text = [f"De lopende tekst van de brief gaat verder op regel {number} en" for number in range(12)]
    box = ["Datum", "1 maart 2024", "Kenmerk", "2024/15"]
    sheet = Sheet([*column(text), *column(box, left=450, size=8)])
    assert " ".join(body(pdf(sheet))) == " ".join([*text, *box])


def test_labels_stay_with_what_stands_beside_them() -> None:
    labels = [Text(70, 100, "Datum"), Text(70, 130, "Betreft"), Text(70, 175, "Kenmerk")]
    values = [
        Text(200, 100, "12 maart 2024 in het stadhuis"),
        *column(["Een voorstel over de opvang van kinderen in alle", "wijken van de gemeente"], 200, 130),
        Text(200, 175, "2024/15 van de afdeling jeugd"),
    ]
    assert body(pdf(Sheet([*labels, *values]))) == [
        "Datum 12 maart 2024 in het stadhuis",
        "Betreft Een voorstel over de opvang van kinderen in alle wijken van de gemeente",
        "Kenmerk 2024/15 van de afdeling jeugd",
    ]


def test_numbers_in_a_column_of_their_own_stay_with_their_text() -> None:
    texts = [
        text
        for number in range(1, 5)
        for text in (
            Text(70, 100 + 30 * number, f"{number}."),
            *column([f"Het college besluit over punt {number} van de", "agenda van vandaag."], 100, 100 + 30 * number),
        )
    ]
    assert told(pdf(Sheet(texts))) == [
        ("ITEM", f"{number}. Het college besluit over punt {number} van de agenda van vandaag.")
        for number in range(1, 5)
    ]


def test_a_rotated_page_is_read_upright_and_its_boxes_are_those_shown() -> None:
    upright = pdf(Sheet(column(LEFT)))
    turned = pdf(
        Sheet([Text(595 - text.baseline, text.left, text.text, matrix="0 -1 1 0") for text in column(LEFT)], rotate=270)
    )
    assert body(turned) == body(upright)
    one, two = parse_pdf("", upright), parse_pdf("", turned)
    assert two.boxes[0].bottom - two.boxes[0].top < 20 < two.boxes[0].right - two.boxes[0].left
    assert (one.boxes[0].right - one.boxes[0].left) == (two.boxes[0].right - two.boxes[0].left)


def test_a_page_whose_text_lies_on_its_side_is_turned_and_boxes_are_not() -> None:
    side = pdf(Sheet([Text(text.baseline, 842 - text.left, text.text, matrix="0 1 -1 0") for text in column(LEFT)]))
    source = parse_pdf("", side)
    assert body(side) == [" ".join(LEFT)]
    assert source.boxes[0].right - source.boxes[0].left < 20 < source.boxes[0].bottom - source.boxes[0].top
    assert source.boxes[0].left < 100 + 1


def test_text_at_an_angle_does_not_disturb_the_flow() -> None:
    stamp = Text(300, 180, "CONCEPT", 60, matrix="0.7 0.7 -0.7 0.7")
    margin = Text(20, 500, "Gemeente", 9, matrix="0 1 -1 0")
    assert body(pdf(Sheet([*column(LEFT[:4]), stamp, margin, *column(LEFT[4:], top=148)]))) == [
        " ".join(LEFT),
        "CONCEPT",
        "Gemeente",
    ]


def test_a_spread_is_read_page_by_page() -> None:
    def spread(number: int) -> Sheet:
        left = column(
            [f"Blad {number} begint met deze regel, die lang is en", f"slot van bladzijde {number}."], top=300
        )
        right = column(
            [f"Blad {number + 1} begint hoger met deze regel", f"en het slot van bladzijde {number + 1}."],
            left=700,
            top=200,
        )
        numbers = [Text(70, 800, str(number), 8), Text(1100, 800, str(number + 1), 8)]
        return Sheet([*left, *right, *numbers], size=(1190, 842))

    texts = body(pdf(*(spread(number) for number in (2, 4, 6))))
    assert [text[:6] for text in texts] == [f"Blad {number}" for number in range(2, 8)]


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    first = [*LEFT, "en onderaan de kolom wordt een woord afgebro-"]
    second = ["ken, zodat het in de andere kolom verder gaat met", *RIGHT]
    third = ["en op de volgende bladzijde loopt de zin nog altijd door.", "Dan is het klaar."]
    source = parse_pdf("", pdf(Sheet([*column(first), *column(second, 320)]), Sheet(column(third))))
    paragraph = source.elements[0]
    assert pages_of(source, paragraph) == [1, 2]
    assert source.text[paragraph.start : paragraph.end].split("\n")[:-1] == [*first, *second, *third]


def test_letters_that_stand_apart_are_words() -> None:
    spaced = [
        Text(70 + 14 * place + (40 if place > 5 else 0), 60, letter, 12, "B")
        for place, letter in enumerate("INHOUDVANDEZE")
    ]
    assert body(pdf(Sheet([*spaced, *column(LEFT)])))[0] == "INHOUD VANDEZE"


def test_text_drawn_twice_is_read_once() -> None:
    line = "Deze kop is twee keer getekend"
    assert body(pdf(Sheet([Text(70, 100, line), Text(70.3, 100.2, line)]))) == [line]
