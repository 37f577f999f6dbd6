"""An ingest that stops between any two writes: every document is as it was or as it was to be."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import MachineError
from ingest.pipeline import Pipeline, Progress, Stage
from tests.ingest.crashing import Crash, CrashingFiles, CrashingIndex, CrashingRegister, Fuse
from tests.ingest.plain_reader import PlainReader
from tests.ingest.room import Room, note

NO_ROOM = "No room on disk"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Room(tmp_path / "data") as room:
        yield room


def fused(room: Room, fuse: Fuse) -> Pipeline:
    """The pipeline of a room, with a fuse in everything it writes to."""
    return Pipeline(
        CrashingRegister(room.register, fuse),
        CrashingIndex(room.index, fuse),
        room.encoder,
        room.cache,
        room.lexicon,
        CrashingFiles(room.folder / "files", fuse),
        room.readers,
        PlainReader(),
    )


def no_room() -> MachineError:
    return MachineError(NO_ROOM)


def test_a_crash_at_any_write_of_a_replacement(room: Room, tmp_path: Path) -> None:
    room.ingest(note(tmp_path, "een", edition=0, paragraphs=4), note(tmp_path, "twee", paragraphs=4))
    before, outcomes = 0, []
    for at in range(1, 100):
        fuse = Fuse(at)
        acknowledged: list[str] = []

        def told(step: Progress, acknowledged: list[str] = acknowledged) -> None:
            if step.stage is Stage.ACTIVE:
                acknowledged.append(step.document_id)

        try:
            fused(room, fuse).ingest([note(tmp_path, "een", edition=at, paragraphs=4)], progress=told)
        except Crash:
            room.check_active()
            room.pipeline.reconcile()
        room.check()
        text = room.texts()["een"]
        (edition,) = {each for each in range(at + 1) if f"Einde van een, uitgave {each}." in text}
        assert edition == at if acknowledged else edition in (before, at)
        outcomes.append(edition == at)
        before = edition
        if fuse.calls < at:
            break
    assert len(outcomes) > 10
    assert outcomes == sorted(outcomes), "once a crash comes after the switch, so do all later ones"
    assert outcomes[-1]
    assert not outcomes[0]


def test_a_crash_at_any_write_of_a_removal(room: Room, tmp_path: Path) -> None:
    room.ingest(note(tmp_path, "een", paragraphs=4))
    for at in range(1, 100):
        room.ingest(note(tmp_path, "twee", paragraphs=4))
        fuse = Fuse(at)
        try:
            fused(room, fuse).remove("twee")
        except Crash:
            room.check_active()
            room.pipeline.reconcile()
        room.check()
        assert list(room.active()) == ["een"]  # the first write is the retirement
        if fuse.calls < at:
            assert at > 4
            return
    pytest.fail("the fuse never outlived the removal")


def test_a_full_disk_at_any_write_and_then_room_again(room: Room, tmp_path: Path) -> None:
    """The process goes on: no restart, no reconcile, only the next ingest."""
    room.ingest(note(tmp_path, "een", edition=0, paragraphs=4))
    before = 0
    for at in range(1, 100):
        fuse = Fuse(at, no_room)
        with contextlib.suppress(MachineError):
            fused(room, fuse).ingest([note(tmp_path, "een", edition=at, paragraphs=4)])
        room.check_active()
        text = room.texts()["een"]
        assert any(f"Einde van een, uitgave {each}." in text for each in (before, at))
        if fuse.calls < at:
            break
        room.ingest(note(tmp_path, "een", edition=at, paragraphs=4))
        before = at
        room.check()
    assert at > 10
    room.check()


def test_a_full_disk_stops_the_ingest_and_keeps_what_was_active(room: Room, tmp_path: Path) -> None:
    entries = [note(tmp_path, name, paragraphs=4) for name in ("een", "twee", "drie")]
    acknowledged: list[str] = []

    def told(step: Progress) -> None:
        if step.stage is Stage.ACTIVE:
            acknowledged.append(step.document_id)

    fuse = Fuse(14, no_room)  # an ingest of a new document is 8 calls
    with pytest.raises(MachineError, match=NO_ROOM):
        fused(room, fuse).ingest(entries, progress=told)
    assert acknowledged == list(room.active()) == ["een"]
    room.pipeline.reconcile()
    room.check()
    assert room.ingest(*entries).unchanged == 1
    assert sorted(room.active()) == ["drie", "een", "twee"]
    room.check()


def test_control_c_between_and_in_documents(room: Room, tmp_path: Path) -> None:
    entries = [note(tmp_path, name, paragraphs=4) for name in ("een", "twee")]

    def interrupt(step: Progress) -> None:
        if step.document_id == "twee" and step.stage is Stage.STORING:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.ingest(*entries, progress=interrupt)
    assert list(room.active()) == ["een"]
    room.pipeline.reconcile()
    room.check()


def test_a_crash_while_a_crash_is_mended(room: Room, tmp_path: Path) -> None:
    for at in range(1, 100):
        with pytest.raises(Crash):
            fused(room, Fuse(6)).ingest([note(tmp_path, "een", edition=at, paragraphs=4)])
        fuse = Fuse(at)
        try:
            fused(room, fuse).reconcile()
        except Crash:
            room.check_active()
            room.pipeline.reconcile()
        room.check()
        if fuse.calls < at:
            assert at > 3
            return
    pytest.fail("the fuse never outlived the mending")
