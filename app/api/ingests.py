"""The ingests that the other commands asked the service for."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

from app.alone import WaitOn
from app.api.ingest_lines import IngestLineBody, IngestRequestBody, error_body
from app.api.schemas import IngestBody, ProgressBody
from app.faults import trace_of
from corpus.errors import BeleidswijzerError

LOGGER = logging.getLogger("beleidswijzer.api")


class Ingest(Protocol):
    """Reads files into the knowledge base, as `app.service.Service.ingest` does, until `stopped` says so.

    While others have their turn it asks `wait_on` again and again whether to wait on.
    """

    def __call__(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[ProgressBody], None],
        stopped: Callable[[], bool],
        prune: bool,
        wait_on: WaitOn,
    ) -> IngestBody: ...


class Ingests:
    """The ingests that were asked for, each in its turn.

    One that has begun goes on until its end or `stop`, whether or not its client stays; one that still waits for its
    turn does so only as long as its client.
    """

    def __init__(self, ingest: Ingest) -> None:
        self._ingest = ingest
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()

    def start(self, wanted: IngestRequestBody) -> AsyncIterator[bytes]:
        """Start an ingest; its lines as they come, in the event loop of the caller."""
        lines, done = _Lines(asyncio.get_running_loop()), Future[IngestBody]()
        thread = threading.Thread(target=self._run, args=(wanted, lines, done), name="ingest")
        self._threads = [each for each in self._threads if each.is_alive()]
        self._threads.append(thread)
        thread.start()
        return _told(lines, done)

    def stop(self) -> bool:
        """Let every ingest end after the document at hand; whether there is one to wait for."""
        self._stopping.set()
        return any(thread.is_alive() for thread in self._threads)

    def wait(self) -> None:
        """Return once no ingest runs any more."""
        for thread in self._threads:
            thread.join()

    def _run(self, wanted: IngestRequestBody, lines: "_Lines", done: "Future[IngestBody]") -> None:
        stopped = self._stopping.is_set
        paths = [Path(path) for path in wanted.paths]
        catalogue = None if wanted.catalogue is None else Path(wanted.catalogue)

        def progress(body: ProgressBody) -> None:
            lines.put(IngestLineBody(progress=body, report=None, error=None))

        def wait_on() -> bool:
            lines.tell_of_waiting()
            return not (stopped() or lines.left.is_set())

        try:
            done.set_result(self._ingest(paths, catalogue, wanted.force, progress, stopped, wanted.prune, wait_on))
        except Exception as error:  # noqa: BLE001 - whatever it is goes to the client, and to the log unless it is ours
            if not isinstance(error, BeleidswijzerError):
                LOGGER.error("an ingest failed: %s", trace_of(error))
            done.set_exception(error)
        finally:
            lines.put(None)


class _Lines:
    """The lines of one ingest, on their way from its thread to the event loop of its client; None is the last."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._queue: asyncio.Queue[IngestLineBody | None] = asyncio.Queue()
        self._waits = False
        self.left = threading.Event()  # the client went away

    def put(self, line: IngestLineBody | None) -> None:
        self._loop.call_soon_threadsafe(self._queue.put_nowait, line)

    def tell_of_waiting(self) -> None:
        """Say once that the ingest waits for its turn."""
        if not self._waits:
            self._waits = True
            self.put(IngestLineBody(progress=None, report=None, error=None, waiting=True))

    async def get(self) -> IngestLineBody | None:
        return await self._queue.get()


async def _told(lines: _Lines, done: "Future[IngestBody]") -> AsyncIterator[bytes]:
    try:
        while (line := await lines.get()) is not None:
            yield _encoded(line)
        error = done.exception()
        if error is not None:
            yield _encoded(IngestLineBody(progress=None, report=None, error=error_body(error)))
        else:
            yield _encoded(IngestLineBody(progress=None, report=done.result(), error=None))
    finally:
        lines.left.set()


def _encoded(line: IngestLineBody) -> bytes:
    return line.model_dump_json().encode() + b"\n"
