"""What is special in the notes of the product: tables of money, pages read across their columns, lead-ins."""

import pytest

from ingest.lead_in import find_lead_in
from tests.ingest.test_shipped_notes import ALL, AMSTELVEEN, APELDOORN, BELEIDSKADER, note, passages


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        (AMSTELVEEN, "Begroting Jeugd en Onderwijs 2024-2027", "31.792.600 31.682.400 26.139.600 26.227.600"),
        (AMSTELVEEN, "Begroting Jeugd en Onderwijs uitgesplitst naar taakveld 2024", "Totaal onderwijs 3.610.200"),
        (AMSTELVEEN, "Claims Perspectiefnota 2025 in tabelvorm", "Totaal 160 735 675 615"),
        (AMSTELVEEN, "Speerpunt 1: Preventie\n\nDekking", "zie claim 1 P-nota I - 150 150 150"),
        (AMSTELVEEN, "Speerpunt 2: Zorg voor de kwetsbaarste kinderen\n\nDekking", "claim 3 P-nota S 20 80 80 80"),
        (BELEIDSKADER, "PROGRAMMA REKENING 2019", "Programma 2.1 Sociaal Domein lasten en baten (bron"),
        (BELEIDSKADER, "Begroting 2021 Raming 2022", "Programma 3.2 Onderwijs en Jeugd - deel"),
    ],
)
def test_a_table_of_money_is_one_passage_from_caption_to_total(name: str, first: str, last: str) -> None:
    (found,) = [passage for passage in passages(name) if first in passage.quote]
    assert last in found.quote


def test_only_the_pages_of_apeldoorn_that_were_read_across_are_damaged() -> None:
    damaged = {passage.section for name in ALL for passage in passages(name) if passage.problem}
    chapter = "HOOFDSTUK 4 SAMEN IN DE WIJK"
    assert damaged == {(chapter, "Wat zien we?"), (chapter, "Wat doen we al?")}
    for section in damaged:
        assert all(passage.problem for passage in passages(APELDOORN) if passage.section == section)
    assert [len(note(name).problems) for name in ALL] == [1 if name == APELDOORN else 0 for name in ALL]


@pytest.mark.parametrize(
    ("name", "passage", "lead_in"),
    [
        (AMSTELVEEN, "• Er zal sprake zijn van", "Wat betekent dit voor de gemeente Amstelveen:"),
        (AMSTELVEEN, "• Opstellen van een zorgstructuur", "met daarin de volgende onderdelen:"),
        (BELEIDSKADER, "- ondersteuning te bieden aan", "Wij nemen hierin onze verantwoordelijkheid door"),
    ],
)
def test_an_item_of_a_note_has_its_lead_in(name: str, passage: str, lead_in: str) -> None:
    document = note(name)
    found = find_lead_in(document.text, document.sections, document.text.index(passage))
    assert found is not None
    assert found.quote == document.text[found.start : found.end]
    assert found.quote.endswith(lead_in)
