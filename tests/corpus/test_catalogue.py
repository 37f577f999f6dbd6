"""The catalogue of the five notes, and everything that makes a catalogue unusable."""

import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import KINDS, Catalogue, packaged_catalogue, read_sidecar, unknown_metadata
from corpus.document import Municipality
from corpus.errors import CatalogueError, UsageError

SHARED = Path(__file__).parents[2].parent / "shared"
Write = Callable[[str], Path]

GOOD = """
[[document]]
id = "utrecht-nota"
file = "nota.txt"
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    (tmp_path / "nota.txt").write_text("tekst")
    (tmp_path / "ander.txt").write_text("tekst")

    def catalogue(content: str) -> Path:
        path = tmp_path / "catalogue.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return catalogue


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as raised:
        Catalogue.load(path)
    assert str(path) in str(raised.value)
    assert all(fault in str(raised.value) for fault in raised.value.faults)
    return raised.value.faults


def test_the_five_notes() -> None:
    entries = {entry.metadata.document_id: entry for entry in packaged_catalogue().entries}
    assert len(entries) == 5
    agenda = entries["amstelveen-jeugd-en-onderwijsagenda"].metadata
    assert agenda.municipalities == (Municipality("GM0362", "Amstelveen"),)
    assert (agenda.title, agenda.kind, agenda.status) == ("Jeugd- en onderwijsagenda", "agenda", None)
    assert (agenda.valid_from, agenda.valid_until, agenda.published) == (date(2024, 1, 1), None, "2024-02")
    assert (agenda.adopted_by, agenda.source, agenda.source_file) == (None, None, "001_6b0a5c4661914005.txt")
    plan = entries["apeldoorn-actieplan-preventie-jeugdzorg-en-onderwijs"].metadata
    assert (plan.valid_from, plan.valid_until, plan.published) == (None, None, None)
    assert {entry.metadata.municipalities[0].name for entry in entries.values()} == {
        "Amersfoort",
        "Amstelveen",
        "Apeldoorn",
        "Utrecht",
    }


def test_the_notes_are_the_files_as_received() -> None:
    originals = SHARED / "corpus"
    if not originals.is_dir():
        pytest.skip("the files as received are not beside this checkout")
    for entry in packaged_catalogue().entries:
        assert entry.path.read_bytes() == (originals / entry.metadata.source_file).read_bytes()


def test_kinds_of_the_notes_are_known_words() -> None:
    assert {entry.metadata.kind for entry in packaged_catalogue().entries} <= set(KINDS)
    assert len(set(KINDS)) == len(KINDS)


def test_what_is_not_said_is_unknown(write: Write) -> None:
    (entry,) = Catalogue.load(write(GOOD)).entries
    metadata = entry.metadata
    assert entry.path.name == metadata.source_file == "nota.txt"
    assert (metadata.municipalities, metadata.replaces) == ((), ())
    unknown = (metadata.title, metadata.kind, metadata.status, metadata.valid_from, metadata.valid_until)
    assert unknown == (None, None, None, None, None)
    assert (metadata.published, metadata.adopted_by, metadata.source) == (None, None, None)


def test_everything_that_can_be_said(write: Write) -> None:
    path = write(
        GOOD
        + """
municipalities = ["Utrecht", "gm0307"]
title = "Regionale nota"
kind = "nota"
status = "vastgesteld"
valid_from = 2024-01-01
valid_until = 2024-01-01
published = 2023-12-05
adopted_by = "Gemeenteraad"
source = "https://example.org/nota"
replaces = ["utrecht-nota-2019", "utrecht-nota-2015", "utrecht-nota-2019"]
source_file = "origineel.pdf"
"""
    )
    metadata = Catalogue.load(path).entries[0].metadata
    assert [municipality.code for municipality in metadata.municipalities] == ["GM0344", "GM0307"]
    assert (metadata.kind, metadata.status, metadata.published) == ("nota", "vastgesteld", "2023-12-05")
    assert metadata.valid_from == metadata.valid_until == date(2024, 1, 1)
    assert (metadata.adopted_by, metadata.source) == ("Gemeenteraad", "https://example.org/nota")
    assert metadata.replaces == ("utrecht-nota-2019", "utrecht-nota-2015")
    assert (metadata.title, metadata.source_file) == ("Regionale nota", "origineel.pdf")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('titel = "x"', "unknown key 'titel'"),
        ("title = 3", "title: 3 is not a text"),
        ('title = " "', "title: is empty"),
        ('kind = "gedicht"', "kind: 'gedicht' is unknown; known are actieplan, "),
        ('status = "af"', "status: 'af' is unknown; known are concept, vastgesteld, ingetrokken, vervallen"),
        ('municipalities = ["Amstelven"]', "'Amstelven'; did you mean Amstelveen (GM0362)?"),
        ('municipalities = "Utrecht"', "municipalities: 'Utrecht' is not a list"),
        ("municipalities = [344]", "municipalities: [344] is not a list"),
        ('municipalities = ["Utrecht", "GM0344"]', "municipalities: Utrecht is named twice"),
        ("valid_from = 2025-01-01\nvalid_until = 2024-12-31", "2024-12-31 is before valid_from 2025-01-01"),
        ('valid_from = "2025-01-01"', "valid_from: '2025-01-01' is not a TOML date"),
        ("valid_from = 2025-01-01T10:00:00", "valid_from: datetime"),
        ('published = "2024-13"', "published: '2024-13' is not in the calendar"),
        ('published = "2023-02-29"', "published: '2023-02-29' is not in the calendar"),
        ('published = "februari 2024"', "published: 'februari 2024' is not a year, month or day"),
        ("published = 2024", "published: 2024 is not a year, month or day"),
    ],
)
def test_a_value_that_cannot_be_right(write: Write, line: str, fault: str) -> None:
    (found,) = faults(write(GOOD + line))
    assert found.startswith("document 1 (utrecht-nota): ")
    assert fault in found


@pytest.mark.parametrize("bad", ["Utrecht", "a--b", "-a", "a_b", "a/b", "..", "x" * 121])
def test_the_form_of_an_id(write: Write, bad: str) -> None:
    (fault,) = faults(write(GOOD.replace("utrecht-nota", bad)))
    assert repr(bad) in fault


def test_all_faults_at_once(write: Write) -> None:
    path = write(
        """
kleur = "blauw"
[[document]]
id = "a"
file = "weg.txt"
[[document]]
id = "a"
file = "nota.txt"
kind = "gedicht"
[[document]]
file = "./nota.txt"
[[document]]
id = "d"
"""
    )
    found = "\n".join(faults(path))
    for fault in (
        "unknown key 'kleur'",
        "document 1 (a): file 'weg.txt' does not exist",
        "document 2 (a): kind: 'gedicht' is unknown",
        "document 3: id is missing",
        "document 4 (d): file is missing",
        "id 'a' is used 2 times",
        "nota.txt' is listed 2 times",
    ):
        assert fault in found
    assert len(found.splitlines()) == 7


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "no documents"),
        (b"document = 3", "no documents"),
        (b"document = []", "no documents"),
        (b"[[document]", "it is not TOML"),
        (b"\xff\xfe", "it is not UTF-8 (byte 0)"),
    ],
)
def test_a_file_that_is_no_catalogue(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_bytes(content)
    assert fault in faults(path)[0]


def test_a_catalogue_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    assert faults(tmp_path / "geen.toml") == ("it does not exist",)
    assert "cannot be read" in faults(tmp_path)[0]


def test_a_sidecar_says_what_it_knows(tmp_path: Path) -> None:
    file, sidecar = tmp_path / "nota.pdf", tmp_path / "nota.pdf.toml"
    sidecar.write_text('title = "Nota"\nmunicipalities = ["Utrecht"]\n')
    metadata = read_sidecar(sidecar, file)
    assert metadata.title == "Nota"
    assert metadata.document_id == unknown_metadata(file).document_id
    assert metadata.source_file == "nota.pdf"
    sidecar.write_text('id = "mijn-nota"\n')
    assert read_sidecar(sidecar, file).document_id == "mijn-nota"
    sidecar.write_text('file = "x"\nkind = "y"\n')
    with pytest.raises(CatalogueError) as raised:
        read_sidecar(sidecar, file)
    assert len(raised.value.faults) == 2


def test_the_id_of_an_unknown_file_tells_name_and_place(tmp_path: Path) -> None:
    file = tmp_path / "Jeugdnota Súdwest (definitief).pdf"
    place = hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:8]
    assert unknown_metadata(file).document_id == f"jeugdnota-sudwest-definitief-{place}"
    assert unknown_metadata(tmp_path / "x" / file.name).document_id != unknown_metadata(file).document_id
    assert re.fullmatch("document-[0-9a-f]{8}", unknown_metadata(tmp_path / "漢字.txt").document_id)


def test_a_catalogue_error_is_wrong_use() -> None:
    assert issubclass(CatalogueError, UsageError)


@pytest.mark.parametrize(
    ("replaces", "fault"),
    [
        ('"oude-nota"', "is not a list of document ids"),
        ("[1]", "1 is not a text"),
        ('["Oude Nota"]', "'Oude Nota' is not lower-case letters"),
        ('["oude-nota", "utrecht-nota"]', "'utrecht-nota' is this document itself"),
    ],
)
def test_what_a_document_replaces_are_ids_of_others(write: Write, replaces: str, fault: str) -> None:
    (found,) = faults(write(f"{GOOD}replaces = {replaces}\n"))
    assert "replaces: " in found
    assert fault in found
