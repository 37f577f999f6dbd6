"""Headings found by their form and by their shape, and the tree they make."""

import pytest

from corpus.document import Section, SectionKind
from ingest.clean import clean
from ingest.heading_form import Rank, heading_form, is_row, series_number
from ingest.source_text import SourceText
from ingest.structure import find_sections

BODY = "Wij werken samen met ouders en scholen aan een veilige wijk, en dat blijven wij de komende jaren ook doen."


def sections(text: str) -> tuple[Section, ...]:
    return find_sections(clean(SourceText(text, "test")))


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


def test_a_title_in_two_lines_that_was_cut_after_its_colon() -> None:
    text = f"{BODY}\n\nGezinnen waar onveiligheid speelt:\nIHV13w\n\n{BODY}"
    assert paths(text) == [(), ("Gezinnen waar onveiligheid speelt: IHV13w",)]


def test_a_title_that_is_glued_to_its_paragraph() -> None:
    body = "wij zijn er voor de ouders en\nvoor al hun kinderen, ook in\nde dorpen en in de buurten.\n" * 2
    first = f"Sterke basis in elke wijk\nWe werken met scholen samen en\n{body}"
    second = f"Samen in de eigen buurt\nIn de wijk zijn er mensen en\n{body}"
    text = f"Beste lezer, voor u ligt dit en\n{body}{first}{second}"
    assert paths(text) == [(), ("Sterke basis in elke wijk",), ("Samen in de eigen buurt",)]


def test_a_name_with_a_small_word_opens_no_sentence() -> None:
    lines = [
        "Wij steunen de schakelklas op",
        "Het Hofpark, een school voor",
        "kinderen met vragen uit de stad",
        "en de wijk.",
    ]
    text = "\n".join(lines)
    assert paths(text) == [()]
    assert "schakelklas op Het Hofpark, een" in clean(SourceText(text, "test")).text


def test_letters_of_one_number_stand_side_by_side() -> None:
    text = (
        f"1 Normen\n\n{BODY}\n\n2a Basis\n\n{BODY}\n\n1) Kennen\n\n{BODY}\n\n2) Steunen\n\n{BODY}\n\n2b Extra\n\n{BODY}"
    )
    found = paths(f"Aanpak\n\n{BODY}\n\n{text}")
    depths = {path[-1]: len(path) for path in found}
    assert depths["2a Basis"] == depths["2b Extra"] < depths["1) Kennen"] == depths["2) Steunen"]


def test_a_series_goes_on_with_a_title_that_ends_in_a_full_stop() -> None:
    text = f"1 Sterke basis\n\n{BODY} {BODY}\n\n2 Meer aandacht voor overgangen.\n\n{BODY} {BODY}"
    assert paths(text)[-1] == ("2 Meer aandacht voor overgangen.",)
    assert paths(text.replace("2 Meer", "4 Meer")) == [("1 Sterke basis",)]


def test_a_title_too_long_for_its_shape_is_known_by_the_numbered_one_elsewhere() -> None:
    title = (
        "We streven naar een betere aansluiting tussen onderwijs en arbeidsmarkt en tussen vraag en aanbod in de regio"
    )
    title = f"{title} Amersfoort"
    start = "\n\n".join(["Ambitie", BODY, BODY, BODY, BODY, title, BODY, "Inzet", BODY])
    assert (title,) in paths(f"{start}\n\n1 {title}\n\n{BODY}")
    assert (title,) not in paths(f"{start}\n\n1 Iets anders\n\n{BODY}")


def test_titles_side_by_side_are_those_of_pictures() -> None:
    assert paths(f"{BODY}\n\nAantal jeugdigen met zorg Aantal verwijzingen\n\n{BODY}") == [()]


def test_a_year_heads_a_list_and_nothing_else() -> None:
    lists = "2024\n\n• Een plan maken.\n\n2025 - 2026\n\n• Het plan uitvoeren.\n\n2027"
    text = f"Wat gaan we doen?\n\n{BODY}\n\n{lists}\n\n{BODY}"
    assert [path[1:] for path in paths(text)] == [(), ("2024",), ("2025 - 2026",)]


def test_a_page_of_mere_labels_has_no_headings() -> None:
    labels = (
        "Onderwijs\n• Scholen\n• Opvang\n\nZorg\n• Huisartsen\n• Verloskundigen\n\nVeiligheid\n• Politie\n• Justitie"
    )
    assert paths(f"Netwerk\n\n{BODY}\f{labels}\f{BODY}") == [("Netwerk",)]
    with_sentence = labels.replace("• Justitie", "• Justitie doet mee.")
    assert len(paths(f"Netwerk\n\n{BODY}\f{with_sentence}\f{BODY}")) > 1


def test_actions_stand_under_the_one_theme_above_them() -> None:
    titles = ["Ouders", "ACTIE 1\nWandelen.", "ACTIE 2\nPraten.", "Scholen", "Wijken", "ACTIE 3\nMeten."]
    found = paths("\n\n".join(f"{title}\n{BODY}" for title in titles))
    depths = {path[-1]: len(path) for path in found}
    assert depths["ACTIE 1 Wandelen."] == depths["ACTIE 2 Praten."] == depths["Ouders"] + 1
    assert depths["ACTIE 3 Meten."] == depths["Wijken"]


def test_a_short_title_may_begin_with_a_small_letter() -> None:
    text = f"{BODY}\n\np*q-financiering\n\n{BODY} {BODY}"
    assert paths(text) == [(), ("p*q-financiering",)]
    assert paths(text.replace("p*q-financiering", "en ouders")) == [()]
