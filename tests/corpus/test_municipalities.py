"""The CBS list, and how a municipality is found in it."""

import csv
from pathlib import Path

import pytest

from corpus.document import Municipality
from corpus.errors import UsageError
from corpus.municipalities import load_municipalities

SHARED = Path(__file__).parents[2].parent / "shared"


def test_has_every_municipality_of_the_cbs_list() -> None:
    source = SHARED / "reference" / "cbs_85755NED_gemeenten_2026.csv"
    if not source.is_file():
        pytest.skip("the CBS list itself is not beside this checkout")
    with source.open(encoding="utf-8-sig", newline="") as rows:
        expected = {(row["RegioS"].strip(), row["Naam_2"].strip()) for row in csv.DictReader(rows, delimiter=";")}
    assert {(municipality.code, municipality.name) for municipality in load_municipalities()} == expected


def test_there_are_342_of_them_in_the_order_of_their_names() -> None:
    names = [municipality.name for municipality in load_municipalities()]
    assert len(names) == len(load_municipalities()) == 342
    assert names.index("'s-Gravenhage") < names.index("Aa en Hunze") < names.index("Súdwest-Fryslân") < len(names) - 1


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("GM0362", "Amstelveen"),
        ("gm0362", "Amstelveen"),
        ("  amstelveen ", "Amstelveen"),
        ("UTRECHT", "Utrecht"),
        ("Sudwest-Fryslan", "Súdwest-Fryslân"),
        ("’s-gravenhage", "'s-Gravenhage"),
        ("Den Haag", "'s-Gravenhage"),
        ("den  bosch", "'s-Hertogenbosch"),
        ("Hengelo", "Hengelo (O.)"),
        ("Hengelo (O.)", "Hengelo (O.)"),
    ],
)
def test_is_found_by_code_or_name(value: str, name: str) -> None:
    assert load_municipalities().find(value).name == name


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("Amstelven", "bedoelde u Amstelveen (GM0362)?"),
        ("Bergen", "bedoelde u Bergen (L.) (GM0893) of Bergen (NH.) (GM0373)?"),
        ("GM9999", "geef een naam of GM-code"),
        ("Qqqqqq", "geef een naam of GM-code"),
        ("", "geef een naam of GM-code"),
    ],
)
def test_an_unknown_one_is_named_with_what_may_be_meant(value: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        load_municipalities().find(value)
    assert repr(value) in str(raised.value)
    assert hint in str(raised.value)


def test_codes_and_names_of_the_start() -> None:
    assert load_municipalities().find("Apeldoorn") == Municipality("GM0200", "Apeldoorn")
    assert load_municipalities().get("Atlantis") is None
