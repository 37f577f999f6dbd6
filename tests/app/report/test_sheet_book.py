"""Workbooks: the limits of Excel are kept without losing a row, and dates are dates."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.report.sheet.book import CHARACTERS, Book, Cell, Column, Table

MADE_AT = datetime(2026, 3, 1, 22, 15, tzinfo=UTC)


def first_value(cell: Cell) -> object:
    book = Book("Titel", MADE_AT).add(Table("Blad", (Column("kolom", 20),), [[cell]]))
    return load_workbook(io.BytesIO(book.content()))["Blad"]["A2"].value


@pytest.mark.parametrize("sign", ["w", "\U0001f600", "é"])
def test_a_text_that_a_cell_cannot_hold_is_cut_with_a_remark(sign: str) -> None:
    value = first_value(sign * 40_000)
    assert isinstance(value, str)
    assert len(value.encode("utf-16-le")) // 2 <= CHARACTERS
    assert value.endswith(f"{sign} … (ingekort)")
    assert value.startswith(sign * 16_000)


def test_a_text_that_just_fits_is_whole() -> None:
    assert first_value("w" * CHARACTERS) == "w" * CHARACTERS


def test_rows_that_do_not_fit_go_on_on_another_sheet() -> None:
    table = Table("Blad", (Column("kolom", 20),), [[number] for number in range(5)])
    book = load_workbook(io.BytesIO(Book("Titel", MADE_AT).add(table, most=2).content()))
    found = {sheet.title: [row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    assert found == {"Blad": ["kolom", 0, 1], "Blad (2)": ["kolom", 2, 3], "Blad (3)": ["kolom", 4]}


def test_an_empty_table_still_has_its_header() -> None:
    book = Book("Titel", MADE_AT).add(Table("Blad", (Column("kolom", 20),), []))
    sheet = load_workbook(io.BytesIO(book.content()))["Blad"]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["kolom"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (date(2024, 1, 31), datetime(2024, 1, 31)),
        (date(1813, 11, 30), "1813-11-30"),
        (datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 3, 1, 21, 30)),
        (0.97, 0.97),
        (12, 12),
        (None, None),
        ("2024-01-31", "2024-01-31"),
    ],
)
def test_dates_and_numbers_are_no_texts_and_texts_no_dates(cell: Cell, value: object) -> None:
    assert first_value(cell) == value


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@\t\r\n'_x0D<r></r>&"), min_size=1))
def test_any_text_comes_back_from_its_cell(text: str) -> None:
    book = Book(text, MADE_AT).add(Table("Blad", (Column("kolom", 20),), [[text]]))
    archive = zipfile.ZipFile(io.BytesIO(book.content()))
    shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    held = ["".join(each.itertext()) for each in shared]
    assert text in [re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match.group(1), 16)), each) for each in held]
    for name in archive.namelist():
        ElementTree.fromstring(archive.read(name))
