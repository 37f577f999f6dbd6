"""Tables that the alignment of their amounts shows."""

import pytest

from ingest.pages.find_tables import find_page_tables
from ingest.pages.page import Word
from tests.ingest.pages.drawn import ending, grid, only, page, prose, row, text, word

LASTEN = [
    *row("", ["Raming", "Werkelijk"], 100, bold=True),
    *row("", ["2023", "2023"], 115, bold=True),
    *row("Jeugdhulp", ["1.200", "1.350"], 130),
    *row("Maatschappelijke opvang", ["300", "-280"], 145),
    *row("Onderwijs", ["85", "(90)"], 160),
    *row("Totaal lasten", ["1.585", "1.160"], 175, bold=True),
]


def test_amounts_in_columns_are_a_table_with_their_headings() -> None:
    (table,) = find_page_tables(page(LASTEN))
    assert table.headers == 2
    assert grid(table)[0] == ["", "Raming", "Werkelijk"]
    assert grid(table)[2:] == [
        ["Jeugdhulp", "1.200", "1.350"],
        ["Maatschappelijke opvang", "300", "-280"],
        ["Onderwijs", "85", "(90)"],
        ["Totaal lasten", "1.585", "1.160"],
    ]


def test_the_box_of_a_table_goes_around_its_words() -> None:
    (table,) = find_page_tables(page([*prose(70, 40, 2), *LASTEN, *prose(70, 300, 3)]))
    assert (table.left, table.top, table.right, table.bottom) == (70, 93, 380, 177)


def test_prose_around_a_table_stays_outside_it() -> None:
    assert len(only([*prose(70, 60, 2), *LASTEN, *prose(70, 190, 4)])) == 6


def test_a_table_is_found_on_a_wide_page() -> None:
    shifted = [Word(w.text, w.left + 300, w.top, w.right + 300, w.bottom, w.baseline, 9, w.bold, False) for w in LASTEN]
    assert len(only(shifted, wide=True)) == 6


def test_two_tables_below_one_another_are_two() -> None:
    second = [
        Word(w.text, w.left, w.top + 200, w.right, w.bottom + 200, w.baseline + 200, 9, w.bold, False) for w in LASTEN
    ]
    first, last = find_page_tables(page([*LASTEN, *prose(70, 220, 3), *second]))
    assert grid(first) == grid(last)
    assert first.bottom < last.top


def test_a_second_table_right_below_keeps_its_own_headings() -> None:
    words = [
        *row("", ["2022", "2023"], 100, bold=True),
        *row("Kosten", ["1.000", "1.100"], 115),
        *row("Baten", ["900", "950"], 130),
        *row("Saldo", ["-100", "-150"], 145),
        *text("Reserves", 70, 180, bold=True),
        *row("", ["begin jaar", "eind jaar"], 195, bold=True),
        *row("Algemeen", ["40", "50"], 210),
        *row("Sport", ["8", "12"], 225),
        *row("Totaal", ["48", "62"], 240),
    ]
    first, last = find_page_tables(page(words))
    assert (first.headers, last.headers) == (1, 1)
    assert grid(last)[0][1:] == ["begin jaar", "eind jaar"]


def test_a_name_wrapped_above_its_amounts_is_one_cell() -> None:
    words = [
        *row("Bruggen", ["103", "99"], 100),
        *row("Groen", ["1.551", "1.539"], 115),
        *text("Grond-, weg- en", 70, 130),
        *row("waterbouwkundige werken", ["428", "385"], 142),
        *row("Totaal", ["2.082", "2.023"], 157),
    ]
    assert only(words)[2] == ["Grond-, weg- en waterbouwkundige werken", "428", "385"]


def test_a_name_wrapped_below_its_amounts_is_one_cell() -> None:
    words = [
        *row("Erfpacht grond tussen de laan en", ["101", "99"], 100),
        *text("Katwijkseweg", 70, 111),
        *row("Groen", ["1.551", "1.539"], 127),
        *row("Spelen", ["201", "194"], 143),
    ]
    assert only(words)[0] == ["Erfpacht grond tussen de laan en Katwijkseweg", "101", "99"]


def test_labels_of_groups_are_rows_of_their_own() -> None:
    words = [
        *row("", ["2022", "2023"], 85, bold=True),
        *text("Lasten", 70, 100),
        *row("Jeugd", ["10", "11"], 115),
        *row("Wmo", ["20", "21"], 130),
        *text("Baten", 70, 145),
        *row("Rijk", ["25", "26"], 160),
    ]
    assert [cells[0] for cells in only(words)] == ["", "Lasten", "Jeugd", "Wmo", "Baten", "Rijk"]


def test_empty_cells_stay_empty() -> None:
    words = [
        *row("Jeugd", ["10", "11", "12"], 100),
        *[*text("Wmo", 70, 115), *ending("20", 460, 115)],
        *row("Sport", ["25", "26", "1"], 130),
        *row("Totaal", ["35", "37", "33"], 145),
    ]
    assert only(words)[1] == ["Wmo", "", "", "20"]


def test_a_total_without_a_name_is_a_row() -> None:
    words = [
        *row("Jeugd", ["10", "11"], 100),
        *row("Wmo", ["20", "21"], 115),
        *row("", ["30", "32"], 130),
        *row("Baten", ["9", "9"], 145),
    ]
    assert only(words)[2] == ["", "30", "32"]


def test_a_currency_in_a_column_of_its_own_stays_with_its_amount() -> None:
    words = []
    for number, (name, amount) in enumerate([("Rente", "8.264"), ("Baten", "574"), ("Saldo", "7.690")]):
        words += [*text(name, 70, 100 + 15 * number), word("€", 250, 100 + 15 * number)]
        words += ending(amount, 300, 100 + 15 * number)
    assert only(words) == [["Rente", "€ 8.264"], ["Baten", "€ 574"], ["Saldo", "€ 7.690"]]


def test_a_currency_glued_to_its_amount_is_an_amount() -> None:
    words = [*row("Rente", ["€8.264"], 100), *row("Baten", ["€574"], 115), *row("Saldo", ["€7.690"], 130)]
    assert [cells[1] for cells in only(words)] == ["€8.264", "€574", "€7.690"]


def test_a_sign_behind_an_amount_stays_with_it() -> None:
    words = []
    for number, amount in enumerate(["8.264", "12.574", "310"]):
        words += [*text("Post", 70, 100 + 15 * number), *ending(amount, 300, 100 + 15 * number)]
        words += [word("-", 306, 100 + 15 * number)]
    assert only(words)[1] == ["Post", "12.574 -"]


def test_a_heading_over_several_columns_stands_in_the_first_of_them() -> None:
    words = [
        *text("Begroting 2023", 262, 85, bold=True),
        *text("Realisatie 2023", 422, 85, bold=True),
        *row("", ["Baten", "Lasten", "Baten", "Lasten"], 100, bold=True),
        *row("Jeugd", ["1.010", "2.010", "1.020", "2.020"], 115),
        *row("Wmo", ["3.010", "4.010", "3.020", "4.020"], 130),
        *row("Sport", ["5.010", "6.010", "5.020", "6.020"], 145),
    ]
    assert only(words)[0] == ["", "Begroting 2023", "", "Realisatie 2023", ""]


def beside_prose(left: float, prose_left: float) -> list[Word]:
    """A table of which the names begin at `left`, beside a column of prose."""
    words = prose(prose_left, 100, 40, words=5)
    for number, name in enumerate(["Jeugd", "Wmo", "Sport", "Totaal"]):
        words += [*text(name, left, 148 + 12 * number), *ending(f"1.{number}00", left + 170, 148 + 12 * number)]
    for number in [*range(4), *range(9, 30)]:
        words += text("de gemeente helpt elk kind dat", left, 100 + 12 * number)
    return words


@pytest.mark.parametrize(("left", "prose_left"), [(320, 60), (60, 320)])
def test_a_table_beside_a_column_of_prose_is_found_without_it(left: float, prose_left: float) -> None:
    assert only(beside_prose(left, prose_left)) == [
        ["Jeugd", "1.000"],
        ["Wmo", "1.100"],
        ["Sport", "1.200"],
        ["Totaal", "1.300"],
    ]
