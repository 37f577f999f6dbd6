"""A list item brings the line that introduces its list."""

import pytest

from corpus.document import Section, SectionKind
from ingest.lead_in import LeadIn, find_lead_in

SENTENCE = "Wij werken samen met ouders en scholen aan een veilige wijk."


def lead_in(text: str, passage: str, heading: str = "") -> str | None:
    """The lead-in of the passage that begins with these words; `heading` opens the only section."""
    sections = [Section(("Kop",), SectionKind.BODY, 0, len(heading), len(text))]
    found = find_lead_in(text, sections, text.index(passage))
    assert found is None or found.quote == text[found.start : found.end]
    return None if found is None else found.quote


def test_the_line_above_the_list() -> None:
    text = f"{SENTENCE}\n\nIn 2025 gaan we:\n\n- ouders helpen;\n- scholen steunen;\n- meten."
    assert lead_in(text, "- scholen") == "In 2025 gaan we:"


def test_a_list_far_above() -> None:
    items = "\n".join(f"• meer aandacht voor onderwerp {number} in elke wijk van de stad;" for number in range(60))
    text = f"Wij kiezen voor:\n\n{items}\n• en voor rust."
    assert text.index("• en voor rust") > 3000
    assert lead_in(text, "• en voor rust") == "Wij kiezen voor:"


def test_only_the_last_sentence_of_a_paragraph() -> None:
    text = f"{SENTENCE} Dat doen we, o.a. door:\n\n- te meten;\n- te leren."
    assert lead_in(text, "- te leren") == "Dat doen we, o.a. door:"


def test_a_sentence_with_a_full_stop_introduces_too() -> None:
    text = f"{SENTENCE} Er zijn drie opgaven.\n\n1. Wonen.\n2. Leren.\n3. Werken."
    assert lead_in(text, "2. Leren") == "Er zijn drie opgaven."


def test_an_open_line_introduces() -> None:
    assert lead_in(f"{SENTENCE}\n\nMet respect voor\n\n- eigenheid;\n- rust.", "- rust") == "Met respect voor"


def test_an_item_introduces_the_list_within_it() -> None:
    text = "Wij gaan:\n\n• een plan maken met:\n• doelen;\n• middelen.\n"
    assert lead_in(text, "• middelen") == "een plan maken met:"
    assert lead_in(text, "• een plan") == "Wij gaan:"


def test_after_a_list_within_comes_the_outer_lead_in() -> None:
    text = "Wij gaan:\n\n• een plan maken met:\na. doelen;\nb. middelen.\n• meten."
    assert lead_in(text, "b. middelen") == "een plan maken met:"
    assert lead_in(text, "• meten") == "Wij gaan:"


def test_a_paragraph_that_goes_on_with_an_item_introduces_nothing() -> None:
    text = "Wij gaan:\n\n• ouders helpen.\n\nDat doen we in de wijk.\n\n• meten."
    assert lead_in(text, "• meten") == "Wij gaan:"


def test_a_paragraph_between_two_lists_under_a_heading_introduces_the_second() -> None:
    text = "Aanpak\n\n• helpen.\n\nVoor heel de stad is er meer.\n\n• meten."
    assert lead_in(text, "• meten", "Aanpak") == "Voor heel de stad is er meer."
    assert lead_in(text.replace("meer.", "meer;"), "• meten", "Aanpak") is None


def test_a_passage_that_begins_within_an_item() -> None:
    text = "Wij gaan:\n\n- ouders helpen. Dat is nodig in elke wijk.\n- meten."
    assert lead_in(text, "Dat is nodig") == "Wij gaan:"


@pytest.mark.parametrize(
    ("text", "passage", "heading"),
    [
        (f"{SENTENCE}\n\n{SENTENCE}", "Wij werken", ""),
        ("Wij gaan:\n\n- ouders helpen;\n- meten.", "Wij gaan", ""),
        (f"{SENTENCE}\n\nWij gaan:\n\n- meten.", "Wij gaan", ""),
        ("Wat gaan we doen?\n\n- ouders helpen;\n- meten.", "- meten", "Wat gaan we doen?"),
        ("- ouders helpen;\n- meten.", "- meten", ""),
        ("1. Wonen\n\nWij bouwen.", "1. Wonen", "1. Wonen"),
    ],
    ids=[
        "no list",
        "its own lead-in",
        "its own lead-in after text",
        "a heading",
        "nothing above",
        "a numbered heading",
    ],
)
def test_there_is_none(text: str, passage: str, heading: str) -> None:
    assert lead_in(text, passage, heading) is None


def test_a_list_goes_on_after_footnotes_and_not_over_a_heading() -> None:
    text = "Wij gaan:\n- helpen;\n1 Zie de nota.\n- meten;\nSlot\n- klaar."
    at = text.index
    sections = [
        Section(("A",), SectionKind.BODY, 0, 0, at("1 Zie")),
        Section(("A",), SectionKind.FOOTNOTES, at("1 Zie"), at("1 Zie"), at("- meten")),
        Section(("A",), SectionKind.BODY, at("- meten"), at("- meten"), at("Slot")),
        Section(("A", "Slot"), SectionKind.BODY, at("Slot"), at("- klaar") - 1, len(text)),
    ]
    assert find_lead_in(text, sections, at("- meten")) == LeadIn(0, 9, "Wij gaan:")
    assert find_lead_in(text, sections, at("- klaar")) is None
