"""Abbreviations that a text defines, and what only looks like a definition."""

import functools
import time
from pathlib import Path

import pytest

from corpus.vocabulary import Abbreviation
from embeddings.compounds import CompoundSplitter
from ingest.abbreviation_definitions import AbbreviationFinder
from ingest.read import read_document

NOTES = sorted((Path(__file__).parents[2] / "corpus" / "notes").glob("*.txt"))
FINDER = AbbreviationFinder(CompoundSplitter())

# Every pair that the five notes yield, read by eye.
IN_THE_NOTES = """
AMV = Alleenstaande minderjarige vreemdelingen
AMV = Alleenstaande Minderjarige Vreemdelingen
AOJ-teams = Aansluiting Onderwijs en Jeugd teams
AZC = Asielzoekerscentrum
BAS = Bemoeizorg Amersfoort Stad
BOR = Begeleide Omgangsregeling
GALA = Gezond en Actief Leven Akkoord
GGD = Gemeentelijke Gezondheidsdiensten
GI = Gecertificeerde Instellingen
GR = Gemeenschappelijke Regeling
GW = Gedragswetenschapper
hbsc = Health behaviour in schoolaged children
HGKM = huiselijk geweld en kindermishandeling
IHP = Integraal HuisvestingsPlan
IHV13w = Intensieve hulp in vrijwillig traject in 13 weken
IHV13w = Intensieve Hulp op Vrijwillige basis in 13 weken
IHV13w = Intensieve Hulp vrijwillig traject van 13 weken
ISK = Internationale Schakel Klas
ISK = Internationale Schakelklas
IUSD = Integratie Uitkering Sociaal Domein
IVP = Integraal Veiligheidsprogramma
IZA = Integraal Zorg Akkoord
IZA = Integraal Zorgakkoord
j-GGZ = jeugd-Geestelijke Gezondheidszorg
JGZ = jeugdgezondheidszorg
JHV = jeugdhulpverleners
JHV = Jeugdhulpverleners
JIT = JeugdInterventieTeam
JOGG = Jongeren op gezond gewicht
KVA = kennis, vaardigheden en attitudes
LEA = Lokale Educatieve Agenda
LEA = lokale educatieve agenda
LiZ = Leerlingen in Zorg
LPGA = Lokaal Persoonsgerichte Aanpak
MOC = medisch-orthopedagogisch centrum
NJi = Nederlands Jeugdinstituut
NPO = Nationaal Programma Onderwijs
OKO = Opgroeien in een Kansrijke Omgeving
OOGO = Op Overeenstemming Gericht Overleg
OPP = Onderwijs Perspectiefplan
PO = primair onderwijs
REA = Regionale Educatieve Agenda
RVS = Raad voor Volksgezondheid en Samenleving
SBB = Samenwerkingsorganisatie Beroepsonderwijs Bedrijfsleven
SBO = Speciaal Basis Onderwijs
SER = Sociaal-Economische Raad
SES = sociaal economische status
SMW = schoolmaatschappelijk werk
SPUK = Specifieke Uitkering
twp = transformatiewerkplaatsen
UPJO = Uitvoeringsprogramma Jeugd en Onderwijs
VE = Voorschoolse Educatie
VO = voortgezet onderwijs
Wlz = Wet langdurige zorg
Wmo = Wet maatschappelijke ondersteuning
WSP = Werkgeversservicepunt
Wsw = Wet sociale werkvoorziening
WSW = wet sociale werkvoorziening
Wzd = Wet zorg en dwang
ZVHRU = Zorg- en Veiligheidshuis Regio Utrecht
Zvw = Zorgverzekeringswet
"""


def found(text: str) -> list[tuple[str, str]]:
    return [(pair.short, pair.long) for pair in FINDER.find(text)]


@functools.cache
def in_note(path: Path) -> frozenset[str]:
    return frozenset(f"{pair.short} = {pair.long}" for pair in FINDER.find(read_document(path).text))


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        # after its long form
        (
            "met Intensieve Hulp op Vrijwillige basis in 13 weken (IHV13w).",
            "IHV13w",
            "Intensieve Hulp op Vrijwillige basis in 13 weken",
        ),
        ("de praktijkondersteuner huisarts-jeugd (POH-jeugd)", "POH-jeugd", "praktijkondersteuner huisarts-jeugd"),
        ("Het Onderwijs-Achterstandenbeleid (OAB) is", "OAB", "Onderwijs-Achterstandenbeleid"),
        ("in het onderwijsachterstandenbeleid (OAB)", "OAB", "onderwijsachterstandenbeleid"),
        ("de jeugdgezondheidszorg (JGZ)", "JGZ", "jeugdgezondheidszorg"),
        ("de Zorgverzekeringswet (Zvw)", "Zvw", "Zorgverzekeringswet"),
        ("jongeren met een licht verstandelijke beperking (lvb)", "lvb", "licht verstandelijke beperking"),
        ("geestelijke gezondheidszorg (ggz)", "ggz", "geestelijke gezondheidszorg"),
        ("Centra voor Jeugd en Gezin (CJG’s)", "CJG", "Centra voor Jeugd en Gezin"),
        ("een Plan van Aanpak (hierna: PvA)", "PvA", "Plan van Aanpak"),
        ("het Integraal Veiligheidsprogramma 2020-2022 (IVP)", "IVP", "Integraal Veiligheidsprogramma"),
        ("het Op Overeenstemming Gericht Overleg (OOGO)", "OOGO", "Op Overeenstemming Gericht Overleg"),
        ("Specifieke Uitkering (SPUK)", "SPUK", "Specifieke Uitkering"),
        ("Over de Gemeenschappelijke  Regeling (GR) gaat", "GR", "Gemeenschappelijke Regeling"),
        # before it
        ("De POH (praktijkondersteuner huisarts) helpt.", "POH", "praktijkondersteuner huisarts"),
        ("de GGD (Gemeentelijke Gezondheidsdienst) en", "GGD", "Gemeentelijke Gezondheidsdienst"),
        ("de LEA (Lokale Educatieve Agenda, zie 3.2)", "LEA", "Lokale Educatieve Agenda"),
    ],
)
def test_definitions(text: str, short: str, long: str) -> None:
    assert found(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "een plan (PvA)",
        "de school (in Amersfoort)",
        "de hulp (zie ook H3)",
        "Vragen van de leden Ceder (CU)",
        "de leden van Nederlandse Gemeenten (VNG)",
        "het Sociaal\nTeam Wassenaar (STW)",  # a line break in canonical text ends a paragraph
        "ouders die staan in het Kwaliteitsregister Jeugd (SKJ)",
        "hulp aan de jeugd. Goed (HAJ)",
        "de wetten (Zvw, Wmo en Wlz)",
        "hun praktijkondersteuners (POH)",
        "zorg (2024)",
        "de (echt)scheiding",
        "Kinderen en ouders (KIES)",
        "een programma van 13 weken (P14w)",
        "het leven (HL",
        "()",
        "",
    ],
)
def test_what_only_looks_like_a_definition(text: str) -> None:
    assert found(text) == []


def test_each_pair_once_in_the_order_of_the_text() -> None:
    text = "Lokale Educatieve Agenda (LEA), primair onderwijs (PO), de Lokale Educatieve Agenda (LEA)."
    assert FINDER.find(text) == (
        Abbreviation("LEA", "Lokale Educatieve Agenda"),
        Abbreviation("PO", "primair onderwijs"),
    )


@pytest.mark.parametrize("path", NOTES, ids=[path.stem for path in NOTES])
def test_the_notes_yield_nothing_that_was_not_read_by_eye(path: Path) -> None:
    assert in_note(path) - set(IN_THE_NOTES.strip().splitlines()) == set()


def test_the_notes_yield_nearly_all_that_was() -> None:
    reviewed = set(IN_THE_NOTES.strip().splitlines())
    assert len(reviewed & set[str]().union(*map(in_note, NOTES))) >= len(reviewed) - 3


@pytest.mark.parametrize(
    "text", ["aa bb (AB) " * 20_000, "(" * 200_000, "(A" * 100_000 + ")" * 100_000, "AB (a b " * 20_000]
)
def test_long_and_strange_texts_take_no_long_time(text: str) -> None:
    started = time.perf_counter()
    FINDER.find(text)
    assert time.perf_counter() - started < 10
