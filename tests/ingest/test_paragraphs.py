"""Which lines run on in one paragraph, and what is dropped on the way."""

import pytest

from corpus.document import Change
from ingest.clean import clean
from ingest.source_text import SourceText


def cleaned(text: str) -> str:
    return clean(SourceText(text, "test")).text


def dropped(text: str) -> list[tuple[Change | None, str]]:
    stretches = clean(SourceText(text, "test")).stretches
    return [(s.change, text[s.source_start : s.source_end]) for s in stretches if s.change is not None]


WRAPPED = """De gemeente is er ook voor de jongste inwoners en zij wil
graag dat zij veilig en gezond opgroeien in de stad, in de
wijk en op school. Het gaat gelukkig goed met de meesten.

Landelijk neemt het gebruik van zorg toe. Die toename is
ook hier te zien.
"""


def test_wrapped_lines_become_one_paragraph_each() -> None:
    assert cleaned(WRAPPED).split("\n\n") == [
        "De gemeente is er ook voor de jongste inwoners en zij wil graag dat zij veilig en gezond opgroeien in de "
        "stad, in de wijk en op school. Het gaat gelukkig goed met de meesten.",
        "Landelijk neemt het gebruik van zorg toe. Die toename is ook hier te zien.",
    ]


def test_blank_lines_inside_a_sentence_are_no_paragraph_ends() -> None:
    lines = WRAPPED.replace("\n\n", "\n").splitlines()
    assert cleaned(" \n\n".join(lines)).count("\n") <= 2
    assert "zij wil graag dat zij veilig" in cleaned(" \n\n".join(lines))


def test_a_sentence_goes_on_over_a_page_end() -> None:
    text = f"{'De wijk is van ons allemaal. ' * 8}Daar werkt ieder\n\n\n\nkind aan zijn toekomst."
    assert "Daar werkt ieder kind aan zijn toekomst." in cleaned(text)


def test_paragraphs_and_list_items_keep_lines_of_their_own() -> None:
    text = "Onze doelen zijn:\n\n• minder wachttijd voor\nkinderen;\n• meer steun.\n\nWe beginnen in 2025."
    assert (
        cleaned(text) == "Onze doelen zijn:\n\n• minder wachttijd voor kinderen;\n• meer steun.\n\nWe beginnen in 2025."
    )


def test_an_abbreviation_at_a_line_end_ends_no_sentence() -> None:
    assert cleaned("Er zijn afspraken gemaakt t.a.v.\nde begeleiding van kinderen.").count("\n") == 0


def test_rows_of_a_table_stay_rows() -> None:
    text = "Totale begroting 35.402.800 35.389.600\nIncidenteel 6.823.500 6.282.500\nStructureel 28.579.300 29.107.100"
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("dirty", "clean_text", "reason"),
    [
        ("\ufeffBeste lezer, welkom.", "Beste lezer, welkom.", Change.BYTE_ORDER_MARK),
        ("1 \ufffdJeugdige is een term.", "1 Jeugdige is een term.", Change.REPLACEMENT_CHARACTER),
        ("wel\u200bkom in de wijk.", "welkom in de wijk.", Change.CONTROL_CHARACTER),
        ("wel\u202ekom in de wijk.", "welkom in de wijk.", Change.CONTROL_CHARACTER),
        ("be\u00adleid in de wijk.", "beleid in de wijk.", Change.HYPHEN),
        ("de \ufb01nanciën zijn op orde.", "de financiën zijn op orde.", Change.LIGATURE),
        ("veel   ruimte\there.", "veel ruimte here.", Change.WHITE_SPACE),
        ("dit is **vet** gezet.", "dit is vet gezet.", Change.MARKUP),
        ("lees [het akkoord](#) hier.", "lees het akkoord hier.", Change.MARKUP),
        ("lees [over so \\(en vso\\)](#) hier.", "lees over so (en vso) hier.", Change.MARKUP),
    ],
)
def test_what_reads_badly_goes_with_its_reason(dirty: str, clean_text: str, reason: Change) -> None:
    assert cleaned(dirty) == clean_text
    assert reason in {change for change, _ in dropped(dirty)}


def test_a_lone_asterisk_is_no_markup() -> None:
    text = "De raad heeft moties en amendementen* ingediend en 2024* is het jaar."
    assert cleaned(text) == text


def test_running_headers_with_a_changing_number_go() -> None:
    pages = [
        f"Dit is de tekst van bladzijde {'abcdef'[n]} van de nota.\n" * 9 + f"\n{n + 2} Actieplan preventie\n\n"
        for n in range(5)
    ]
    text = cleaned("".join(pages))
    assert "Actieplan preventie" not in text
    assert "Dit is de tekst van bladzijde e" in text


def test_a_running_header_without_a_number_goes_and_a_heading_that_comes_back_stays() -> None:
    pages = [f"Nota jeugd\n\nWat doen we al?\n\nIn wijk {name} doen we veel samen met anderen." for name in "abcde"]
    text = cleaned("\f".join(pages))
    assert text.count("Wat doen we al?") == 5
    assert "Nota jeugd" not in text
