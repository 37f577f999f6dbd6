"""The headings that a reader sees in some of the shared PDFs, with their ranks."""

from pathlib import Path

import pytest

from tests.ingest.pages.told import told

DOCUMENTS = Path(__file__).parents[3].parent / "shared" / "documents" / "pdf"
pytestmark = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")

AGREEMENT = """
1 Coalitieakkoord 2018-2022
1 Vooraf
2 Samen doen
2 Financiële positie
2 Doorzetten ingezette lijn
2 Het akkoord
1 Coalitieakkoord op hoofdlijnen
2 Bestuur en ondersteuning
2 Openbare orde en Veiligheid
2 Verkeer en vervoer
2 Economie
2 Onderwijs
2 Sociaal Domein
2 Volksgezondheid en milieu
2 Volkshuisvesting en ruimtelijke ordening
1 Wensen
1 Tot slot
"""
CHAPTERS = """
1 Colofon
1 Inhoudsopgave
1 Samenvatting en beleidsimplicaties
1 1 Aanleiding
1 2 Het verhuisproces en motieven: kort literatuuroverzicht
1 3 Data en methoden
1 4 Resultaten van de empirische analyse
2 4.1 Motieven om te verhuizen
2 4.2 Verandering van de woonsituatie na een verhuizing
2 4.3 Ruimtelijke verhuispatronen en afstanden
1 Bronnen
1 Bijlagen
2 Bijlage 1 – Data processing
2 Bijlage 2 – Verdeling verhuismotieven
2 Bijlage 3 – Alternatieve modellering
"""
PROGRAMME = """
1. Samenleving: samen leven
2. Bestuurlijke vernieuwing: versterk de democratie
3. Gezondheidszorg: tweedeling voorko- men
4. Geboorteregeling: uit respect voor het leven
5. Migranten: de aarde delen
6. Onderwijs: kwaliteitsversterking door schaalverkleining
7.Cultuur: sport, kunst en vrijetijds- besteding
8. Criminaliteitsbestrijding: hoe hand- haaf je een Groen beleid
9. Landbouw: eten wat de grond schaft
10. Natuur: kwaliteit belangrijker dan kwantiteit
"""


def headings(name: str) -> list[str]:
    found = told((DOCUMENTS / name).read_bytes())
    return [f"{kind.removeprefix('HEADING ')} {text}" for kind, text in found if kind.startswith("HEADING")]


def test_a_coalition_agreement_without_an_outline() -> None:
    assert headings("aa_en_hunze_coalitieakkoord_2018.pdf") == AGREEMENT.strip().split("\n")


def test_a_report_with_an_outline() -> None:
    expected = CHAPTERS.strip().split("\n")
    assert [heading for heading in headings("pbl_verhuismotieven_2023.pdf") if heading in expected] == expected


def test_a_programme_in_two_columns() -> None:
    chapters = [heading for heading in headings("De_Groenen_A5_2col.pdf") if heading[2:3].isdigit()]
    assert chapters[:10] == [f"1 {title}" for title in PROGRAMME.strip().split("\n")]
