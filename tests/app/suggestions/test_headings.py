"""Headings as something to ask: what is taken off, and which are left out."""

import pytest

from app.suggestions.headings import cleaned, headings_of
from corpus.document import SectionKind
from tests.app.suggestions.made import text_of


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("Hoofdstuk 5. Speerpunten voor de jeugd", "Speerpunten voor de jeugd"),
        ("HOOFDSTUK 3 OPVANG EN ONDERWIJS", "OPVANG EN ONDERWIJS"),
        ("1b. (Conflict)scheidingen", "Conflictscheidingen"),
        ("3b Voorschoolse voorzieningen", "Voorschoolse voorzieningen"),
        ("2.4.7.3 Fysieke en sociale omgeving", "Fysieke en sociale omgeving"),
        ("Thema 5: Psychische kwetsbaarheid", "Psychische kwetsbaarheid"),
        ("II. Wonen en zorg", "Wonen en zorg"),
        ("B Meedoen", "Meedoen"),
        ("• De transformatiewerkplaatsen⁴", "De transformatiewerkplaatsen"),
        ("20 koppels met kinderen", "20 koppels met kinderen"),
        ("Verzuim in het voortgezet (speciaal) onderwijs", "Verzuim in het voortgezet (speciaal) onderwijs"),
        ("Begroting Jeugd 2024-2027", "Begroting Jeugd 2024-2027"),
        ("Ondersteunings\u00adcontinuüm:", "Ondersteuningscontinuüm"),
    ],
)
def test_a_heading_is_shown_without_its_number(heading: str, shown: str) -> None:
    assert cleaned(heading) == shown


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "2024 – 2026",
        "ACTIE 13 We borgen M@zl in het voortgezet onderwijs.",
        "Tabel 3: Kosten van jeugdhulp",
        "Jongeren " * 12,
        "<script>alert('jeugd')</script>",
        "Jeugdhulp \u202epluhdguej",
        "Jeugd\u200bhulp",
        "Jeugd\x00hulp",
        "jeugd" * 2_000,
        "Wonen " + "x" * 60,
        "{{ 7*7 }} jeugd",
    ],
)
def test_what_could_not_be_asked_is_left_out(heading: str) -> None:
    assert cleaned(heading) == ""


def test_headings_of_contents_are_not_read_and_each_is_told_once() -> None:
    sections = text_of(("1. Jeugdhulp", ""), ("2. Jeugdhulp", ""), ("Wonen", "")).sections
    assert headings_of(sections) == ("Jeugdhulp", "Wonen")
    assert headings_of(text_of(("Jeugdhulp", ""), kind=SectionKind.CONTENTS).sections) == ()
