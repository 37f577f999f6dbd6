"""Answering HTTP in this process, until a signal stops it."""

import errno
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.concurrency import run_in_threadpool

from app.api.application import create_app
from app.api.ingests import Ingest, Ingests
from app.api.knowledge import Knowledge
from app.faults import FaultFormatter
from app.task_workers import TaskWorkers
from corpus.errors import BeleidswijzerError, MachineError, UsageError

EXIT_INTERRUPTED = 130
_MAX_HEAD_BYTES = 256 * 1024  # so that a question that is far too long still gets an answer that says so
_BACKLOG = 2048
STOP_SECONDS = 10  # for the requests in flight at a stop, after any ingest
_TELLS_OF_BODIES = ("python_multipart", "python_multipart.multipart")  # loggers that write down bytes that were sent


def answer(
    knowledge: Knowledge, ingest: Ingest, token: str, listener: socket.socket, notify: Callable[[str], None]
) -> int:
    """Answer requests on `listener` until SIGTERM (0) or Ctrl-C (130), the exit code; those in flight end first.

    One that has not ended in time, such as an upload of which nothing more comes, is cut off. An ingest ends after the
    document at hand, however long that takes, and `notify` hears of the wait; a second signal ends the process at once.
    Raises the error of the model where that cannot be loaded.
    """
    failures: list[Exception] = []

    def stop(error: Exception) -> None:
        failures.append(error)
        server.should_exit = True

    app = create_app(knowledge, ingest, token, stop)
    server = _Server(
        uvicorn.Config(
            app,
            access_log=False,  # its line would hold the question
            h11_max_incomplete_event_size=_MAX_HEAD_BYTES,
            http="h11",
            lifespan="on",
            log_config=None,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
            ws="none",
        ),
        app.state.ingests,
        app.state.workers,
        notify,
    )
    server.run([listener])
    if failures:
        raise _known(failures[0]) from failures[0]
    return EXIT_INTERRUPTED if server.stopped_by == signal.SIGINT else 0


class _Server(uvicorn.Server):
    """Stops at a signal like its parent, but then returns instead of raising the signal again."""

    def __init__(
        self, config: uvicorn.Config, ingests: Ingests, workers: TaskWorkers, notify: Callable[[str], None]
    ) -> None:
        super().__init__(config)
        self.stopped_by: int | None = None
        self._ingests = ingests
        self._workers = workers
        self._notify = notify

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.stopped_by is not None:
            os._exit(EXIT_INTERRUPTED)  # what is half done is mended on the next opening, as after a crash
        self.stopped_by = sig
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        busy = [self._ingests.stop(), self._workers.stop()]
        if any(busy):
            self._notify("De dienst stopt na het huidige document (meteen stoppen: nogmaals Ctrl-C)")
        for server in self.servers:
            server.close()
        await run_in_threadpool(self._ingests.wait)  # the client of an ingest hears its end, whatever that takes
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`; UsageError that names what is wrong with them."""
    if not 0 <= port <= 65535:
        raise UsageError(f"--port {port} is no port: give a number from 1 to 65535")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise UsageError(f"--host {host!r} is not known: give an address of this machine, such as 127.0.0.1") from error
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise _refusal(host, port, error) from error
    return listener


def log_to_stderr() -> None:
    """Log to stderr: warnings of libraries, every request and fault of ours; never a message of an exception."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FaultFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("beleidswijzer").setLevel(logging.INFO)
    for name in _TELLS_OF_BODIES:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _refusal(host: str, port: int, error: OSError) -> BeleidswijzerError:
    match error.errno:
        case errno.EADDRINUSE:
            return UsageError(f"port {port} on {host} is in use: stop what listens there, or choose another --port")
        case errno.EACCES | errno.EPERM:
            return UsageError(f"port {port} on {host} may not be used by this user: choose a --port above 1023")
        case errno.EADDRNOTAVAIL:
            return UsageError(f"--host {host} is no address of this machine: give one that is, such as 127.0.0.1")
    return MachineError(f"port {port} on {host} cannot be listened on ({error.strerror}): choose another --port")


def _known(error: Exception) -> BeleidswijzerError:
    if isinstance(error, BeleidswijzerError):
        return error
    return MachineError(f"the model cannot be loaded ({type(error).__name__}); the log above says where")
