"""Passages to statements."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.aspects.statement import StatementKind, find_statements
from corpus.document import SectionKind
from tests.app.aspects.made import passage


def test_sentences_of_a_paragraph() -> None:
    found = find_statements(passage("We starten in 2025. De kosten zijn o.a. voor huur; dat is veel.", start=100))
    assert [each.text for each in found] == ["We starten in 2025.", "De kosten zijn o.a. voor huur; dat is veel."]
    assert [(each.start, each.end) for each in found] == [(100, 119), (120, 163)]


def test_items_lose_their_bullet_and_keep_their_lead_in() -> None:
    found = find_statements(
        passage("In 2025 gaan we:\n• Onderzoeken of het kan;\n- Een loket openen.\nDaarna kijken we verder.")
    )
    assert [(each.text, each.kind, each.lead_in) for each in found] == [
        ("In 2025 gaan we:", StatementKind.SENTENCE, None),
        ("Onderzoeken of het kan;", StatementKind.ITEM, "In 2025 gaan we:"),
        ("Een loket openen.", StatementKind.ITEM, "In 2025 gaan we:"),
        ("Daarna kijken we verder.", StatementKind.SENTENCE, None),
    ]


def test_lead_in_from_the_passage_before() -> None:
    found = find_statements(passage("• Een loket openen.\nVerder niets nieuws."), "In 2025 gaan we:")
    assert [each.lead_in for each in found] == ["In 2025 gaan we:", None]


def test_headings_are_left_out_unless_they_are_sentences() -> None:
    quote = "Doelen\nWat willen we bereiken?\n\nMinder armoede onder kinderen."
    found = find_statements(passage(quote, section=("Armoede", "Doelen", "Wat willen we bereiken?")))
    assert [each.text for each in found] == ["Minder armoede onder kinderen."]
    assert found[0].headings == ("Armoede", "Doelen", "Wat willen we bereiken?")

    heading = "ACTIE 2 Vanaf 2024 starten we met een loket."
    found = find_statements(passage(heading + "\n\nDaar is behoefte aan.", section=("Wat gaan we doen?", heading)))
    assert [(each.text, each.kind, each.headings) for each in found] == [
        (heading, StatementKind.HEADING, ("Wat gaan we doen?",)),
        ("Daar is behoefte aan.", StatementKind.SENTENCE, ("Wat gaan we doen?", heading)),
    ]


def test_heading_over_two_lines() -> None:
    found = find_statements(passage("HOOFDSTUK 1\nINLEIDING\nDit is het plan.", section=("HOOFDSTUK 1 INLEIDING",)))
    assert [each.text for each in found] == ["Dit is het plan."]


def test_line_without_its_heading_is_no_heading() -> None:
    found = find_statements(passage("Wat willen we bereiken met dit alles samen", section=("Iets anders",)))
    assert [each.kind for each in found] == [StatementKind.SENTENCE]


def test_row_is_one_statement() -> None:
    row = "- Jeugdhulp. Totaal | Begroting 2023: 100.000 | Realisatie 2023: 90.000"
    assert [(each.text, each.kind) for each in find_statements(passage(row))] == [(row, StatementKind.ROW)]


def test_line_that_goes_on_is_one_with_the_line_above() -> None:
    quote = "• Projectleider: in 2024 €30.000, €120.000\n\n(2025) en €60.000 (2026).\n\nDit is alles bij elkaar."
    assert [each.text for each in find_statements(passage(quote))] == [
        "Projectleider: in 2024 €30.000, €120.000\n\n(2025) en €60.000 (2026).",
        "Dit is alles bij elkaar.",
    ]


def test_footnotes_and_fragments_are_none() -> None:
    assert find_statements(passage("1 Zie het rapport.", kind=SectionKind.FOOTNOTES)) == []
    assert find_statements(passage("38%\nJongens\n2024")) == []


_PIECES = st.sampled_from(
    "We willen dat kinderen meedoen.|• Een loket openen;|- iets|\n|\n\n|€ 1.000 |a | | | Naam | Kop: 3 |één|😀|1. |:|"
    "Actie 1 |Doelen\n|ACTIE 2 We starten met een groep voor ouders.".split("|")
)


@given(st.lists(_PIECES, max_size=30).map("".join), st.integers(0, 1000), st.lists(_PIECES, max_size=3))
def test_every_statement_is_a_substring_of_its_passage(quote: str, start: int, section: list[str]) -> None:
    made = passage(quote, section=tuple(section), start=start)
    found = find_statements(made, "Lead-in:")
    for each in found:
        assert quote[each.start - start : each.end - start] == each.text
        assert each.text.strip() == each.text != ""
    assert all(one.end <= two.start for one, two in pairwise(found))
