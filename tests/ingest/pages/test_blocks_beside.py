"""Blocks of text beside one another: letterheads, labels in the margin, and headings above columns."""

from tests.ingest.pages.pdf_writer import Sheet, Text, column, pdf
from tests.ingest.pages.told import body, told

LEFT = [f"Links staat op regel {number} dat ouders en kinderen" for number in range(12)]
RIGHT = [f"Rechts staat op regel {number} dat scholen en wijken" for number in range(12)]
TEXT = [f"De gemeente werkt op regel {number} aan een veilige wijk" for number in range(12)]


def test_an_address_and_a_letterhead_beside_it_stay_apart() -> None:
    address = ["Aan de raad", "Plein 1", "1234 AB Dorp", "per post"]
    head = ["Gemeente Dorp", "Stadhuis 2", "Postbus 100", "1234 AA Dorp", "info@dorp.nl"]
    texts = [*column(address, top=80, size=11), *column(head, left=400, top=77, size=8), *column(TEXT, top=200)]
    said = " ".join(body(pdf(Sheet(texts))))
    assert " ".join(address) in said
    assert " ".join(head) in said


def test_a_heading_over_two_lines_above_columns_stays_whole() -> None:
    texts = [
        Text(60, 60, "Hoofdstuk 2 Extra inzet voor de ondersteuning en de", 18, "B"),
        Text(60, 82, "versterking van groepen", 18, "B"),
        *column(LEFT, left=60, top=120),
        *column(RIGHT, left=330, top=120),
    ]
    found = told(pdf(Sheet(texts), Sheet(column(TEXT))))
    title = "Hoofdstuk 2 Extra inzet voor de ondersteuning en de versterking van groepen"
    assert found[0] == ("HEADING 1", title)
    assert found[1][1].startswith("Links")


def test_bold_labels_in_the_margin_stand_before_the_text_beside_them() -> None:
    texts = [
        Text(60, 100, "Toegang", 9, "B"),
        *column(TEXT, left=200),
        Text(60, 244, "Preventie", 9, "B"),
        Text(60, 255, "in de wijk", 9, "B"),
        *column(RIGHT, left=200, top=244),
    ]
    said = " ".join(body(pdf(Sheet(texts))))
    assert said.index("Toegang") < said.index("regel 0") < said.index("regel 11 aan")
    assert said.index("regel 11 aan") < said.index("Preventie in de wijk") < said.index("Rechts staat op regel 0")


def test_two_short_columns_in_which_a_word_is_broken_are_columns() -> None:
    texts = [
        Text(60, 60, "vorm te geven. Dit om de voor-"),
        Text(60, 72, "zieningen hier af te bouwen en"),
        Text(330, 60, "ambulante hulp in de eigen wijk"),
        Text(330, 72, "op te zetten."),
    ]
    said = " ".join(body(pdf(Sheet(texts))))
    assert "bouwen en ambulante hulp in de eigen wijk op te zetten." in said
