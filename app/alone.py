"""One change of the documents at a time, whichever thread or process makes it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.holder import PATIENCE
from corpus.errors import HeldError


class Alone:
    """A data directory whose documents one ingest or removal at a time may change."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._one_thread = threading.Lock()
        self._one_process = FileLock(data_dir / "ingest.lock", thread_local=False)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Hold it; HeldError where another goes on for long."""
        if not self._one_thread.acquire(timeout=PATIENCE):
            raise self._busy()
        try:
            with self._one_process.acquire(timeout=PATIENCE):
                yield
        except Timeout:
            raise self._busy() from None
        finally:
            self._one_thread.release()

    def _busy(self) -> HeldError:
        return HeldError(f"{self._data_dir}: documents are being taken in or out; try again when that is done")
