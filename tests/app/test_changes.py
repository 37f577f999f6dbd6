"""Documents taken in and out beside each other in the real knowledge base: in turns, at once, and never half."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import changes, running_task
from app.api.application import document_run
from corpus.errors import MachineError, NotFoundError
from corpus.register_tasks import CANCELLED
from corpus.task import TaskState
from tests.app.knowledge_room import TEXT, Room, opened_room
from tests.app.notes import write_catalogue
from tests.app.waits import until


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(running_task, "_TELL_SECONDS", 0.0)
    with opened_room(tmp_path, write_catalogue(tmp_path / "notes")) as room:
        yield room


def test_a_document_is_taken_out_at_once_beside_a_long_ingest(room: Room) -> None:
    version = room.opened.document("utrecht-nota").version
    ingest = room.begin_long_ingest()
    began = time.monotonic()
    room.opened.remove("utrecht-nota")
    assert time.monotonic() - began < 5
    assert ingest.is_alive()
    assert "utrecht-nota" not in room.ids()
    with pytest.raises(NotFoundError):
        room.opened.text("utrecht-nota")
    with pytest.raises(NotFoundError):
        room.opened.remove("utrecht-nota")
    assert version in room.in_index()
    room.end()
    assert len(room.ids()) == 3
    assert room.is_clean()


def test_what_was_taken_out_is_gone_after_a_crash(tmp_path: Path) -> None:
    """The process dies after the document was taken out and before its points were."""
    with opened_room(tmp_path, write_catalogue(tmp_path / "notes")) as room:
        room.opened.register.retire("utrecht-nota")
        assert not room.is_clean()
    with opened_room(tmp_path, None) as room:
        assert room.ids() == {"amersfoort-nota", "apeldoorn-nota"}
        assert room.is_clean()


def test_a_document_that_still_waits_to_be_read_never_appears(room: Room) -> None:
    room.begin_long_ingest()
    with room.working():
        sent = [room.send(content=f"{TEXT} {number}") for number in range(3)]
        other = room.send("ander")
        room.opened.remove("gestuurd")
        assert [(room.task(each).state, room.task(each).error) for each in sent] == [(TaskState.FAILED, CANCELLED)] * 3
        with pytest.raises(NotFoundError):
            room.opened.remove("gestuurd")
        room.end()
        until(lambda: room.task(other).state is TaskState.DONE)
    assert "gestuurd" not in room.ids()
    assert {"ander", "utrecht-nota"} <= room.ids()
    assert room.is_clean()


def test_a_document_that_is_being_read_never_appears(room: Room) -> None:
    with room.working():
        sent = room.send(content=f"LANG {TEXT}")
        assert room.gate.reached.wait(20)
        room.opened.remove("gestuurd")
        until(lambda: room.task(sent).state is TaskState.FAILED)  # with the gate shut: it is not read to its end
        assert (room.task(sent).error, room.task(sent).cancelled) == (CANCELLED, True)
        room.gate.open.set()
    assert "gestuurd" not in room.ids()
    assert room.is_clean()


@pytest.mark.parametrize("taken_out", [False, True])
def test_a_document_whose_points_are_being_stored_never_appears(
    room: Room, taken_out: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version of a document is about to become active, which is the last moment to break that off."""
    with room.working():
        first = room.send()
        until(lambda: room.task(first).state is TaskState.DONE)
        former = room.opened.document("gestuurd").version
        add_pending, pending = room.opened.register.add_pending, threading.Event()

        def held_up(*given: object) -> None:
            add_pending(*given)  # type: ignore[arg-type]
            pending.set()
            assert room.gate.open.wait(60)

        monkeypatch.setattr(room.opened.register, "add_pending", held_up)
        second = room.send(content=f"{TEXT} Anders.")
        assert pending.wait(20)
        if taken_out:
            room.opened.remove("gestuurd")
        else:
            room.opened.tasks.cancel(second.id)
        room.gate.open.set()
        until(lambda: room.task(second).state is TaskState.FAILED)
        assert room.task(second).cancelled
        until(room.is_clean)
    if taken_out:
        assert "gestuurd" not in room.ids()
    else:
        assert room.opened.document("gestuurd").version == former


def test_no_refusal_is_kept_of_a_document_that_was_taken_out_while_it_was_read(room: Room) -> None:
    task = room.send(content=" \n")
    assert room.opened.tasks.next() is not None
    room.opened.remove("gestuurd")
    run = document_run(room.opened)
    with pytest.raises(Exception, match=CANCELLED):
        run(task, lambda _: None, lambda: False)
    assert room.opened.ledger().refusals == ()


def test_the_same_file_sent_again_after_a_removal_is_read(room: Room) -> None:
    with room.working():
        first = room.send(content=f"LANG {TEXT}")
        assert room.gate.reached.wait(20)
        room.opened.remove("gestuurd")
        second = room.send(content=f"LANG {TEXT}")
        assert second.id != first.id
        room.gate.open.set()
        until(lambda: room.task(second).state is TaskState.DONE)
        assert room.task(first).cancelled
    assert "gestuurd" in room.ids()
    assert room.is_clean()


def test_an_ingest_waits_for_its_turn_and_is_done(room: Room, tmp_path: Path) -> None:
    asked: list[bool] = []

    def wait_on() -> bool:
        asked.append(True)
        return True

    room.begin_long_ingest()
    files = [tmp_path / f"{name}.txt" for name in ("een", "twee")]
    for file in files:
        file.write_text(f"{file.stem} {TEXT}", encoding="utf-8")
        room.start(lambda file=file: room.reports.append(room.opened.ingest([file], None, False, wait_on=wait_on)))  # type: ignore[misc]
    until(lambda: len(asked) > 4)
    assert room.reports == []
    room.end()
    assert [(report.documents, report.stopped) for report in room.reports] == [(1, False)] * 3
    assert len(room.ids()) == 6


def test_an_ingest_that_will_not_wait_has_done_nothing(room: Room, tmp_path: Path) -> None:
    room.begin_long_ingest()
    report = room.opened.ingest([tmp_path / "notes"], None, True, wait_on=lambda: False)
    assert (report.documents, report.stopped, report.vanished) == (0, True, ())


def test_an_upload_waits_for_an_ingest_however_long_and_a_stop_gives_it_back(room: Room) -> None:
    room.begin_long_ingest()
    with room.working() as workers:
        sent = room.send()
        time.sleep(0.5)
        assert room.task(sent).state is TaskState.WAITING  # so that a kill now is not one of its attempts
        workers.stop()
        workers.wait()
        assert (room.task(sent).state, room.task(sent).attempts) == (TaskState.WAITING, 0)
    room.end()
    with room.working():
        until(lambda: room.task(sent).state is TaskState.DONE)


def test_what_cannot_be_removed_from_the_index_goes_later(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise MachineError("no room")

    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr(changes, "remove_hidden", full)
        room.opened.remove("utrecht-nota")
    assert "no room" in caplog.text
    assert "utrecht-nota" not in room.ids()
    assert not room.is_clean()
    room.opened.ingest([], tmp_path / "notes" / "catalogue.toml", False)
    assert room.is_clean()
