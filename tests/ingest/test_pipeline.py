"""From files to active documents: what is skipped, replaced, removed, refused and reported."""

import dataclasses
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import packaged_catalogue
from corpus.document import Document
from corpus.entry import Entry
from corpus.errors import DataDirectoryError, NotFoundError, UsageError
from corpus.register_schema import version as version_table
from embeddings.encoder import Vectors
from embeddings.lexical import term_id
from ingest.pipeline import Progress, Stage, version_of
from tests.hand_encoder import HandEncoder
from tests.ingest.room import Room, metadata, note, note_text


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Room(tmp_path / "data") as room:
        yield room


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


class IdleEncoder(HandEncoder):
    """An encoder that is never to be asked for anything."""

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        raise AssertionError(texts, progress)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        raise AssertionError(texts)


def retitled(entry: Entry, title: str) -> Entry:
    return Entry(entry.path, dataclasses.replace(entry.metadata, title=title))


def test_a_document_is_read_stored_and_found(room: Room, notes: Path) -> None:
    entry = note(notes, "een")
    report = room.ingest(entry)
    assert (report.documents, report.unchanged, report.failures) == (1, 0, ())
    assert report.passages == report.encoded > 1
    (document,) = room.register.snapshot().documents
    assert document.metadata == entry.metadata
    assert document.path == str(entry.path)
    assert (document.passages, document.problems, document.coverage.pages) == (report.passages, (), None)
    assert room.files.path(document.file_sha256).read_bytes() == entry.path.read_bytes()
    assert "Einde van een, uitgave 1." in room.texts()["een"]
    room.check()


def test_a_second_ingest_reads_and_encodes_nothing(room: Room, notes: Path) -> None:
    entries = [note(notes, name) for name in ("een", "twee")]
    first = room.ingest(*entries)
    room.close()
    with Room(room.folder, encoder=IdleEncoder()) as again:
        before = again.active()
        report = again.ingest(*entries)
        assert (report.documents, report.unchanged, report.encoded) == (2, 2, 0)
        assert report.passages == first.passages
        assert again.active() == before


def test_force_reads_again_and_comes_to_the_same(room: Room, notes: Path) -> None:
    entry = note(notes, "een")
    room.ingest(entry)
    before = room.register.snapshot()
    room.index.delete([room.active()["een"]])
    report = room.ingest(entry, force=True)
    assert (report.documents, report.unchanged, report.encoded) == (1, 0, 0)
    assert room.register.snapshot() == before
    room.check()


def test_what_a_version_of_before_did_not_tell_comes_with_the_next_ingest(room: Room, notes: Path) -> None:
    entry = note(notes, "een")
    room.ingest(entry)
    before = room.register.snapshot().documents
    with sqlite3.connect(room.folder / "register.db") as database:
        database.execute("update version set sketch = '[]', proposals = '[]', boxes = '[]'")
    database.close()
    room.close()
    with Room(room.folder) as again:
        assert again.register.snapshot().documents[0].sketch.shingles == 0
        report = again.ingest(entry)
        assert (report.unchanged, report.encoded) == (0, 0)
        assert again.register.snapshot().documents == before
        assert again.ingest(entry).unchanged == 1
        again.check()


def test_a_changed_file_replaces_its_former_version(room: Room, notes: Path) -> None:
    room.ingest(note(notes, "een"), note(notes, "twee"))
    first = room.active()
    report = room.ingest(note(notes, "een", edition=2), note(notes, "twee"))
    assert (report.documents, report.unchanged) == (2, 1)
    assert room.active()["een"] != first["een"]
    assert room.active()["twee"] == first["twee"]
    assert "uitgave 2" in room.texts()["een"]
    room.check()


def test_the_former_version_comes_back_without_encoding(room: Room, notes: Path) -> None:
    room.ingest(note(notes, "een"))
    first = room.active()
    room.ingest(note(notes, "een", edition=2))
    report = room.ingest(note(notes, "een"))
    assert report.encoded == 0
    assert room.active() == first
    room.check()


def test_changed_metadata_make_a_new_version(room: Room, notes: Path) -> None:
    entry = note(notes, "een")
    room.ingest(entry)
    first = room.active()
    dated = Entry(entry.path, dataclasses.replace(entry.metadata, valid_from=date(2024, 1, 1)))
    assert room.ingest(dated).encoded == 0  # a date is not in what is embedded
    assert room.active() != first
    assert room.ingest(retitled(dated, "Andere titel")).encoded > 0
    assert [document.metadata.title for document in room.register.snapshot().documents] == ["Andere titel"]
    room.check()


def test_the_same_file_moved_is_unchanged(room: Room, notes: Path) -> None:
    entry = note(notes, "een")
    room.ingest(entry)
    moved = entry.path.rename(notes / "elders.txt")
    assert room.ingest(Entry(moved, entry.metadata)).unchanged == 1


@pytest.mark.parametrize("column", ["parser", "splitter"])
def test_a_document_read_by_another_parser_or_splitter_is_read_again(room: Room, notes: Path, column: str) -> None:
    entry = note(notes, "een")
    room.ingest(entry)
    with room.register._database.writing() as connection:
        connection.execute(version_table.update().values({column: "plain 0"}))
    room.close()
    with Room(room.folder) as again:
        assert again.ingest(entry).unchanged == 0


def test_one_file_under_two_ids_is_two_documents(room: Room, notes: Path) -> None:
    entry = note(notes, "een")
    other = Entry(entry.path, metadata("twee", entry.metadata.title))
    report = room.ingest(entry, other)
    assert report.encoded == report.passages / 2
    room.check()
    room.pipeline.remove("een")
    assert list(room.active()) == ["twee"]
    room.check()


def test_an_id_twice_in_one_call_is_refused(room: Room, notes: Path) -> None:
    entry = note(notes, "een")
    other = Entry(note(notes, "twee").path, entry.metadata)
    with pytest.raises(UsageError, match=r"'een'.*een\.txt.*twee\.txt"):
        room.ingest(entry, other)
    assert room.active() == {}


def test_one_that_cannot_be_read_is_reported_and_the_rest_go_on(room: Room, notes: Path) -> None:
    good = [note(notes, "een"), note(notes, "twee")]
    bad = {
        "leeg": b"",
        "spaties": b" \n\t \n",
        "besturing": b"\x01\x02\x07\n\x1b",
        "latin": b"co\xf6peratie",
        "nul": b"a\0b",
    }
    entries = [good[0]]
    for name, content in bad.items():
        (notes / f"{name}.txt").write_bytes(content)
        entries.append(Entry(notes / f"{name}.txt", metadata(name)))
    entries += [Entry(notes / "weg.txt", metadata("weg")), Entry(notes, metadata("map")), good[1]]
    report = room.ingest(*entries)
    assert report.documents == 2
    assert sorted(room.active()) == ["een", "twee"]
    assert [failure.path.stem for failure in report.failures] == [*bad, "weg", "notes"]
    for failure in report.failures:
        assert failure.reason
        assert str(room.folder) not in failure.reason
        assert not failure.reason.startswith(str(failure.path))
    room.check()


def test_a_document_that_fails_later_stays_as_it_was(room: Room, notes: Path) -> None:
    entry = note(notes, "een")
    room.ingest(entry)
    entry.path.write_bytes(b"\xff\xff")
    assert len(room.ingest(entry).failures) == 1
    assert "uitgave 1" in room.texts()["een"]
    entry.path.unlink()
    assert len(room.ingest(entry).failures) == 1
    assert "uitgave 1" in room.texts()["een"]
    room.check()


def test_removing_takes_out_points_and_original(room: Room, notes: Path) -> None:
    room.ingest(note(notes, "een"), note(notes, "twee"))
    room.pipeline.remove("een")
    assert list(room.active()) == ["twee"]
    room.check()
    with pytest.raises(NotFoundError, match="'een'"):
        room.pipeline.remove("een")
    room.ingest(note(notes, "een"))
    assert sorted(room.active()) == ["een", "twee"]
    room.check()


def test_frequencies_are_the_same_after_ingesting_again_and_removing(room: Room, notes: Path) -> None:
    entries = [note(notes, name) for name in ("een", "twee")]
    room.ingest(*entries)
    term = term_id("gemeent")
    before = room.register.frequencies([term])
    assert before.counts[term] == before.passages > 2
    room.ingest(*entries, force=True)
    room.ingest(note(notes, "drie"))
    assert room.register.frequencies([term]).counts[term] > before.counts[term]
    room.pipeline.remove("drie")
    assert room.register.frequencies([term]) == before


def test_passages_that_the_model_cuts_are_a_problem_of_the_document(tmp_path: Path, notes: Path) -> None:
    with Room(tmp_path / "data", encoder=HandEncoder(max_tokens=50)) as room:
        room.ingest(note(notes, "een"))
        (document,) = room.register.snapshot().documents
        (problem,) = document.problems
        assert problem.startswith(f"{document.passages} passages zijn langer dan het model hand leest (50 tokens)")


def test_progress_tells_every_step(room: Room, notes: Path) -> None:
    entries = [note(notes, "een"), Entry(notes / "weg.txt", metadata("weg")), note(notes, "twee")]
    room.ingest(entries[0])
    steps: list[Progress] = []
    room.ingest(*entries, progress=steps.append)
    assert {step.documents for step in steps} == {3}
    ends = [step for step in steps if step.stage in (Stage.ACTIVE, Stage.UNCHANGED, Stage.FAILED)]
    assert [(step.document_id, step.stage, step.documents_done) for step in ends] == [
        ("een", Stage.UNCHANGED, 1),
        ("weg", Stage.FAILED, 2),
        ("twee", Stage.ACTIVE, 3),
    ]
    encoding = [step for step in steps if step.stage is Stage.ENCODING]
    assert encoding[-1].passages_done == encoding[-1].passages > 1
    assert encoding[0].file == str(entries[2].path)


def test_it_stops_between_documents_when_told(room: Room, notes: Path) -> None:
    entries = [note(notes, "een"), note(notes, "twee"), note(notes, "drie")]
    report = room.pipeline.ingest(entries, stopped=lambda: "een" in room.active())
    assert (report.stopped, report.documents, report.failures) == (True, 1, ())
    assert report.passages == report.encoded > 1
    assert list(room.active()) == ["een"]
    room.check()
    rest = room.pipeline.ingest(entries, stopped=lambda: False)
    assert (rest.stopped, rest.documents, rest.unchanged) == (False, 3, 1)


def test_a_stop_during_the_last_document_is_none(room: Room, notes: Path) -> None:
    report = room.pipeline.ingest([note(notes, "een")], stopped=lambda: "een" in room.active())
    assert (report.stopped, report.documents) == (False, 1)


def test_what_is_told_as_active_is_active(room: Room, notes: Path) -> None:
    seen: list[str] = []

    def told(step: Progress) -> None:
        if step.stage is Stage.ACTIVE:
            assert step.document_id in room.active()
            seen.append(step.document_id)

    room.ingest(note(notes, "een"), note(notes, "twee"), progress=told)
    assert seen == ["een", "twee"]


def test_another_model_than_the_index_was_made_with_is_refused(room: Room, notes: Path) -> None:
    room.ingest(note(notes, "een"))
    room.close()
    with Room(room.folder, encoder=HandEncoder(name="ander")) as other:
        for work in (lambda: other.ingest(note(notes, "twee")), other.pipeline.reconcile):
            with pytest.raises(DataDirectoryError, match=r"'hand'.*'ander'.*ingest again"):
                work()


def test_the_five_notes(room: Room) -> None:
    report = room.ingest(*packaged_catalogue().entries)
    assert (report.documents, report.failures) == (5, ())
    assert room.pipeline.ingest(packaged_catalogue().entries).unchanged == 5
    names = [document.metadata.municipalities[0].name for document in room.register.snapshot().documents]
    assert names == ["Amersfoort", "Amersfoort", "Amstelveen", "Apeldoorn", "Utrecht"]
    room.check()


def test_a_version_is_named_after_everything_that_passages_depend_on() -> None:
    document = Document.of_text("tekst", ())
    same = version_of("a" * 64, metadata("een"), document)
    assert same == version_of("a" * 64, metadata("een"), dataclasses.replace(document, problems=("iets",)))
    others = {
        version_of("b" * 64, metadata("een"), document),
        version_of("a" * 64, metadata("twee"), document),
        version_of("a" * 64, dataclasses.replace(metadata("een"), valid_from=date(2024, 1, 1)), document),
        version_of("a" * 64, metadata("een"), dataclasses.replace(document, text="tekst ")),
        version_of("a" * 64, metadata("een"), dataclasses.replace(document, parser="plain 2")),
        same,
    }
    assert len(others) == 6
    assert all(len(version) == 64 for version in others)


def test_notes_differ() -> None:
    """The generator of these tests: no two notes or editions share a paragraph."""
    texts = [note_text(name, edition, 3) for name in ("a", "b") for edition in (1, 2)]
    paragraphs = [line for text in texts for line in text.splitlines() if line]
    assert len(set(paragraphs)) == len(paragraphs)
