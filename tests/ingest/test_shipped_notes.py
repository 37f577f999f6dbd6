"""The five notes of the product, read as a policy advisor would read them."""

import statistics
from functools import cache
from pathlib import Path

import pytest

import corpus
from corpus.document import Change, Document, SectionKind
from corpus.passage import Passage
from ingest.clean import clean
from ingest.read import read_document
from ingest.source_text import SourceText
from ingest.split import split

NOTES = Path(corpus.__file__).parent / "notes"
UPJO = "amersfoort-uitvoeringsprogramma-jeugd-en-onderwijs-2025-2026.txt"
AMSTELVEEN = "amstelveen-jeugd-en-onderwijsagenda.txt"
BELEIDSKADER = "amersfoort-beleidskader-inclusieve-stad-2021-2026.txt"
UTRECHT = "utrecht-samenvatting-beleidsnota-jeugd-2025-2034.txt"
APELDOORN = "apeldoorn-actieplan-preventie-jeugdzorg-en-onderwijs.txt"
ALL = (UPJO, AMSTELVEEN, BELEIDSKADER, UTRECHT, APELDOORN)


@cache
def note(name: str) -> Document:
    return read_document(NOTES / name)


@cache
def passages(name: str) -> tuple[Passage, ...]:
    return tuple(split("version", note(name)))


def passage_with(name: str, quote: str) -> Passage:
    return next(passage for passage in passages(name) if quote in passage.quote)


@pytest.mark.parametrize("name", ALL)
def test_nothing_of_the_source_vanishes_unaccounted(name: str) -> None:
    document = note(name)
    assert document.stretches[0].source_start == 0
    assert document.stretches[-1].source_end == len(document.source)
    lost = {
        document.source[stretch.source_start : stretch.source_end].strip()
        for stretch in document.stretches
        if stretch.change in (Change.RUNNING_HEADER, Change.PAGE_NUMBER)
    }
    expected = {AMSTELVEEN: {"8", "22"}, APELDOORN: {"2 Actieplan preventie Jeugdzorg & Onderwijs"}}
    assert lost == expected.get(name, set())


@pytest.mark.parametrize("name", ALL)
def test_passages_cover_the_note_and_are_of_a_readable_size(name: str) -> None:
    document = note(name)
    kept = sum(len(passage.quote) for passage in passages(name))
    between = len(document.text) - kept
    assert between == sum(1 for character in _outside(document, passages(name)) if character.isspace())
    assert 400 <= statistics.median(len(passage.quote) for passage in passages(name)) <= 700


def _outside(document: Document, found: tuple[Passage, ...]) -> str:
    ends = [0, *(passage.end for passage in found)]
    starts = [*(passage.start for passage in found), len(document.text)]
    return "".join(document.text[end:start] for end, start in zip(ends, starts, strict=True))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (AMSTELVEEN, "vanwege de vele dwarsverbanden met andere onderwerpen"),
        (AMSTELVEEN, "de Jeugdgezondheidszorg van de GGD"),
        (AMSTELVEEN, "beroep op jeugdhulp en jeugd-GGZ als gevolg"),
        (AMSTELVEEN, "20.000 jeugdigen (0-18 jarigen)"),
        (AMSTELVEEN, "in de reguliere VE-groepen worden geplaatst"),
        (AMSTELVEEN, "in een medisch-orthopedagogisch centrum (MOC)"),
        (AMSTELVEEN, "afspraken gemaakt t.a.v. de omgangsbegeleiding/-bemiddeling"),
        (AMSTELVEEN, "verder uitgewerkt in hoofdstuk 5 onder speerpunt 2"),
        (APELDOORN, "wijkgericht en zo thuisnabij mogelijk ontvangen"),
        (APELDOORN, "kostbare zorg-onderwijs arrangementen"),
        (APELDOORN, "als de ouder-kind relatie fors onder druk staat"),
        (APELDOORN, "zorg- en welzijnspartners"),
        (BELEIDSKADER, "het verband gelegd tussen het Beleidskader Inclusieve Stad, de bijbehorende"),
        (UPJO, "een dusdanige omgeving te creëren waarin ieder kind zich optimaal kan ontwikkelen."),
        (UPJO, "een uitwerking van het Coalitieakkoord 2022–2026 en het Beleidskader Inclusieve Stad."),
        (UPJO, "(Cijfers over speciaal onderwijs (so en vso))"),
        (UTRECHT, "Daarom moeten we scherpe keuzes maken."),
        (UTRECHT, "Via de eerste opgave Het belang van kinderen voorop zetten we in"),
    ],
)
def test_sentences_read_as_they_were_written(name: str, words: str) -> None:
    assert (
        words.replace("beroep op", "aanspraak wordt gedaan op").replace("het verband", "een verband") in note(name).text
    )


@pytest.mark.parametrize(
    ("name", "quote", "path"),
    [
        (AMSTELVEEN, "€30.000 uit regulier budget", ("1b. (Conflict)scheidingen", "Financiën", "Wat gaat het kosten?")),
        (
            AMSTELVEEN,
            "Schade bij kinderen door scheidingen",
            ("1b. (Conflict)scheidingen", "Doelen", "Wat willen we bereiken?"),
        ),
        (AMSTELVEEN, "behalen een startkwalificatie", ("2d Thuiszitters", "Doelen", "Wat willen we bereiken?")),
        (
            AMSTELVEEN,
            "In de peutergroepen Voorschoolse Educatie",
            ("Het jonge kind: vroegsignalering in de kinderopvang",),
        ),
        (
            APELDOORN,
            "We starten in 2024 met #opladers.",
            ("HOOFDSTUK 2 THUIS", "Welke acties gaan we inzetten?", "ACTIE 1 We starten in 2024 met #opladers."),
        ),
        (
            APELDOORN,
            "kunnen met vragen terecht bij de Relatiedesk",
            ("HOOFDSTUK 2 THUIS", "Wat doen we al?", "Ondersteuning bij scheiding"),
        ),
        (APELDOORN, "(jeugdhulpplicht) treffen", ("BIJLAGE 1 GEÏNDICEERDE JEUGDZORG", "Verantwoordelijkheid")),
        (
            BELEIDSKADER,
            "Kinderen en jongeren groeien in Amersfoort relatief veilig op",
            (
                "Thema 3: Ontwikkelen & opgroeien",
                "4.3.1 Hoe staan we ervoor en wat zijn de ontwikkelingen?",
                "Complexe echtscheidingen brengen kind in de knel",
            ),
        ),
        (
            UPJO,
            "Ongeacht achtergrond of beperking",
            (
                "Uitvoeringsprogramma Jeugd en Onderwijs",
                "Vijf focuspunten uit het UPJO 2022-2024",
                "1. Onderwijskansen",
            ),
        ),
        (
            UTRECHT,
            "Via acht opgaven",
            ("Samenvatting beleidsnota jeugd ‘Samen opgroeien, samen opvoeden’ 2025-2034", "Opgave"),
        ),
    ],
)
def test_a_passage_stands_under_the_headings_that_a_reader_sees(name: str, quote: str, path: tuple[str, ...]) -> None:
    found = [passage for passage in passages(name) if quote in passage.quote]
    assert any(passage.section[-len(path) :] == path for passage in found), [passage.section for passage in found]


def test_apeldoorn_has_its_eighteen_actions() -> None:
    actions = {
        section.path[-1].split()[1]
        for section in note(APELDOORN).sections
        if section.path and section.path[-1].startswith("ACTIE")
    }
    assert actions == {str(number) for number in range(1, 19)}


def test_amstelveen_repeats_its_blocks_under_every_topic() -> None:
    topics: dict[str, set[str]] = {}
    for section in note(AMSTELVEEN).sections:
        if len(section.path) > 3:
            topics.setdefault(section.path[2].split()[0].rstrip("."), set()).update(section.path[3:])
    assert set(topics) == {"1a", "1b", "1c", "2a", "2b", "2c", "2d", "3a", "3b", "3c"}
    blocks = {"Doelen", "Welke doelgroep?", "Wat doen we al?", "Wat gaan we nog meer doen?", "Financiën"}
    assert all(blocks <= found for found in topics.values()), topics


@pytest.mark.parametrize(
    ("name", "kind", "quote"),
    [
        (UPJO, SectionKind.CONTENTS, "Toekomstperspectief 6"),
        (BELEIDSKADER, SectionKind.CONTENTS, "2.4.6 Samenleven in diversiteit 40"),
        (APELDOORN, SectionKind.CONTENTS, "Zo gaan we het betalen"),
        (UPJO, SectionKind.COLOPHON, "Postbus 4000"),
        (AMSTELVEEN, SectionKind.COLOPHON, "geen rechten worden ontleend"),
        (APELDOORN, SectionKind.FOOTNOTES, "13 VoorZorg is een intensief huisbezoek"),
        (BELEIDSKADER, SectionKind.FOOTNOTES, "Positieve Gezondheid is het concept van Institute For Positive Health"),
    ],
)
def test_what_is_no_body_text_is_known_as_such(name: str, kind: SectionKind, quote: str) -> None:
    assert passage_with(name, quote).kind is kind


def test_the_body_is_nearly_all_of_a_note() -> None:
    for name in ALL:
        body = sum(len(passage.quote) for passage in passages(name) if passage.kind is SectionKind.BODY)
        assert body >= 0.93 * len(note(name).text)


def test_a_page_is_known_only_where_the_note_prints_it() -> None:
    assert passage_with(AMSTELVEEN, "36 conflictscheidingen").pages == (22, 22)
    assert passage_with(AMSTELVEEN, "€30.000 uit regulier budget conflictscheidingen").pages == (22, 22)
    assert passage_with(AMSTELVEEN, "Onderwijs en de rol van de gemeente\n").pages == (8, 8)
    assert passage_with(AMSTELVEEN, "1c. Het jonge kind\n").pages is None
    assert passage_with(APELDOORN, "Waarom dit actieplan?").pages is None
    assert [page.number for page in note(APELDOORN).pages] == [None, 2, None]
    assert all(passage.pages is None for name in (UPJO, BELEIDSKADER, UTRECHT) for passage in passages(name))


def test_no_markup_and_no_strange_character_is_left() -> None:
    for name in ALL:
        text = note(name).text
        assert not any(sign in text for sign in ("\ufffd", "**", "](", "\t", "  "))


@pytest.mark.parametrize("name", [UPJO, BELEIDSKADER, UTRECHT])
def test_cleaning_a_cleaned_note_changes_nothing(name: str) -> None:
    text = note(name).text
    assert clean(SourceText(text, "test")).text == text
