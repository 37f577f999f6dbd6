"""Columns that were read across are noticed, and nothing else is."""

from pathlib import Path

import pytest

from corpus.document import Damage
from ingest.clean import clean
from ingest.damage import PROBLEM, find_damages
from ingest.read import read_document
from ingest.source_text import SourceText
from ingest.split import split
from ingest.structure import find_sections
from tests.ingest.pages.pdf_writer import Sheet, column, pdf

SOUND = "Wij werken samen met ouders en scholen aan een veilige wijk voor alle kinderen in de stad en de dorpen. "
ACROSS = """
Het leven loopt niet altijd zoals gehoopt. Van een lijn zitten, er sprake is van veel verschillende hulp om
Iedereen krijgt te maken met uitdagingen. Of dit Voor jeugdigen is het nodig dat de hulpvraag van het inte- ouders gaat
die overbelast zijn is een partij die overzicht houdt nodig bij Wanneer het wegvallen van werk het inzet- stagnerende
hulp of klachten, de zaak vlot getrokken. De zijn actief, zoals hun bestaans- wordt. Daarnaast zien we minder.
"""


def damages(text: str) -> tuple[Damage, ...]:
    cleaned = clean(SourceText(text, "test"))
    return find_damages(cleaned.blocks, find_sections(cleaned))


def test_columns_read_across_are_found_and_the_text_around_them_is_not() -> None:
    text = f"Inleiding\n\n{SOUND * 30}\n\nWat zien we?\n\n{ACROSS}\n\nAanpak\n\n{SOUND * 30}"
    (found,) = damages(text)
    cleaned = clean(SourceText(text, "test")).text
    assert cleaned[found.start : found.end].startswith("Het leven loopt")
    assert cleaned[found.start : found.end].rstrip().endswith("minder.")
    assert found.problem == PROBLEM


def test_the_rest_of_the_section_is_damaged_too_where_it_is_near() -> None:
    (near,) = damages(f"Wat zien we?\n\n{ACROSS}\n\n{SOUND}\n\nAanpak\n\n{SOUND * 3}")
    (far,) = damages(f"Wat zien we?\n\n{ACROSS}\n\n{SOUND * 40}")
    assert near.end - near.start > far.end - far.start


@pytest.mark.parametrize(
    "text",
    [
        "Ook met Op Stap werken we, en de schakelklas op Het Hofpark blijft. " * 20,
        "Wij investeren in welzijns- en zorgpartners, in jeugd- of jongerenwerk en in op- tot afschaling. " * 20,
        "De ISK- klassen en VE- plus groepen groeien op de VO- scholen in de wijk. " * 20,
        "De een is er verder mee dan de ander, en dat is voor iedereen anders. " * 20,
        f"{SOUND * 20}Zo is dit Voor het eerst. {SOUND * 40}Daar om Wij vroegen. {SOUND * 40}De is weg. {SOUND * 40}",
    ],
    ids=["names", "suspended", "abbreviations", "idiom", "far apart"],
)
def test_sound_text_is_not_taken_for_damaged(text: str) -> None:
    assert damages(text) == ()


def test_no_heading_is_believed_inside() -> None:
    text = f"Wat zien we?\n\n{ACROSS}\n\nRegie\n\n{ACROSS}\n\nAanpak\n\n{SOUND * 30}"
    sections = find_sections(clean(SourceText(text, "test")))
    assert [section.path[-1] for section in sections] == ["Wat zien we?", "Aanpak"]


def test_passages_and_status_tell_it(tmp_path: Path) -> None:
    path = tmp_path / "nota.txt"
    path.write_text(f"Wat zien we?\n\n{ACROSS}\n\nAanpak\n\n{SOUND * 30}", encoding="utf-8")
    document = read_document(path)
    (damage,) = document.damages
    assert document.problems == (f"Tekst {damage.start}-{damage.end}: {PROBLEM}",)
    assert document.coverage.damaged is None
    problems = {passage.section[-1]: passage.problem for passage in split("v", document)}
    assert problems == {"Wat zien we?": PROBLEM, "Aanpak": None}


def test_pages_with_it_count_as_damaged(tmp_path: Path) -> None:
    sound = ["Wij werken samen met ouders en scholen", "aan een veilige wijk voor alle kinderen.", "Dat blijft zo."]
    path = tmp_path / "nota.pdf"
    pages = (sound * 10, ["Wat zien we?", *ACROSS.strip().split("\n")], ["Hoofdstuk 2. Aanpak", *sound * 10])
    path.write_bytes(pdf(*(Sheet(column(lines)) for lines in pages)))
    document = read_document(path)
    assert document.coverage.damaged == 1
    damaged = [passage.pages for passage in split("v", document) if passage.problem]
    assert damaged
    assert {pages[1] for pages in damaged if pages} == {2}
