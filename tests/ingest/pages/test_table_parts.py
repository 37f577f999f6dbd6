"""Tables over pages: their parts found again by columns, headings and place."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.pages.find_tables import find_page_tables
from ingest.pages.page import Word
from ingest.pages.page_table import PageTable
from ingest.pages.pdfium import read_leaves
from ingest.pages.table_parts import joined
from tests.ingest.pages.drawn import grid, page, row

ACCOUNTS = Path(__file__).parents[4] / "shared" / "documents" / "pdf" / "wassenaar_jaarstukken_2023.pdf"
NAMES = ["Jeugd", "Wmo", "Sport", "Groen", "Wegen", "Riool"]


def table(
    number: int,
    top: float,
    rows: int,
    headings: Sequence[str] = (),
    shift: float = 0,
    columns: int = 2,
    pitch: float = 15,
) -> PageTable:
    """A table on page `number` whose first line stands at `top`."""
    words: list[Word] = []
    if headings:
        words += row("", headings, top, bold=True)
        top += pitch
    for index in range(rows):
        values = [f"{1 + index}.{column}0{number}" for column in range(columns)]
        words += row(NAMES[index % len(NAMES)], values, top + pitch * index)
    moved = [
        Word(w.text, w.left + shift, w.top, w.right + shift, w.bottom, w.baseline, 9, w.bold, False) for w in words
    ]
    (found,) = find_page_tables(page(moved, number=number))
    return found


HEADINGS = ["Raming", "Werkelijk"]


def test_a_table_that_goes_on_without_headings_is_one() -> None:
    first, second = table(1, 500, 16, HEADINGS), table(2, 80, 5)
    assert joined([first, second]) == [[first, second]]
    assert second.headers == 0


def test_a_table_that_repeats_its_headings_is_one() -> None:
    first, second = table(1, 500, 16, HEADINGS), table(2, 80, 5, HEADINGS)
    assert joined([first, second]) == [[first, second]]
    assert second.headers == 1


def test_a_table_over_three_pages_is_one() -> None:
    parts = [table(1, 500, 16, HEADINGS), table(2, 80, 44), table(3, 80, 6)]
    assert joined(parts) == [parts]


def test_parts_are_the_objects_that_came_in() -> None:
    first, second = table(1, 500, 16, HEADINGS), table(2, 80, 5)
    (whole,) = joined([first, second])
    assert whole[0] is first
    assert whole[1] is second


def test_other_headings_open_another_table() -> None:
    first, second = table(1, 500, 16, HEADINGS), table(2, 80, 5, ["Begin", "Eind"])
    assert joined([first, second]) == [[first], [second]]


@pytest.mark.parametrize("shift", [60, -30])
def test_columns_in_other_places_are_another_table(shift: float) -> None:
    first, second = table(1, 500, 16, HEADINGS), table(2, 80, 5, shift=shift)
    assert joined([first, second]) == [[first], [second]]


def test_more_columns_are_another_table() -> None:
    first, second = table(1, 500, 16, HEADINGS), table(2, 80, 5, columns=3)
    assert joined([first, second]) == [[first], [second]]


def test_a_page_between_parts_two_tables() -> None:
    first, second = table(1, 500, 16, HEADINGS), table(3, 80, 5)
    assert joined([first, second]) == [[first], [second]]


def test_a_table_that_ends_far_from_the_foot_of_its_page_ends_there() -> None:
    long, first, second = table(1, 80, 44, HEADINGS), table(3, 80, 10, HEADINGS), table(4, 80, 5)
    assert joined([long, first, second]) == [[long], [first], [second]]


def test_a_table_that_begins_far_below_the_head_of_its_page_begins_there() -> None:
    first, second = table(1, 80, 44, HEADINGS), table(2, 300, 5)
    assert joined([first, second]) == [[first], [second]]


def test_tables_on_one_page_are_not_joined() -> None:
    first, second = table(1, 80, 5, HEADINGS), table(1, 600, 10)
    assert joined([first, second]) == [[first], [second]]


def test_no_tables_are_no_parts() -> None:
    assert joined([]) == []


def test_every_table_is_in_one_list_and_in_order() -> None:
    tables = [table(1, 500, 16, HEADINGS), table(2, 80, 5), table(2, 500, 16, HEADINGS), table(3, 80, 44)]
    assert [part for whole in joined(tables) for part in whole] == tables


def test_tables_of_the_accounts_go_on_over_pages() -> None:
    if not ACCOUNTS.exists():
        pytest.skip("../shared with Wassenaar's accounts is not here")
    leaves = read_leaves(ACCOUNTS.name, ACCOUNTS.read_bytes())
    tables = [found for leaf in leaves if leaf for found in find_page_tables(leaf.page)]
    pages = [[part.page for part in whole] for whole in joined(tables) if len(whole) > 1]
    assert [80, 81, 82] in pages
    assert [95, 96, 97, 98, 99, 100] in pages
    assert [162, 163] in pages
    assert [170, 171] in pages
    assert [193, 194] in pages
    assert not any({9, 10} <= set(each) or {141, 142} <= set(each) or {17, 18} <= set(each) for each in pages)
    (fields,) = [whole for whole in joined(tables) if whole[0].page == 170]
    assert grid(fields[1])[0][0] == "0.2 Burgerzaken"
    assert fields[1].headers == 0
