"""Files read by processes of their own, within limits: a file that breaks or stalls its reader breaks nothing else."""

import os
import threading
from pathlib import Path

from corpus.document import Document
from ingest.fingerprint import fingerprint
from ingest.limits import Limits
from ingest.ocr import unavailable
from ingest.reading_worker import ReadingWorker

__all__ = ["IsolatedReader", "Limits"]

_UNKNOWN_MEMORY = 4 << 30
DEFAULT_READ = "ingest.read_file:read_file"


class IsolatedReader:
    """Reads files by processes that are kept for the next file; safe to use from several threads.

    They know no secret of this process. `recognise` lets them use text recognition where that is installed; `function`
    is what reads a file ("module:function", a `reading_process.Read`).
    """

    def __init__(self, limits: Limits | None = None, recognise: bool = True, function: str = DEFAULT_READ) -> None:
        self._limits = limits or Limits()
        self._recognise = recognise
        self._function = function
        self._changing = threading.Lock()
        self._idle: list[ReadingWorker] = []
        self._busy: set[ReadingWorker] = set()

    @property
    def at_once(self) -> int:
        """As many as there are processor cores, and as have room in the memory of this machine together."""
        return max(1, min(_cores(), _memory() // self._limits.memory))

    @property
    def recognises(self) -> bool:
        """Whether pages without usable text go through text recognition, as this process found when it first asked."""
        return self._recognise and unavailable() is None

    @property
    def fingerprint(self) -> str:
        """Of the parsers, the limits and text recognition."""
        return fingerprint(self._limits, self.recognises)

    def read(self, path: Path) -> Document:
        """The document in a file; DocumentError with the reason, also where a limit was passed or the reader broke.

        MachineError where no process can be started.
        """
        worker = self._take()
        try:
            return worker.read(path.absolute(), self._recognise)
        finally:
            self._give_back(worker)

    def rest(self) -> None:
        """Keep one process for the next file, and end the others that have nothing to do."""
        with self._changing:
            ending, self._idle = self._idle[1:], self._idle[:1]
        for worker in ending:
            worker.end()

    def close(self) -> None:
        """End every process, also one that is reading; a later `read` starts another."""
        with self._changing:
            ending, self._idle = [*self._idle, *self._busy], []
        for worker in ending:
            worker.end()

    def _take(self) -> ReadingWorker:
        worker = self._kept() or ReadingWorker(self._function, self._limits)
        with self._changing:
            self._busy.add(worker)
        return worker

    def _kept(self) -> ReadingWorker | None:
        while True:
            with self._changing:
                if not self._idle:
                    return None
                worker = self._idle.pop()
            if worker.is_usable():
                return worker
            worker.end()

    def _give_back(self, worker: ReadingWorker) -> None:
        with self._changing:
            self._busy.discard(worker)
            if worker.is_usable():
                self._idle.append(worker)
                return
        worker.end()


def _cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> int:
    """The bytes of memory in this machine, as far as the system tells."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return _UNKNOWN_MEMORY
