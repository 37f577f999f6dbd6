"""One change of the documents at a time, whichever thread or process makes it, each in its turn."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.holder import refusal

WAITS = "wacht op een ander bestand dat ingelezen wordt ..."
_LOOK_SECONDS = 0.2  # between two times that who waits is asked whether to wait on

WaitOn = Callable[[], bool]


def for_ever() -> bool:
    """Wait for a turn however long that takes."""
    return True


class Alone:
    """A data directory whose documents one ingest or removal at a time may change; who comes first goes first.

    Of several processes one changes at a time and one is next: no process comes twice while another waits. The thread
    that has it has it once more where it asks again.
    """

    def __init__(self, data_dir: Path) -> None:
        self._changed = threading.Condition()
        self._queue: deque[object] = deque()
        self._holder: int | None = None  # the thread that has it
        self._data_dir = data_dir
        self._next_process = FileLock(data_dir / "ingest.next.lock", thread_local=False)
        self._one_process = FileLock(data_dir / "ingest.lock", thread_local=False)

    @contextmanager
    def __call__(self, wait_on: WaitOn = for_ever) -> Iterator[bool]:
        """Hold it, and give True; wait for that as long as `wait_on` says so, a few times a second, else give False.

        `wait_on` is not asked where nobody else is busy. DataDirectoryError or MachineError where it cannot be held.
        """
        if self._holder == threading.get_ident():
            yield True
            return
        with self._among_threads(wait_on) as first:
            if not first:
                yield False
                return
            with self._among_processes(wait_on) as mine:
                self._holder = threading.get_ident() if mine else None
                try:
                    yield mine
                finally:
                    self._holder = None

    @contextmanager
    def _among_threads(self, wait_on: WaitOn) -> Iterator[bool]:
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
        try:
            yield self._comes_first(ticket, wait_on)
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _comes_first(self, ticket: object, wait_on: WaitOn) -> bool:
        while True:
            with self._changed:
                if self._queue[0] is ticket:
                    return True
            if not wait_on():  # with nothing held: it may take as long as it likes
                return False
            with self._changed:
                self._changed.wait_for(lambda: self._queue[0] is ticket, _LOOK_SECONDS)

    @contextmanager
    def _among_processes(self, wait_on: WaitOn) -> Iterator[bool]:
        """Who holds the first lock is next; it lets go of that once it holds the second."""
        if not self._taken(self._next_process, wait_on):
            yield False
            return
        try:
            mine = self._taken(self._one_process, wait_on)
        finally:
            self._next_process.release()
        try:
            yield mine
        finally:
            if mine:
                self._one_process.release()

    def _taken(self, lock: FileLock, wait_on: WaitOn) -> bool:
        seconds = 0.0
        while True:
            try:
                lock.acquire(timeout=seconds)
            except Timeout:
                if not wait_on():
                    return False
                seconds = _LOOK_SECONDS
            except OSError as error:
                raise refusal(self._data_dir, error) from error
            else:
                return True
