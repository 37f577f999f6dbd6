"""Documents whose file is gone: reported, and taken out when asked."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.entries import entries_for
from corpus.entry import Entry
from corpus.municipalities import load_municipalities
from ingest.pipeline import IngestReport
from tests.ingest.room import UTRECHT, Room, metadata, note


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Room(tmp_path / "data") as room:
        yield room


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    for name in ("een", "twee", "sub/drie"):
        note(folder / Path(name).parent, Path(name).name, paragraphs=4)
    return folder


def ingest(room: Room, folder: Path, prune: bool = False) -> IngestReport:
    entries = entries_for([folder], None, load_municipalities())
    return room.pipeline.ingest(entries, folders=[folder], prune=prune)


def names(room: Room) -> list[str]:
    return sorted(Path(document.path).stem for document in room.register.snapshot().documents)


def test_what_is_there_has_not_vanished(room: Room, notes: Path) -> None:
    for prune in (False, True):
        assert ingest(room, notes, prune).vanished == ()
    assert names(room) == ["drie", "een", "twee"]


def test_a_file_that_is_gone_is_reported_until_it_is_pruned(room: Room, notes: Path) -> None:
    ingest(room, notes)
    (notes / "sub" / "drie.txt").unlink()
    for _ in range(2):
        (gone,) = ingest(room, notes).vanished
        assert (Path(gone.path), gone.removed) == (notes / "sub" / "drie.txt", False)
        assert names(room) == ["drie", "een", "twee"]
    (gone,) = ingest(room, notes, prune=True).vanished
    assert gone.removed
    assert gone.document_id.startswith("drie-")
    assert names(room) == ["een", "twee"]
    assert ingest(room, notes, prune=True).vanished == ()
    room.check()


def test_a_folder_that_is_gone_takes_its_documents_along(room: Room, notes: Path) -> None:
    ingest(room, notes)
    (notes / "sub" / "drie.txt").unlink()
    (notes / "sub").rmdir()
    assert len(ingest(room, notes, prune=True).vanished) == 1
    assert names(room) == ["een", "twee"]


def test_what_was_read_from_elsewhere_stays(room: Room, notes: Path, tmp_path: Path) -> None:
    elsewhere = note(tmp_path / "elders", "vier", paragraphs=4)
    beside = note(tmp_path / "notes-oud", "vijf", paragraphs=4)
    ingest(room, notes)
    room.ingest(elsewhere, beside)
    elsewhere.path.unlink()
    beside.path.unlink()
    assert ingest(room, notes, prune=True).vanished == ()
    assert ingest(room, notes / "sub", prune=True).vanished == ()
    assert len(names(room)) == 5


def test_without_a_folder_nothing_vanishes(room: Room, notes: Path) -> None:
    ingest(room, notes)
    (notes / "een.txt").unlink()
    assert room.ingest(note(notes, "twee", paragraphs=4)).vanished == ()


def test_a_document_that_moved_with_its_id_has_not_vanished(room: Room, notes: Path) -> None:
    entry = note(notes, "vast", paragraphs=4)
    room.ingest(entry)
    moved = entry.path.rename(notes / "sub" / "vast.txt")
    report = room.pipeline.ingest([Entry(moved, entry.metadata)], folders=[notes], prune=True)
    assert (report.unchanged, report.vanished) == (1, ())
    assert "vast" in names(room)


def test_a_file_that_cannot_be_read_has_not_vanished(room: Room, notes: Path) -> None:
    ingest(room, notes)
    (notes / "een.txt").write_bytes(b"\xff")
    (notes / "twee.txt.toml").write_text("kind = 'gedicht'")
    report = ingest(room, notes, prune=True)
    assert (len(report.failures), report.vanished) == (2, ())
    assert names(room) == ["drie", "een", "twee"]


def test_an_ingest_that_was_stopped_prunes_nothing(room: Room, notes: Path) -> None:
    ingest(room, notes)
    (notes / "een.txt").unlink()
    entries = entries_for([notes], None, load_municipalities())
    report = room.pipeline.ingest(entries, stopped=lambda: True, folders=[notes], prune=True)
    assert (report.stopped, report.vanished) == (True, ())
    assert "een" in names(room)


def test_a_folder_is_known_by_any_of_its_names(room: Room, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(notes, target_is_directory=True)
    ingest(room, notes)
    (notes / "een.txt").unlink()
    assert len(ingest(room, tmp_path / "link").vanished) == 1
    assert len(ingest(room, notes / "sub" / "..").vanished) == 1


def test_a_path_is_kept_in_full(room: Room, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(notes)
    ingest(room, Path())
    assert {document.path for document in room.register.snapshot().documents} == {
        str(notes / name) for name in ("een.txt", "twee.txt", "sub/drie.txt")
    }
    (notes / "een.txt").unlink()
    monkeypatch.chdir(notes / "sub")
    assert ingest(room, Path(), prune=True).vanished == ()
    assert len(ingest(room, Path("..")).vanished) == 1


def test_a_name_that_is_not_utf8_is_left_alone(room: Room, notes: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(notes) + b"/r\xe9sum\xe9.txt"))
    odd.write_text("Een nota over de jeugd in de gemeente, met woorden.")
    room.ingest(Entry(odd, metadata("odd")))
    odd.unlink()
    assert ingest(room, notes, prune=True).vanished == ()


def test_a_refusal_of_a_file_that_is_gone_is_forgotten(room: Room, notes: Path) -> None:
    (notes / "stuk.txt").write_bytes(b"\xff")
    (notes / "ook-stuk.txt").write_bytes(b"\xff")
    ingest(room, notes)
    (notes / "stuk.txt").unlink()
    ingest(room, notes)
    assert [refusal.path for refusal in room.register.refusals()] == [str(notes / "ook-stuk.txt")]


def test_a_refusal_ends_when_its_file_is_read_under_another_id(room: Room, notes: Path) -> None:
    (notes / "stuk.txt.toml").write_text("id = 'eigen-id'\nkind = 'gedicht'")
    (notes / "stuk.txt").write_text("Een nota over de jeugd in de gemeente, met woorden.")
    ingest(room, notes)
    (refusal,) = room.register.refusals()
    assert refusal.metadata.document_id != "eigen-id"
    (notes / "stuk.txt.toml").write_text("id = 'eigen-id'")
    ingest(room, notes)
    assert "eigen-id" in room.active()
    assert room.register.refusals() == ()


def test_a_file_that_is_refused_under_another_id_is_told_once(room: Room, notes: Path) -> None:
    (notes / "stuk.txt").write_bytes(b"\xff")
    ingest(room, notes)
    (notes / "stuk.txt.toml").write_text("id = 'eigen-id'\nmunicipalities = ['Utrecht']")
    ingest(room, notes)
    (refusal,) = room.register.refusals()
    assert (refusal.metadata.document_id, refusal.metadata.municipalities) == ("eigen-id", (UTRECHT,))
