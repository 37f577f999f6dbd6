"""What the cells of a table are called: headings of columns and of groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.table_rows import cell_headings, count_headers, is_amount, is_value, is_year

PLAIN = [
    ["Taakveld", "Raming 2023", "Werkelijk 2023"],
    ["6.71 Wmo", "1.200", "1.350"],
    ["6.72 Jeugdhulp", "300", "-280"],
]
GROUPS = [
    ["(x € 1.000)", "Raming 2023", "Werkelijk 2023"],
    ["Lasten", "", ""],
    ["Taakveld 6.72 Jeugdhulp", "1.200", "1.350"],
    ["Baten", "", ""],
    ["Taakveld 6.72 Jeugdhulp", "20", "25"],
]
SPANNING = [
    ["Programma's", "Begroting 2023", "Begroting 2023", "Realisatie 2023", "Realisatie 2023"],
    ["", "Baten", "Lasten", "Baten", "Lasten"],
    ["Jeugd", "1", "20", "3", "40"],
    ["Wmo", "5", "60", "7", "80"],
]


@pytest.mark.parametrize(
    "text",
    """1|0|-1.234|− 5|1.234,56|€ 5|€5,-|(96.100)|8,5%|98,6 %|+ 5|1 234 567|€ 30,4 mln.|6,1% (2021)|>100|20-50|12.574 -|
    0,05**|,617""".replace("\n    ", "").split("|"),
)
def test_amounts(text: str) -> None:
    assert is_amount(text)
    assert is_value(text)


@pytest.mark.parametrize(
    "text", ["", "1.", "a", "12 juni", "6.72a", "31-12-2022", "31-12", "2.3.1 Kop", "1e kwartaal", "P1", "."]
)
def test_what_is_no_amount(text: str) -> None:
    assert not is_amount(text)


@pytest.mark.parametrize("text", ["-", "–", "n.v.t.", "N.v.t.", "p.m.", "PM", "nihil", "-/-", "€ -", "01.02 t/m 31.12"])
def test_what_stands_in_place_of_an_amount(text: str) -> None:
    assert is_value(text)
    assert not is_amount(text)


def test_years() -> None:
    assert all(map(is_year, ["2023", "1999", "(2021)", "2023*", "2022-2026", "2022/23"]))
    assert not any(map(is_year, ["2.023", "3023", "20231", "", "-2023"]))


def test_headings_of_columns_are_counted() -> None:
    assert count_headers(PLAIN) == 1
    assert count_headers(GROUPS) == 1
    assert count_headers(SPANNING) == 2


def test_years_above_amounts_are_headings() -> None:
    assert count_headers([["Kas", "2022", "2023"], ["Bank", "1", "2"], ["Giro", "3", "4"]]) == 1


def test_numbers_of_columns_are_headings() -> None:
    assert count_headers([["Kwartaal", "1", "2", "3"], ["Saldo", "98", "74", "79"], ["Dagen", "90", "91", "92"]]) == 1


def test_a_table_of_amounts_alone_has_no_headings() -> None:
    assert count_headers(PLAIN[1:]) == 0


def test_names_with_texts_beside_them_are_no_headings() -> None:
    rows = [["Doel", "Onderhoud"], ["Functie", "Besteding"], ["Duur", "4 jaar"], ["Stand", "€ 5"], ["Eind", "€ 6"]]
    assert count_headers(rows) == 0


def test_short_words_above_longer_texts_are_headings() -> None:
    long = "Alle bestemmingsplannen voldoen aan de verordening"
    assert (
        count_headers([["Gebied", "Oordeel", "Toelichting"], ["Financiën", "Geel", long], ["Archief", "Groen", long]])
        == 1
    )


def test_a_row_of_prose_is_no_heading() -> None:
    long = "uitgaven op de voet volgen en wordt de Raad indien nodig voorgesteld om de begroting bij te stellen"
    assert count_headers([["", long, ""], ["Jeugd", "risico", "500"], ["Wmo", "risico", "600"]]) == 0


@pytest.mark.parametrize("grid", [[], [[]], [[""]], [["", ""], ["", ""]]])
def test_a_table_of_nothing_has_no_headings(grid: list[list[str]]) -> None:
    assert count_headers(grid) == 0
    assert cell_headings(grid, 0) == grid


def test_an_amount_is_called_by_its_column_and_a_name_by_nothing() -> None:
    assert cell_headings(PLAIN, 1) == [
        ["", "", ""],
        ["", "Raming 2023", "Werkelijk 2023"],
        ["", "Raming 2023", "Werkelijk 2023"],
    ]


def test_without_headings_nothing_is_called() -> None:
    assert cell_headings(PLAIN[1:], 0) == [["", "", ""], ["", "", ""]]


def test_an_amount_is_called_by_its_group_and_unit_too() -> None:
    headings = cell_headings(GROUPS, 1)
    assert headings[1] == headings[3] == ["", "", ""]
    assert headings[2] == ["", "Lasten, Raming 2023 (x € 1.000)", "Lasten, Werkelijk 2023 (x € 1.000)"]
    assert headings[4] == ["", "Baten, Raming 2023 (x € 1.000)", "Baten, Werkelijk 2023 (x € 1.000)"]


def test_a_share_has_no_unit_of_money() -> None:
    rows = [["Bedragen x € 1.000", "2022", "2023"], ["Opbrengst", "50", "60"], ["Dekking", "98,6%", "97,1%"]]
    assert cell_headings(rows, 1)[2] == ["", "2022", "2023"]


def test_headings_that_span_columns_count_for_each() -> None:
    expected = ["", "Begroting 2023 Baten", "Begroting 2023 Lasten", "Realisatie 2023 Baten", "Realisatie 2023 Lasten"]
    assert cell_headings(SPANNING, 2)[2] == expected


def test_headings_that_stand_once_over_several_columns_count_for_each() -> None:
    once = [["Programma's", "Begroting 2023", "", "Realisatie 2023", ""], *SPANNING[1:]]
    assert cell_headings(once, 2) == cell_headings(SPANNING, 2)


def test_headings_on_several_lines_are_one() -> None:
    rows = [
        ["", "Boek-", "Inves-"],
        ["", "waarde", "tering"],
        ["", "2022", ""],
        ["Wegen", "5", "6"],
        ["Groen", "7", "8"],
    ]
    assert cell_headings(rows, 3)[3] == ["", "Boekwaarde 2022", "Investering"]


def test_a_heading_on_fewer_lines_takes_nothing_from_the_one_beside_it() -> None:
    rows = [
        ["", "Bedrag", "Gemiddeld"],
        ["", "31 december", ""],
        ["", "2023", "rente"],
        ["BNG", "99", "1,3"],
        ["A", "5", "2,0"],
    ]
    assert cell_headings(rows, 3)[3] == ["", "Bedrag 31 december 2023", "Gemiddeld rente"]


def test_the_name_of_a_row_is_its_first_text() -> None:
    rows = [["Nr.", "Omschrijving", "Bedrag"], ["1", "Nieuw subsidiebeleid", "10.000"], ["2", "Energietoeslag", "132"]]
    assert cell_headings(rows, 1)[1] == ["Nr.", "", "Bedrag"]


def test_a_row_of_numbers_alone_is_named_by_its_first() -> None:
    rows = [["Jaar", "Aantal", "Aandeel"], ["2015", "62.463", "12,1%"], ["2018", "67.273", "13,5%"]]
    assert cell_headings(rows, 1)[1] == ["", "Aantal", "Aandeel"]


def test_an_empty_cell_has_no_heading() -> None:
    assert cell_headings([PLAIN[0], ["Sport", "", "5"], *PLAIN[1:]], 1)[1] == ["", "", "Werkelijk 2023"]


def test_headings_that_come_back_name_the_group_below_them() -> None:
    rows = [
        ["Programma P1", "Begroting", "", "Realisatie", ""],
        ["Saldo", "Baten", "Lasten", "Baten", "Lasten"],
        ["1.1 Brandweer", "1", "20", "3", "40"],
        ["Programma P2", "Begroting", "", "Realisatie", ""],
        ["Saldo", "Baten", "Lasten", "Baten", "Lasten"],
        ["6.72 Jeugdhulp", "5", "60", "7", "80"],
        ["Reserves", "Onttrekking", "Toevoeging", "Onttrekking", "Toevoeging"],
        ["Sport", "9", "10", "11", "12"],
    ]
    headings = cell_headings(rows, 2)
    assert headings[2][4] == "Programma P1, Realisatie Lasten"
    assert headings[3] == headings[4] == headings[6] == [""] * 5
    assert headings[5][4] == "Programma P2, Realisatie Lasten"
    assert headings[7][4] == "Reserves, Realisatie Toevoeging"


def test_a_long_heading_is_cut_at_a_word_and_the_group_gives_way() -> None:
    column = "Begroting na wijziging van het jaar 2023 volgens de Najaarsnota van het college van Wassenaar"
    rows = [["", column, "Saldo"], ["Lasten", "", ""], ["Jeugd", "5", "6"], ["Wmo", "7", "8"]]
    heading = cell_headings(rows, 1)[2][1]
    assert len(heading) <= 80
    assert column.startswith(heading)
    assert column[len(heading)] == " "


def test_a_heading_is_on_one_line() -> None:
    assert cell_headings([["", "Raming\n2023", "Saldo"], *PLAIN[1:]], 1)[1][1] == "Raming 2023"


TEXTS = st.sampled_from(
    ["", "Jeugd", "Lasten", "x € 1.000", "1.200", "-", "2023", "n.v.t.", "Raming 2023", "lang " * 40, "1", "2"]
)
GRIDS = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), max_size=12))


@given(GRIDS, st.integers(0, 4))
def test_any_table_has_a_heading_for_every_cell(grid: list[list[str]], headers: int) -> None:
    assert 0 <= count_headers(grid) <= max(0, len(grid) - 1)
    headings = cell_headings(grid, min(headers, len(grid)))
    assert [len(row) for row in headings] == [len(row) for row in grid]
    for row, cells in zip(headings, grid, strict=True):
        assert all(len(heading) <= 80 and "\n" not in heading for heading in row)
        assert all(cell.strip() or not heading for heading, cell in zip(row, cells, strict=True))
        assert not any(cells) or "" in [heading for heading, cell in zip(row, cells, strict=True) if cell]
    assert not any(heading for row in headings[: min(headers, len(grid))] for heading in row)


def test_the_label_of_a_group_ends_with_its_total() -> None:
    grid = [
        ["Omschrijving", "Rekening 2022", "Rekening 2023"],
        ["Lasten", "", ""],
        ["Jeugdhulp", "10", "11"],
        ["Totaal lasten", "10", "11"],
        ["Resultaat", "1", "2"],
    ]
    assert [row[1] for row in cell_headings(grid, 1)][2:] == [
        "Lasten, Rekening 2022",
        "Lasten, Rekening 2022",
        "Rekening 2022",
    ]


def test_a_balance_belongs_to_neither_of_two_sides() -> None:
    grid = [["Naam", "2022", "2023"], ["Baten", "", ""], ["Rijk", "4", "5"], ["Saldo van lasten en baten", "1", "2"]]
    assert cell_headings(grid, 1)[3] == ["", "2022", "2023"]


def test_a_balance_within_a_programme_keeps_its_label() -> None:
    grid = [["Naam", "2022", "2023"], ["Bestuur", "", ""], ["Lasten", "4", "5"], ["Saldo", "1", "2"]]
    assert cell_headings(grid, 1)[3] == ["", "Bestuur, 2022", "Bestuur, 2023"]


def test_a_sum_without_a_name_ends_a_group() -> None:
    rows = [[f"Post {number}", "1", "2"] for number in range(8)]
    grid = [["Naam", "2022", "2023"], ["Rijk", "", ""], *rows, ["", "8", "16"], ["Overig", "3", "4"]]
    headings = cell_headings(grid, 1)
    assert headings[-2][2] == "Rijk, 2023"
    assert headings[-1] == ["", "2022", "2023"]
