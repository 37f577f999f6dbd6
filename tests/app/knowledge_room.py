"""A knowledge base in which one file takes as long as a test wants, and what goes on beside that."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from app.api.application import document_run
from app.knowledge_base import KnowledgeBase
from app.task_workers import TaskWorkers
from corpus.document import Document
from corpus.entry import unknown_metadata
from corpus.errors import DocumentError
from corpus.reason import Why, because
from corpus.task import Task, TaskKind
from ingest.pipeline import IngestReport
from ingest.read import read_document
from tests.app.notes import loader, settings
from tests.ingest.plain_reader import PlainReader

TEXT = "Conflictscheidingen raken veel kinderen. De gemeente helpt."


class Gate(PlainReader):
    """Reads files, but holds up those whose text has LANG until `open`; `reached` once one is held up.

    As with reading in another process, `close` cuts off what is being read.
    """

    def __init__(self) -> None:
        super().__init__(self._read)
        self.reached = threading.Event()
        self.open = threading.Event()
        self._cut = threading.Event()

    def close(self) -> None:
        super().close()
        self._cut.set()

    def _read(self, path: Path) -> Document:
        self._cut.clear()
        if "LANG" in path.read_text(encoding="utf-8"):
            self.reached.set()
            while not self.open.wait(0.01):
                if self._cut.is_set():
                    raise DocumentError(path.name, because(Why.EMPTY))
        return read_document(path)


class Room:
    """A knowledge base with the notes, in which a file with the word LANG takes until the gate opens."""

    def __init__(self, opened: KnowledgeBase, gate: Gate, folder: Path) -> None:
        self.opened = opened
        self.gate = gate
        self._folder = folder
        self._threads: list[threading.Thread] = []
        self._wake: Callable[[], None] = lambda: None
        self.reports: list[IngestReport] = []

    def start(self, work: Callable[[], object]) -> threading.Thread:
        thread = threading.Thread(target=work)
        self._threads.append(thread)
        thread.start()
        return thread

    def begin_long_ingest(self) -> threading.Thread:
        """An ingest that has begun and goes on until the gate opens."""
        file = self._folder / "lang.txt"
        file.write_text(f"LANG. {TEXT}", encoding="utf-8")
        thread = self.start(lambda: self.reports.append(self.opened.ingest([file], None, False)))
        assert self.gate.reached.wait(20)
        return thread

    def send(self, document_id: str = "gestuurd", content: str = TEXT) -> Task:
        with self.opened.files.receiving() as incoming:
            incoming.write(content.encode())
            metadata = replace(unknown_metadata(Path("nota.txt")), document_id=document_id)
            task = self.opened.accept(incoming, metadata)
        self._wake()
        return task

    @contextmanager
    def working(self) -> Iterator[TaskWorkers]:
        runs = {TaskKind.DOCUMENT: document_run(self.opened)}
        turns = {TaskKind.DOCUMENT: self.opened.turn}
        workers = TaskWorkers(self.opened.tasks, runs, False, self.opened.tidy, turns, pause=0.01)
        workers.start()
        self._wake = workers.wake
        try:
            yield workers
        finally:
            workers.stop()
            self.gate.open.set()
            workers.wait()

    def task(self, task: Task) -> Task:
        return self.opened.tasks.get(task.id)

    def ids(self) -> set[str]:
        return {each.metadata.document_id for each in self.opened.snapshot().documents}

    def in_index(self) -> set[str]:
        """The versions of which the index has points."""
        current = self.opened._index.current()
        assert current is not None
        return set(current.index.versions())

    def is_clean(self) -> bool:
        """Whether register, index and originals hold what is active and nothing else."""
        documents = self.opened.snapshot().documents
        versions = {each.version for each in documents}
        kept = {path.name for path in (self._folder / "data" / "files").rglob("*") if path.is_file()}
        same = versions == self.in_index() == set(self.opened.register.versions())
        return same and kept == {each.file_sha256 for each in documents}

    def end(self) -> None:
        self.gate.open.set()
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive()


@contextmanager
def opened_room(folder: Path, catalogue: Path | None) -> Iterator[Room]:
    gate = Gate()
    with KnowledgeBase.open(settings(folder), load=loader(), reader=gate) as opened:
        if catalogue is not None:
            opened.ingest([], catalogue, force=False)
        room = Room(opened, gate, folder)
        try:
            yield room
        finally:
            room.end()
