"""The fixed blocks of a note's topics, known by their return."""

import pytest

from ingest.lines import read_lines
from ingest.marks import find_marks
from ingest.recurring import find_recurring, without_bullet

BODY = "Wij werken samen met ouders en scholen aan een veilige wijk.\nDat blijven wij ook doen.\nAls het kan, nu al."


def recurring(text: str) -> list[str]:
    lines = read_lines(text, find_marks(text))
    return [lines[index].text for index in sorted(find_recurring(lines, ()))]


def topics(*blocks: str) -> str:
    return "\n".join(f"{block}\n{BODY}\n{BODY}" for _ in range(3) for block in blocks)


def test_blocks_under_every_topic_are_found_without_any_blank_line() -> None:
    assert recurring(topics("Doelen", "Welke doelgroep?")) == ["Doelen", "Welke doelgroep?"] * 3


def test_twice_is_not_enough() -> None:
    assert recurring("\n".join(f"Doelen\n{BODY}\n{BODY}" for _ in range(2))) == []


@pytest.mark.parametrize(
    "line", ["Structureel 12.500", "doelen", "Wij willen meer.", "Ja", "• Doelen", "Tabel met cijfers"]
)
def test_rows_sentences_and_items_are_no_titles(line: str) -> None:
    assert recurring(topics(line)) == []


def test_a_line_in_the_middle_of_a_sentence_is_no_title() -> None:
    text = "\n".join(
        f"{BODY}\nDe gemeente werkt aan\nGezond Opgroeien\nmet veel partners in de wijk." for _ in range(4)
    )
    assert "Gezond Opgroeien" not in recurring(text)


def test_labels_between_the_rows_of_a_table_are_no_titles() -> None:
    assert recurring(topics("Onderwijs\nStructureel 12.500 13.000\nIncidenteel 500 400")) == []


def test_lines_that_come_back_close_together_are_cells() -> None:
    assert recurring("In uitvoering\nWijkteam\n" * 6) == []


def test_three_titles_in_a_row_are_a_letterhead() -> None:
    assert recurring(topics("Rijksdienst voor\nOndernemend Nederland\nVergunningen en handhaving")) == []


def test_a_stray_bullet_before_a_title_does_not_hide_it() -> None:
    text = f"{topics('Wat doen we al?')}\n• Alles wat nodig is.\n• Wat doen we al?\nVeel, met alle scholen."
    assert recurring(text)[-1] == "• Wat doen we al?"


def test_a_list_of_questions_holds_no_titles() -> None:
    text = f"{topics('Wat doen we al?')}\n• Wat kost het?\n• Wat doen we al?\n\nDaarna volgt meer."
    assert recurring(text) == ["Wat doen we al?"] * 3


def test_a_bullet_is_taken_off() -> None:
    assert (without_bullet("• Doelen"), without_bullet("- Doelen"), without_bullet("Doelen")) == ("Doelen",) * 3


def test_a_field_with_its_value_is_no_title() -> None:
    assert recurring(topics("Type: collegebesluit")) == []
