"""Tables that no lines draw: wrapped names, headings over several columns, and texts under bold headings."""

from ingest.pages.find_tables import find_page_tables
from ingest.pages.page import Word
from tests.ingest.pages.drawn import across, ending, grid, only, page, prose, row, text

HEADS = ["Naam", "2022", "2023"]


def test_the_white_between_rows_tells_where_a_wrapped_name_ends() -> None:
    words = [*row("Naam", ["2022", "2023"], 100)]
    y = 116
    for name in (
        ["Omgevingsdienst"],
        ["Gezondheidsdienst", "Veilig Thuis", "Haaglanden"],
        ["Avalex"],
        ["Recreatieschap"],
        ["MRDH"],
        ["Bureau", "Jeugd"],
    ):
        words += row(name[0], ["10", "11"], y)
        for rest in name[1:]:
            y += 11
            words += text(rest, 70, y)
        y += 16
    assert only(words) == [
        ["Naam", "2022", "2023"],
        ["Omgevingsdienst", "10", "11"],
        ["Gezondheidsdienst Veilig Thuis Haaglanden", "10", "11"],
        ["Avalex", "10", "11"],
        ["Recreatieschap", "10", "11"],
        ["MRDH", "10", "11"],
        ["Bureau Jeugd", "10", "11"],
    ]


def test_the_label_of_a_group_close_to_its_first_row_stays_a_label() -> None:
    words = [*row("Naam", ["2022", "2023"], 100), *text("Belastingen:", 70, 116), *row("Ozb", ["1", "2"], 127)]
    words += [*row("Leges", ["3", "4"], 144), *row("Precario", ["5", "6"], 161)]
    assert only(words)[1:3] == [["Belastingen:", "", ""], ["Ozb", "1", "2"]]


def _account(heads: list[Word]) -> list[list[str]]:
    words = [*heads]
    for number, name in enumerate(["Bestuur", "Jeugd", "Wonen"]):
        words += text(name, 70, 130 + 14 * number)
        for column in range(6):
            words += ending(f"{number}{column}.500", 240 + 55 * column, 130 + 14 * number)
    for column in range(6):
        words += ending(("Lasten", "Baten", "Saldo")[column % 3], 240 + 55 * column, 116)
    return only(words)


def test_headings_in_the_middle_above_three_columns_stand_in_the_first_of_them() -> None:
    found = _account([*text("Begroting 2023", 240, 100), *text("Rekening 2023", 405, 100)])
    assert found[0] == ["", "Begroting 2023", "", "", "Rekening 2023", "", ""]


def test_headings_that_end_where_their_columns_do_stand_in_the_first_of_them() -> None:
    found = _account([*ending("Begroting 2023", 350, 100), *ending("Rekening 2023", 515, 100)])
    assert found[0] == ["", "Begroting 2023", "", "", "Rekening 2023", "", ""]


def test_headings_close_together_are_parted() -> None:
    words = [*text("Naam", 70, 100), *text("Rekening 2022", 200, 100), *text("Begroting 2023", 275, 100)]
    words += text("Rekening 2023", 353, 100)
    for number, name in enumerate(["Bestuur", "Jeugd", "Wonen"]):
        words += [*text(name, 70, 116 + 14 * number)]
        for right in (265, 345, 420):
            words += ending(f"{number}.500", right, 116 + 14 * number)
    assert only(words)[0] == ["Naam", "Rekening 2022", "Begroting 2023", "Rekening 2023"]


def test_headings_left_of_their_amounts_each_have_a_column() -> None:
    words = [*text("Naam", 70, 100), *text("2022", 280, 100), *text("2023", 375, 100)]
    for number, name in enumerate(["Bestuur", "Jeugd", "Wonen"]):
        words += [*text(name, 70, 116 + 14 * number), *ending("1.500", 372, 116 + 14 * number)]
        words += ending("2.500", 460, 116 + 14 * number)
    assert only(words)[0] == HEADS


def test_a_last_row_under_headings_that_come_back_is_a_table() -> None:
    heads = [
        word for column, name in enumerate(["2022", "2023", "2024"]) for word in ending(name, 300 + 80 * column, 60)
    ]
    words = [*text("Naam", 70, 60), *heads, *row("Totaal", ["1.000", "2.000", "3.000"], 76), *prose(70, 120, 6)]
    assert only(words) == [["Naam", "2022", "2023", "2024"], ["Totaal", "1.000", "2.000", "3.000"]]


ACTIONS = [
    (
        ["Brede school in elke", "wijk"],
        ["Elk kind vindt dicht bij huis een plek", "om te leren en te spelen"],
        ["Scholen"],
    ),
    (["Jeugdteam"], ["Ouders weten waar zij terecht kunnen", "met vragen over opvoeden"], ["Gemeente"]),
    (["Sportpas voor ieder", "kind"], ["Meer kinderen sporten bij een", "vereniging"], ["GGD"]),
]


def _actions(top: float) -> list[Word]:
    words = [
        word
        for left, name in zip((70, 190, 420), ("Actie", "Resultaat", "Wie"), strict=True)
        for word in text(name, left, top, True)
    ]
    y = top + 18
    for cells in ACTIONS:
        for left, lines in zip((70, 190, 420), cells, strict=True):
            for number, line in enumerate(lines):
                words += text(line, left, y + 11 * number)
        y += 11 * max(map(len, cells)) + 6
    return words


def test_texts_under_bold_headings_are_a_table() -> None:
    (table,) = find_page_tables(page([*prose(70, 60, 4), *_actions(140), *prose(70, 300, 5)]))
    assert table.headers == 1
    assert grid(table) == [["Actie", "Resultaat", "Wie"], *([" ".join(cell) for cell in row] for row in ACTIONS)]


def test_prose_in_three_columns_under_bold_headings_is_no_table() -> None:
    words: list[Word] = []
    for left in (60, 230, 400):
        words += [*text("Kopje hier", left, 100, True), *prose(left, 118, 30, 5)]
    assert find_page_tables(page(words)) == []


def test_amounts_beside_names_in_a_table_without_upright_lines_are_a_column() -> None:
    words: list[Word] = []
    for number, (name, amount) in enumerate(
        [("GGD Haaglanden", "€ 576.929"), ("Omgevingsdienst", "€ 601.332"), ("Avalex", "€ 84.208")]
    ):
        y = 100 + 60 * number
        words += [*text(name, 30, y), *text(amount, 140, y + 4), *prose(240, y - 8, 4, 8)]
    rules = [across(80 + 60 * number, 20, 560) for number in range(4)]
    found = only(words, rules)
    assert [row[:2] for row in found] == [
        ["GGD Haaglanden", "€ 576.929"],
        ["Omgevingsdienst", "€ 601.332"],
        ["Avalex", "€ 84.208"],
    ]


def test_amounts_under_bold_headings_keep_their_own_rows() -> None:
    words = [
        word
        for left, name in zip((70, 240, 330), ("Naam", "2022", "2023"), strict=True)
        for word in text(name, left, 100, True)
    ]
    for number, name in enumerate(["Jeugd", "Wonen", "Sport", "Zorg", "Werk", "Natuur"]):
        words += [
            *text(name, 70, 118 + 14 * number + number // 2 * 5),
            *text("1.500", 240, 118 + 14 * number + number // 2 * 5),
        ]
        words += text("2.500", 330, 118 + 14 * number + number // 2 * 5)
    assert [cells[0] for cells in only(words)] == ["Naam", "Jeugd", "Wonen", "Sport", "Zorg", "Werk", "Natuur"]
