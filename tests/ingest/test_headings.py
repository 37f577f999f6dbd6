"""Headings found by their form and by their shape, and the tree they make."""

import pytest

from corpus.document import Section, SectionKind
from ingest.clean import clean
from ingest.heading_form import Rank, heading_form, is_row, series_number
from ingest.source_text import SourceText
from ingest.structure import find_sections

BODY = "Wij werken samen met ouders en scholen aan een veilige wijk, en dat blijven wij de komende jaren ook doen."


def sections(text: str) -> tuple[Section, ...]:
    return find_sections(clean(SourceText(text, (), None, None, None, "test", ())))


def paths(text: str) -> list[tuple[str, ...]]:
    return [section.path for section in sections(text)]


@pytest.mark.parametrize(
    ("line", "rank"),
    [
        ("Hoofdstuk 5. Speerpunten", Rank.CHAPTER),
        ("HOOFDSTUK 2", Rank.CHAPTER),
        ("BIJLAGE 1", Rank.CHAPTER),
        ("Thema 3: Ontwikkelen & opgroeien", Rank.THEME),
        ("Speerpunt 3 Stimuleren kansengelijkheid", Rank.THEME),
        ("Artikel 14. Herziening en terugvordering", Rank.ARTICLE),
        ("1.2 Maatschappelijke effecten", Rank.CHAPTER + 5),
        ("2.4.7.1 Zorg en Veiligheid", Rank.CHAPTER + 15),
        ("1b. (Conflict)scheidingen", Rank.LETTERED),
        ("2a De veiligheidsketen", Rank.LETTERED),
        ("ACTIE 7", Rank.INNER),
    ],
)
def test_a_heading_shows_its_rank_by_its_form(line: str, rank: int) -> None:
    form = heading_form(line)
    assert form is not None
    assert form.rank == rank


@pytest.mark.parametrize(
    "line",
    [
        "Hoofdstuk 6 gaat over bedrijfsvoering en samenwerking met anderen.",
        "hoofdstuk 5 onder speerpunt 2",
        "1.2 miljoen euro is nodig",
        "2.200 jeugdigen gebruiken jeugdhulp",
        "2.1.1 Basisinfrastructuur -12.345 -13.998",
        "4 scholen van start met M@zl",
        "Ambitie 2030",
        "Actie is nodig",
    ],
)
def test_a_line_of_text_is_no_heading(line: str) -> None:
    assert heading_form(line) is None


def test_a_numbered_line_can_head_a_series() -> None:
    assert series_number("3. Wijkgericht werken") == 3
    assert series_number("3 Investeren in preventie") == 3
    assert series_number("3 jongeren kregen hulp") is None


def test_a_row_of_amounts_is_known() -> None:
    assert is_row("Structureel 28.579.300 29.107.100")
    assert is_row("Regio 49%")
    assert not is_row("Begroting Jeugd en Onderwijs 2024-2027")
    assert not is_row("Dit is ongeveer 6% van het geheel.")


def test_numbers_make_a_tree() -> None:
    first = f"1 Onze doelen\n\n1.1 De stad\n\n{BODY}\n\n1.2 Effecten\n\n{BODY}\n\nA Gezond\n\n{BODY}"
    text = f"{first}\n\n2 Onze aanpak\n\n2.1 Werkwijze\n\n{BODY}"
    assert paths(text) == [
        ("1 Onze doelen", "1.1 De stad"),
        ("1 Onze doelen", "1.2 Effecten"),
        ("1 Onze doelen", "1.2 Effecten", "A Gezond"),
        ("2 Onze aanpak", "2.1 Werkwijze"),
    ]


def test_a_bare_label_takes_its_title_from_the_next_lines() -> None:
    text = f"HOOFDSTUK 2\nTHUIS\n\nWat zien we?\n\n{BODY}\n\nACTIE 1\nWe starten met\nwandelen.\n{BODY}"
    assert paths(text) == [
        ("HOOFDSTUK 2 THUIS", "Wat zien we?"),
        ("HOOFDSTUK 2 THUIS", "ACTIE 1 We starten met wandelen."),
    ]


def test_a_bare_label_does_not_swallow_the_paragraph_under_it() -> None:
    assert paths(f"Artikel 1.1\n\n{BODY}\n\nArtikel 1.2\n\n{BODY}") == [("Artikel 1.1",), ("Artikel 1.2",)]


def test_a_heading_without_text_goes_with_the_heading_below_it() -> None:
    text = f"Hoofdstuk 1. Visie\n\n1a. Gezondheid\n\n{BODY}"
    (section,) = sections(text)
    assert section.path == ("Hoofdstuk 1. Visie", "1a. Gezondheid")
    assert (section.start, section.heading_end) == (0, len("Hoofdstuk 1. Visie\n\n1a. Gezondheid"))


def test_a_short_line_above_text_is_a_heading_and_a_row_of_labels_is_not() -> None:
    text = f"Een sterke basis\n\n{BODY}\n\nVeiligheid\n\nPreventie\n\nAanbod\n\nIedereen\n\n{BODY}"
    assert paths(text) == [("Een sterke basis",)]


def test_a_line_that_leads_in_a_list_is_no_heading() -> None:
    text = f"{BODY}\n\nMet respect voor\n\n- eigenheid;\n- gelijkheid.\n\nMet als doel\n\n- gelijke kansen te maken."
    assert paths(text) == [()]


def test_markdown_headings_nest_by_their_depth() -> None:
    text = f"# Nota\n\n## Ambitie\n\n{BODY}\n\n### Wonen\n\n{BODY}\n\n## Context\n\n{BODY}"
    assert paths(text) == [("Nota", "Ambitie"), ("Nota", "Ambitie", "Wonen"), ("Nota", "Context")]


def test_a_list_of_contents_is_set_apart_and_its_titles_stand_high() -> None:
    contents = "Inhoud\n\nToekomst\t6\nSamen werken\t26"
    text = f"{contents}\n\nToekomst\n\nWijken\n\n{BODY}\n\nDorpen\n\n{BODY}\n\nSamen werken\n\n{BODY}"
    found = [(section.path, section.kind) for section in sections(text)]
    assert found == [
        ((), SectionKind.CONTENTS),
        (("Toekomst", "Wijken"), SectionKind.BODY),
        (("Toekomst", "Dorpen"), SectionKind.BODY),
        (("Samen werken",), SectionKind.BODY),
    ]


def test_footnotes_and_the_closing_address_are_set_apart() -> None:
    text = (
        f"Inleiding\n\nVolgens onderzoek1 en cijfers2 gaat het goed.\n\n{BODY}\n\n1 Onderzoek van het NJi, 2021.\n"
        f"2 Cijfers van het CBS, 2022.\n\nSlot\n\n{BODY}\n\n\n\nGemeente Amersfoort\n\nPostbus 4000\n3800 EA Amersfoort"
    )
    assert [section.kind for section in sections(text)] == [
        SectionKind.BODY,
        SectionKind.FOOTNOTES,
        SectionKind.BODY,
        SectionKind.COLOPHON,
    ]


def test_a_sentence_that_begins_with_a_number_is_no_footnote() -> None:
    text = f"Onderzoek1 wijst uit dat het helpt.\nIn de stad werken\n1 of meer mensen aan de wijk.\n\n{BODY}"
    assert [section.kind for section in sections(text)] == [SectionKind.BODY]
