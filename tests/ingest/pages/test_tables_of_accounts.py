"""The tables of Wassenaar's accounts of 2023."""

from itertools import pairwise
from pathlib import Path

import pytest

from ingest.pages.find_tables import find_page_tables
from ingest.pages.page import Page
from ingest.pages.pdfium import read_leaves
from tests.ingest.pages.drawn import grid

ACCOUNTS = Path(__file__).parents[4] / "shared" / "documents" / "pdf" / "wassenaar_jaarstukken_2023.pdf"


@pytest.fixture(scope="module")
def accounts() -> dict[int, Page]:
    if not ACCOUNTS.exists():
        pytest.skip("../shared with Wassenaar's accounts is not here")
    leaves = read_leaves(ACCOUNTS.name, ACCOUNTS.read_bytes())
    return {leaf.page.number: leaf.page for leaf in leaves if leaf}


def test_the_accounts_tell_what_every_field_of_work_cost(accounts: dict[int, Page]) -> None:
    (table,) = find_page_tables(accounts[170])
    rows = {cells[0]: cells[1:] for cells in grid(table)}
    assert table.headers == 2
    assert grid(table)[0] == [
        "Programma:P1 Veiligheid en handhaving",
        *("Begroting primair 2023", "", ""),
        *("Begroting na wijziging 2023", "", ""),
        *("Realisatie 2023", "", ""),
    ]
    assert rows["Saldo van baten en lasten per taakveld"] == ["Baten", "Lasten", "Saldo"] * 3
    assert rows["6.72a Jeugdhulp begeleiding"] == [
        *("0", "-626.500", "-626.500"),
        *("0", "-996.500", "-996.500"),
        *("0", "-1.015.255", "-1.015.255"),
    ]


@pytest.mark.parametrize(
    ("number", "shapes"),
    [
        (12, [(18, 4, 1)]),
        (14, [(12, 4, 1)]),
        (18, [(16, 10, 3)]),
        (37, [(8, 5, 2), (11, 5, 4)]),
        (110, [(5, 5, 1), (10, 6, 1)]),
        (144, [(7, 5, 2), (4, 6, 2), (5, 6, 2), (6, 3, 1)]),
        (147, [(19, 5, 2), (14, 3, 1)]),
        (148, [(20, 6, 2)]),
    ],
)
def test_tables_of_the_accounts_have_their_rows_and_columns(
    accounts: dict[int, Page], number: int, shapes: list[tuple[int, int, int]]
) -> None:
    tables = find_page_tables(accounts[number])
    assert [(len(table.rows), len(table.rows[0]), table.headers) for table in tables] == shapes


@pytest.mark.parametrize("number", [1, 4, 5, 7, 11, 13, 22, 31, 39, 45, 60, 75, 88, 120, 133, 136])
def test_pages_of_the_accounts_without_tables_have_none(accounts: dict[int, Page], number: int) -> None:
    assert find_page_tables(accounts[number]) == []


def test_tables_are_found_from_top_to_bottom(accounts: dict[int, Page]) -> None:
    for each in accounts.values():
        assert all(above.top <= below.top for above, below in pairwise(find_page_tables(each)))
