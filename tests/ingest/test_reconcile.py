"""Register and index that came to disagree, and processes that share them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.register_schema import State
from corpus.register_schema import version as version_table
from ingest.pipeline import Pipeline
from tests.hand_encoder import HandEncoder
from tests.ingest.crashing import Crash, CrashingIndex, Fuse
from tests.ingest.plain_reader import PlainReader
from tests.ingest.room import Room, note


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Room(tmp_path / "data") as room:
        room.ingest(note(tmp_path, "een"), note(tmp_path, "twee"))
        yield room


def age(room: Room, seconds: float) -> None:
    """Let every version have been in its state for so much longer."""
    with room.register._database.writing() as connection:
        connection.execute(version_table.update().values(changed_at=version_table.c.changed_at - seconds))


def test_a_lost_index_is_filled_again_from_the_cache(room: Room) -> None:
    room.close()
    shutil.rmtree(room.folder / "index")
    encoder = HandEncoder()
    with Room(room.folder, encoder=encoder) as again:
        assert again.index.versions() == {}
        again.pipeline.reconcile()
        assert encoder.encoded == 0
        again.check()


def test_a_lost_index_and_cache_are_filled_again_by_encoding(room: Room) -> None:
    room.close()
    shutil.rmtree(room.folder / "index")
    for file in room.folder.glob("vectors.db*"):
        file.unlink()
    encoder = HandEncoder()
    with Room(room.folder, encoder=encoder) as again:
        again.pipeline.reconcile()
        assert encoder.encoded == sum(document.passages for document in again.register.snapshot().documents)
        again.check()


def test_points_that_are_missing_are_put_back(room: Room) -> None:
    room.index.delete([room.active()["een"]])
    room.pipeline.reconcile()
    room.check()


def test_points_that_the_register_does_not_know_are_removed(room: Room, tmp_path: Path) -> None:
    with Room(tmp_path / "elders", encoder=room.encoder) as other:
        other.ingest(note(tmp_path, "drie"))
        (document,) = other.register.snapshot().documents
        vectors = other.index.nearest(room.encoder.encode_query("a"), [document.version], 99)
    assert len(vectors) == document.passages
    with Room(tmp_path / "mengsel", encoder=room.encoder) as mixed:
        mixed.close()
        shutil.rmtree(tmp_path / "mengsel" / "index")
    shutil.copytree(tmp_path / "elders" / "index", tmp_path / "mengsel" / "index")
    with Room(tmp_path / "mengsel") as mixed:
        assert mixed.index.versions() == {document.version: document.passages}
        mixed.pipeline.reconcile()
        assert mixed.index.versions() == {}
        mixed.check()


def test_nothing_is_written_or_encoded_when_all_is_well(room: Room) -> None:
    before = room.register.snapshot()
    encoder = HandEncoder()
    room.close()
    fuse = Fuse(1)
    with Room(room.folder, encoder=encoder, around_index=lambda index: CrashingIndex(index, fuse)) as again:
        again.pipeline.reconcile()
        assert again.register.snapshot() == before
    assert (encoder.encoded, fuse.calls) == (0, 0)


def test_half_copies_and_unused_originals_are_removed(room: Room, tmp_path: Path) -> None:
    (tmp_path / "los.txt").write_text("los")
    room.files.put(tmp_path / "los.txt")
    (room.folder / "files" / ".half-x").write_bytes(b"half")
    room.pipeline.reconcile()
    room.check()


def test_processes_that_share_leave_each_others_work_alone(tmp_path: Path) -> None:
    entry = note(tmp_path, "een")
    with Room(tmp_path / "data", shared=True) as room:
        room.ingest(entry)
        first = room.active()["een"]
        other = Pipeline(
            room.register,
            CrashingIndex(room.index, Fuse(3)),
            room.encoder,
            room.cache,
            room.lexicon,
            room.files,
            room.readers,
            PlainReader(),
            shared=True,
        )
        with pytest.raises(Crash):
            other.ingest([note(tmp_path, "twee")])
        (pending,) = room.register.hidden(State.PENDING, quiet_for=0)
        room.ingest(note(tmp_path, "een", edition=2))
        room.pipeline.reconcile()
        assert room.register.versions() == {
            first: State.RETIRED,
            pending: State.PENDING,
            room.active()["een"]: State.ACTIVE,
        }
        assert set(room.index.versions()) == {first, pending, room.active()["een"]}
        age(room, 61)
        room.pipeline.reconcile()
        assert room.register.versions() == {pending: State.PENDING, room.active()["een"]: State.ACTIVE}
        age(room, 3600)
        room.pipeline.reconcile()
        assert room.register.versions() == {room.active()["een"]: State.ACTIVE}
        assert room.index.versions().keys() == {room.active()["een"]}


def test_a_retired_version_that_others_may_still_read_can_come_back(tmp_path: Path) -> None:
    with Room(tmp_path / "data", shared=True) as room:
        room.ingest(note(tmp_path, "een"))
        first = room.active()
        room.ingest(note(tmp_path, "een", edition=2))
        room.ingest(note(tmp_path, "een"))
        assert room.active() == first
        age(room, 61)
        room.pipeline.reconcile()
        age(room, 3600)
        room.ingest(note(tmp_path, "een"))
        assert room.index.versions().keys() == set(first.values())
