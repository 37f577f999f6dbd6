"""Tables that ruled lines and filled boxes draw."""

from ingest.pages.find_tables import find_page_tables
from ingest.pages.page import Rule, Word
from tests.ingest.pages.drawn import across, box, lattice, only, page, prose, row, text, upright


def test_a_lattice_is_a_table_also_of_texts() -> None:
    words = []
    for number, (name, told) in enumerate(
        [("Doel", "Dekking van kosten"), ("Functie", "Bestedingsfunctie"), ("Duur", "Vier jaar")]
    ):
        words += [*text(name, 70, 112 + 20 * number), *text(told, 170, 112 + 20 * number)]
    assert only(words, lattice([60, 160, 400], [100, 120, 140, 160])) == [
        ["Doel", "Dekking van kosten"],
        ["Functie", "Bestedingsfunctie"],
        ["Duur", "Vier jaar"],
    ]


def test_a_cell_keeps_its_lines_in_the_order_of_reading() -> None:
    words = [
        *text("Toelichting", 70, 112),
        *text("De eerste regel", 170, 112),
        *text("en de tweede.", 170, 124),
        *text("Besluit", 70, 142),
        *text("Geen", 170, 142),
    ]
    (table,) = find_page_tables(page(words, lattice([60, 160, 400], [100, 130, 150])))
    assert [[each.text for each in line] for line in table.rows[0][1].lines] == [
        ["De", "eerste", "regel"],
        ["en", "de", "tweede."],
    ]


def test_rows_without_lines_between_them_are_parted_by_their_amounts() -> None:
    words = [
        *row("", ["Begroot", "Realisatie"], 112, bold=True),
        *row("Hondenbelasting", ["194", "209"], 132),
        *row("Baatbelasting", ["11", "10"], 147),
        *row("Precario", ["129", "190"], 162),
    ]
    rules = lattice([60, 240, 310, 390], [100, 120, 170])
    assert only(words, rules)[1:] == [
        ["Hondenbelasting", "194", "209"],
        ["Baatbelasting", "11", "10"],
        ["Precario", "129", "190"],
    ]


def test_columns_without_lines_between_them_are_parted_by_white() -> None:
    words, ys = [], [100.0, 120, 140, 160, 180]
    for number, name in enumerate(["Jeugd", "Wmo", "Sport", "Totaal"]):
        words += row(name, [f"1.{number}00", f"2.{number}00"], 112 + 20 * number)
    assert only(words, [across(y) for y in ys])[0] == ["Jeugd", "1.000", "2.000"]


def test_rows_with_a_filled_background_are_a_table() -> None:
    words: list[Word] = []
    rules: list[Rule] = []
    for number, name in enumerate(["Jeugd", "Wmo", "Sport", "Groen", "Totaal"]):
        words += row(name, [f"1.{number}00", f"2.{number}00"], 112 + 15 * number)
        rules += box(60, 101 + 15 * number, 480, 116 + 15 * number) if number % 2 else []
    assert [cells[0] for cells in only(words, rules)] == ["Jeugd", "Wmo", "Sport", "Groen", "Totaal"]


def test_headings_in_boxes_belong_to_the_amounts_below_them() -> None:
    words = [
        *row("", ["31-12-2023", "31-12-2022"], 100, bold=True),
        *row("Kas", ["7", "8"], 125),
        *row("Bank", ["99", "65"], 140),
        *row("Totaal", ["106", "73"], 155, bold=True),
    ]
    (table,) = find_page_tables(page(words, [*box(240, 90, 305, 106), *box(320, 90, 385, 106)]))
    assert (table.headers, len(table.rows)) == (1, 4)


def test_the_background_of_words_in_a_cell_parts_nothing() -> None:
    words = [
        *row("Naam", ["Bedrag", "Saldo"], 113, bold=True),
        *row("Jeugd", ["10", "20"], 133),
        *row("Wmo", ["5", "6"], 153),
    ]
    rules = lattice([60, 240, 310, 390], [100, 120, 140, 160])
    plain = only(words, rules)
    shaded = [rule for each in ((62, 242), (242, 308), (312, 388)) for rule in box(each[0], 104, each[1], 116)]
    assert only(words, [*rules, *shaded]) == plain


def test_a_cell_that_spans_columns_stands_in_the_first() -> None:
    words = [*text("Begroting 2023", 270, 113), *row("", ["Baten", "Lasten"], 133), *row("Jeugd", ["10", "20"], 153)]
    rules = [*lattice([60, 240, 390], [100, 120, 140, 160]), upright(310, 120, 160)]
    assert only(words, rules)[0] == ["", "Begroting 2023", ""]


def test_what_stands_centred_below_a_spanning_heading_stands_in_its_column() -> None:
    words = [
        *[*text("Begroting na", 286, 95), *text("Realisatie", 453, 95)],
        *[*text("wijziging 2023", 282, 107), *text("2023", 468, 107)],
        *row("", ["baten", "lasten", "baten", "lasten"], 123),
        *row("Jeugd", ["1.010", "2.010", "1.020", "2.020"], 143),
        *row("Wmo", ["3.010", "4.010", "3.020", "4.020"], 163),
    ]
    xs = [60, 240, 310, 390, 470, 550]
    rules = [*lattice(xs, [112, 130, 150, 170]), *lattice([60, 240, 390, 550], [85, 112]), across(100, 60, 550)]
    heads = only(words, rules)
    assert heads[0] == ["", "Begroting na", "", "Realisatie", ""]
    assert heads[1] == ["", "wijziging 2023", "", "2023", ""]


def test_a_table_goes_on_below_a_white_strip_without_headings() -> None:
    words = [*row("", ["Raming", "Saldo"], 113), *row("Jeugd", ["10", "20"], 133), *row("Wmo", ["5", "6"], 153)]
    words += [*text("Reserves", 70, 188), *row("Sport", ["7", "8"], 208), *row("Groen", ["9", "1"], 228)]
    xs = [60, 240, 310, 390]
    names = [
        cells[0] for cells in only(words, [*lattice(xs, [100, 120, 140, 160]), *lattice(xs, [175, 195, 215, 235])])
    ]
    assert names == ["", "Jeugd", "Wmo", "Reserves", "Sport", "Groen"]


def test_a_last_name_wrapped_below_its_amounts_is_whole() -> None:
    words = [
        *row("Erfpacht grond", ["101", "99"], 100),
        *row("Huur van de sporthal", ["15", "19"], 115),
        *row("Erfpacht en recht van opstal", ["61", "58"], 130),
        *text("parkeergelegenheden strand Wassenaarse", 70, 141),
        *text("Slag", 70, 152),
        *prose(70, 190, 3),
    ]
    assert only(words)[2] == ["Erfpacht en recht van opstal parkeergelegenheden strand Wassenaarse Slag", "61", "58"]
