"""Many files in one ingest: read ahead by several threads, taken in in order, stopped and gone on with."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from corpus.document import Document
from corpus.entries import entries_for
from corpus.entry import Entry
from corpus.errors import DocumentError, MachineError
from corpus.municipalities import load_municipalities
from corpus.reason import Why, because
from ingest.ahead import run_ahead
from ingest.isolation import IsolatedReader
from ingest.pipeline import Progress, Stage
from ingest.read import read_document
from tests.ingest.plain_reader import PlainReader
from tests.ingest.room import Room, note

DEADLINE = 20.0


class Gate:
    """A reader in this process that tells how many files are read at once, and holds up those that it is told to."""

    def __init__(self) -> None:
        self.reading = 0
        self.most = 0
        self.read: list[str] = []
        self.opened = threading.Event()
        self.opened.set()
        self._changing = threading.Lock()

    def __call__(self, path: Path) -> Document:
        with self._changing:
            self.reading += 1
            self.most = max(self.most, self.reading)
        try:
            time.sleep(0.05)
            assert self.opened.wait(DEADLINE)
            return read_document(path)
        finally:
            with self._changing:
                self.reading -= 1
                self.read.append(path.name)


def entries_of(folder: Path) -> list[Entry]:
    return entries_for([folder], None, load_municipalities())


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    for number in range(6):
        note(folder, f"nota-{number}", paragraphs=4)
    return folder


def test_files_are_read_at_once_and_taken_in_in_order(tmp_path: Path, notes: Path) -> None:
    gate = Gate()
    ends: list[str] = []

    def told(step: Progress) -> None:
        if step.stage is Stage.ACTIVE:
            ends.append(Path(step.file).stem)

    with Room(tmp_path / "data", reader=PlainReader(gate, at_once=3)) as room:
        report = room.ingest(*entries_of(notes), progress=told)
        assert (report.documents, report.failures) == (6, ())
        assert ends == [f"nota-{number}" for number in range(6)]
        assert gate.most == 3
        room.check()


def test_no_more_is_read_ahead_than_fits(tmp_path: Path, notes: Path) -> None:
    gate = Gate()
    with Room(tmp_path / "data", reader=PlainReader(gate, at_once=2)) as room:

        def told(step: Progress) -> None:
            assert len(gate.read) + gate.reading <= step.documents_done + 3

        room.ingest(*entries_of(notes), progress=told)


def test_a_bad_file_among_many_is_reported_and_kept_with_its_reason(tmp_path: Path, notes: Path) -> None:
    (notes / "nota-2.txt").write_bytes(b"a\0b")
    with Room(tmp_path / "data", reader=PlainReader(at_once=2)) as room:
        report = room.ingest(*entries_of(notes))
        assert (report.documents, [failure.path.stem for failure in report.failures]) == (5, ["nota-2"])
        (refusal,) = room.register.refusals()
        assert refusal.path == str(notes / "nota-2.txt")
        assert refusal.reason == report.failures[0].reason
        assert refusal.file_sha256 is not None
        room.check()
        note(notes, "nota-2", paragraphs=4)
        assert room.ingest(*entries_of(notes)).unchanged == 5
        assert room.register.refusals() == ()


def test_a_file_that_cannot_be_copied_is_kept_without_its_content(tmp_path: Path, notes: Path) -> None:
    (notes / "weg.txt").symlink_to(notes / "bestaat-niet.txt")
    with Room(tmp_path / "data") as room:
        room.ingest(*entries_of(notes))
        (refusal,) = room.register.refusals()
        assert (refusal.path, refusal.file_sha256) == (str(notes / "weg.txt"), None)


def test_a_bad_sidecar_leaves_its_own_file_out(tmp_path: Path, notes: Path) -> None:
    (notes / "nota-1.txt.toml").write_text("kind = 'gedicht'")
    with Room(tmp_path / "data") as room:
        report = room.ingest(*entries_of(notes))
        (failure,) = report.failures
        assert (report.documents, failure.path) == (5, notes / "nota-1.txt")
        assert "gedicht" in failure.reason
        assert [refusal.path for refusal in room.register.refusals()] == [str(failure.path)]
        room.check()


def test_a_fault_of_the_machine_ends_it_and_what_is_read_ahead(tmp_path: Path, notes: Path) -> None:
    def read(path: Path) -> Document:
        if "nota-2" in path.read_text():
            raise MachineError("no room")
        return read_document(path)

    reader = PlainReader(read, at_once=2)
    with Room(tmp_path / "data", reader=reader) as room:
        with pytest.raises(MachineError, match="no room"):
            room.ingest(*entries_of(notes))
        assert sorted(room.register.snapshot().documents[0].metadata.source_file[:6]) == sorted("nota-0")
        assert len(room.active()) == 2
        room.pipeline.reconcile()
        room.check()
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("ingest")]


def test_a_stop_ends_what_is_read_ahead_and_a_restart_goes_on(tmp_path: Path, notes: Path) -> None:
    read: list[str] = []

    def count(path: Path) -> Document:
        read.append(path.name)
        return read_document(path)

    with Room(tmp_path / "data", reader=PlainReader(count, at_once=2)) as room:
        report = room.pipeline.ingest(entries_of(notes), stopped=lambda: len(room.active()) == 2)
        assert (report.stopped, report.documents) == (True, 2)
        assert len(read) <= 5
        room.check()
    before = len(read)
    with Room(tmp_path / "data", reader=PlainReader(count, at_once=2)) as room:
        report = room.ingest(*entries_of(notes))
        assert (report.stopped, report.documents, report.unchanged) == (False, 6, 2)
        assert len(read) == before + 4
        room.check()


def test_a_stop_does_not_wait_for_a_file_that_takes_long(tmp_path: Path, notes: Path) -> None:
    stopping, reading = threading.Event(), threading.Event()

    def read(path: Path) -> Document:
        if "nota-2" in path.read_text():
            reading.set()
            assert stopping.wait(DEADLINE)
            raise DocumentError(str(path), because(Why.ENDED_BY_SIGNAL, number=9))
        return read_document(path)

    class Slow(PlainReader):
        def close(self) -> None:
            stopping.set()

    for at_once in (1, 2):
        stopping.clear()
        reading.clear()
        with Room(tmp_path / f"data-{at_once}", reader=Slow(read, at_once=at_once)) as room:
            report = room.pipeline.ingest(entries_of(notes), stopped=reading.is_set)
            assert (report.stopped, report.failures) == (True, ())
            assert report.documents <= 2
            assert room.register.refusals() == ()
            room.check()


def test_an_interrupt_leaves_every_document_whole(tmp_path: Path, notes: Path) -> None:
    def told(step: Progress) -> None:
        if step.stage is Stage.STORING and step.documents_done == 3:
            raise KeyboardInterrupt

    with Room(tmp_path / "data", reader=PlainReader(at_once=2)) as room:
        with pytest.raises(KeyboardInterrupt):
            room.ingest(*entries_of(notes), progress=told)
        room.check_active()
        assert len(room.active()) == 3
        room.pipeline.reconcile()
        room.check()
        assert room.ingest(*entries_of(notes)).unchanged == 3


def test_reading_in_processes_of_their_own(tmp_path: Path, notes: Path) -> None:
    (notes / "nota-3.txt").write_bytes(b"\xff\xff")
    reader = IsolatedReader(recognise=False)
    with Room(tmp_path / "data", reader=reader) as room:
        report = room.ingest(*entries_of(notes))
        assert (report.documents, [failure.path.stem for failure in report.failures]) == (5, ["nota-3"])
        (failure,) = report.failures
        assert "het is geen UTF-8 (byte 0, 0xff)" in failure.reason
        for document in room.register.snapshot().documents:
            assert room.register.text(document.version).text == read_document(Path(document.path)).text
        assert len(reader._idle) == 1, "one process stays for the next ingest"
        room.check()
    reader.close()
    assert not [child for child in psutil.Process().children() if "reading_process" in " ".join(child.cmdline())]


def test_jobs_run_ahead_in_order() -> None:
    jobs: list[Callable[[], int]] = [lambda number=number: number for number in range(20)]  # type: ignore[misc]
    for at_once in (1, 2, 5):
        assert [each.result() for each in run_ahead(jobs, at_once, lambda: None)] == list(range(20))


def test_what_a_job_raises_comes_at_its_turn() -> None:
    def fail() -> int:
        raise DocumentError("b", because(Why.EMPTY))

    ahead = run_ahead([lambda: 1, fail, lambda: 3], 2, lambda: None)
    assert next(ahead).result() == 1
    with pytest.raises(DocumentError, match="b"):
        next(ahead).result()
    assert next(ahead).result() == 3


def test_closing_ends_what_runs_and_drops_the_rest() -> None:
    ended = threading.Event()
    ran: list[int] = []

    def wait(number: int) -> int:
        ran.append(number)
        assert number == 0 or ended.wait(DEADLINE)
        return number

    ahead = run_ahead([lambda number=number: wait(number) for number in range(9)], 2, ended.set)  # type: ignore[misc]
    assert next(ahead).result() == 0
    ahead.close()
    assert ended.is_set()
    assert len(ran) <= 4
