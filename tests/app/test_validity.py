"""How documents stand on a day."""

from dataclasses import replace
from datetime import date

import pytest

from app.validity import Standings, Validity, validity_of
from corpus.document import Metadata
from corpus.stored import StoredDocument
from tests.app.fake_documents import documents

DAY = date(2026, 3, 1)
BASE = documents()["utrecht-samenvatting"]


def document(document_id: str, *replaces: str, **told: object) -> StoredDocument:
    metadata = replace(BASE.metadata, document_id=document_id, replaces=replaces, **told)  # type: ignore[arg-type]
    return replace(BASE, metadata=metadata)


def metadata(**told: object) -> Metadata:
    return document("nota", **told).metadata


@pytest.mark.parametrize(
    ("told", "validity"),
    [
        ({}, Validity.UNKNOWN),
        ({"status": "vastgesteld"}, Validity.UNKNOWN),
        ({"valid_from": date(2026, 3, 1)}, Validity.IN_FORCE),
        ({"valid_until": date(2026, 3, 1)}, Validity.IN_FORCE),
        ({"valid_from": date(2026, 3, 2)}, Validity.NOT_YET),
        ({"valid_until": date(2026, 2, 28)}, Validity.ENDED),
        ({"valid_from": date(2026, 3, 1), "valid_until": date(2026, 3, 1)}, Validity.IN_FORCE),
        ({"status": "concept"}, Validity.NOT_YET),
        ({"status": "concept", "valid_from": date(2020, 1, 1)}, Validity.NOT_YET),
        ({"status": "concept", "valid_until": date(2026, 2, 28)}, Validity.ENDED),
        ({"status": "vervallen"}, Validity.ENDED),
        ({"status": "ingetrokken", "valid_until": date(2020, 1, 1)}, Validity.WITHDRAWN),
    ],
)
def test_a_document_alone(told: dict[str, object], validity: Validity) -> None:
    assert validity_of(metadata(**told), DAY, replaced=False) is validity


@pytest.mark.parametrize(
    ("told", "validity"),
    [
        ({}, Validity.REPLACED),
        ({"valid_from": date(2020, 1, 1)}, Validity.REPLACED),
        ({"valid_until": date(2020, 1, 1)}, Validity.ENDED),
        ({"status": "ingetrokken"}, Validity.WITHDRAWN),
    ],
)
def test_a_document_whose_place_is_taken(told: dict[str, object], validity: Validity) -> None:
    assert validity_of(metadata(**told), DAY, replaced=True) is validity


@pytest.mark.parametrize(
    ("successor", "validity"),
    [
        ({}, Validity.REPLACED),
        ({"valid_from": date(2026, 3, 1)}, Validity.REPLACED),
        ({"valid_from": date(2026, 3, 2)}, Validity.UNKNOWN),
        ({"valid_until": date(2026, 2, 28)}, Validity.UNKNOWN),
        ({"status": "ingetrokken"}, Validity.UNKNOWN),
        ({"status": "concept"}, Validity.UNKNOWN),
    ],
)
def test_only_what_may_be_in_force_takes_a_place(successor: dict[str, object], validity: Validity) -> None:
    old, new = document("oud"), document("nieuw", "oud", **successor)
    standing = Standings([old, new], DAY).of(old)
    assert (standing.validity, standing.replaced_by) == (validity, ("nieuw",))


def test_it_is_replaced_from_the_first_day_of_its_successor() -> None:
    old, new = document("oud"), document("nieuw", "oud", valid_from=date(2026, 1, 1))
    assert Standings([old, new], date(2025, 12, 31)).of(old).validity is Validity.UNKNOWN
    assert Standings([old, new], date(2026, 1, 1)).of(old).validity is Validity.REPLACED
    assert Standings([old, new], DAY).of(new).replaced_by == ()


def test_a_chain_of_versions_ends_with_the_last() -> None:
    """The middle one has ended, which does not bring the first one back."""
    first, last = document("een"), document("drie", "twee")
    middle = document("twee", "een", valid_until=date(2024, 12, 31))
    standings = Standings([first, middle, last], DAY)
    assert [standings.of(each).validity for each in (first, middle, last)] == [
        Validity.REPLACED,
        Validity.ENDED,
        Validity.UNKNOWN,
    ]
    assert standings.of(first).replaced_by == ("twee",)


def test_documents_that_name_themselves_each_other_or_what_is_not_there_end_too() -> None:
    one, two, alone = document("een", "twee"), document("twee", "een"), document("zelf", "zelf", "elders")
    standings = Standings([one, two, alone], DAY)
    assert [standings.of(each).validity for each in (one, two)] == [Validity.REPLACED] * 2
    assert (standings.of(alone).validity, standings.of(alone).replaced_by) == (Validity.UNKNOWN, ())
