"""What only looks like a table."""

import pytest

from ingest.pages.find_tables import find_page_tables
from tests.ingest.pages.drawn import across, box, ending, lattice, page, prose, text, word


def test_one_column_of_prose_is_no_table() -> None:
    assert find_page_tables(page(prose(70, 100, 30))) == []


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_of_prose_are_no_table(columns: int) -> None:
    words = [each for column in range(columns) for each in prose(40 + 180 * column, 100, 40, words=5)]
    assert find_page_tables(page(words)) == []


def test_prose_with_amounts_is_no_table() -> None:
    lines = [
        "Het budget bedroeg in 2023 € 75.000 en dat is 5% meer",
        "dan de 71.400 van een jaar eerder, in 2022.",
        "Er bleef € 3.200 over.",
    ]
    assert (
        find_page_tables(
            page([each for number in range(12) for each in text(lines[number % 3], 70, 100 + 12 * number)])
        )
        == []
    )


@pytest.mark.parametrize("leader", ["", " ............"])
def test_a_list_of_contents_is_no_table(leader: str) -> None:
    titles = ["Voorwoord", "Leeswijzer", "Jaarverslag", "Paragrafen", "Jaarrekening", "Bijlagen"]
    words = []
    for number, title in enumerate(titles):
        words += [*text(title + leader, 70, 100 + 14 * number), *ending(str(5 + 17 * number), 500, 100 + 14 * number)]
    assert find_page_tables(page(words)) == []


def test_contents_in_two_columns_are_no_table() -> None:
    words = []
    for number in range(8):
        for column in (0, 1):
            words += text(f"Hoofdstuk van {column}", 70 + 250 * column, 100 + 14 * number)
            words += ending(str(5 + 9 * number + 80 * column), 250 + 250 * column, 100 + 14 * number)
    assert find_page_tables(page(words)) == []


@pytest.mark.parametrize("sign", ["•", "-", "1.", "a."])
def test_a_list_with_hanging_signs_is_no_table(sign: str) -> None:
    words = []
    for number in range(8):
        words += [word(sign, 70, 100 + 24 * number), *text("een punt dat op twee regels", 95, 100 + 24 * number)]
        words += text("staat, zoals vaak", 95, 112 + 24 * number)
    assert find_page_tables(page(words)) == []
    assert find_page_tables(page(words, box(60, 80, 500, 320))) == []


def test_an_address_and_what_a_letter_opens_with_are_no_table() -> None:
    lines = ["Gemeente Wassenaar", "Postbus 499", "2240 AL Wassenaar", "T 070 512 22 22"]
    words = [each for number, line in enumerate(lines) for each in text(line, 70, 100 + 12 * number)]
    for number, (name, told) in enumerate([("Datum", "12 juni 2023"), ("Kenmerk", "Z/24/084857"), ("Bijlagen", "2")]):
        words += [*text(name, 70, 200 + 12 * number), *text(told, 160, 200 + 12 * number)]
    assert find_page_tables(page(words)) == []


def test_a_title_page_and_signatures_are_no_table() -> None:
    words = [*text("Jaarstukken 2023", 200, 300), *text("De griffier,", 70, 600), *text("De voorzitter,", 330, 600)]
    words += [*text("J. Jansen", 70, 660), *text("P. Pietersen", 330, 660)]
    assert find_page_tables(page(words)) == []


def test_a_box_around_prose_is_no_table() -> None:
    assert find_page_tables(page(prose(70, 120, 6), box(60, 100, 500, 190))) == []
    assert find_page_tables(page(prose(70, 120, 6), [*box(60, 100, 500, 190), *box(30, 30, 560, 800)])) == []


def test_boxes_below_one_another_are_no_table() -> None:
    words = [*prose(70, 120, 2), *prose(70, 160, 2), *prose(70, 200, 2)]
    assert find_page_tables(page(words, lattice([60, 500], [105, 145, 185, 220]))) == []


def test_numbers_scattered_in_a_chart_are_no_table() -> None:
    words = [word(str(value), 60, 500 - 3 * value) for value in range(0, 100, 10)]
    words += [word(str(year), 100 + 60 * number, 520) for number, year in enumerate(range(2015, 2022))]
    words += [word(f"{37 * number % 90}%", 104 + 60 * number, 480 - 37 * number % 90 * 3) for number in range(7)]
    rules = [across(500 - 30 * number, 90, 500) for number in range(10)]
    assert find_page_tables(page(words, rules)) == []


def test_a_line_under_a_word_draws_no_table() -> None:
    assert find_page_tables(page(prose(70, 100, 10), [across(102 + 24 * number, 70, 200) for number in range(5)])) == []
