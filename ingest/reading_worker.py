"""One process that reads files for this one, watched while it does."""

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from corpus.document import Document
from corpus.errors import MachineError
from ingest.limits import Limits
from ingest.own_process import ROOT, environment_of, kill
from ingest.reading_process import SIGNALLED
from ingest.reading_watch import ReadingWatch
from ingest.reading_wire import LONGEST_REASON, Kind, Message, Request, received

_START_SECONDS = 120.0
_FORKS = hasattr(os, "fork")


class ReadingWorker:
    """A process that reads one file after another with `function` ("module:function"), each in a fork of itself.

    After an answer that was not whole it is not usable any more, nor, where the system cannot fork, after the first.
    """

    def __init__(self, function: str, limits: Limits) -> None:
        self._limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix="beleidswijzer-reading-", ignore_cleanup_errors=True)
        load = f"import sys; sys.path.append({str(ROOT)!r}); from ingest.reading_process import main"
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", f"{load}; main({function!r}, {self._folder.name!r})"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment_of(os.environ, self._folder.name),
                start_new_session=True,  # Ctrl-C does not reach it, and it can be ended with all that it started
            )
        except OSError as error:
            self._folder.cleanup()
            raise MachineError(
                f"no process can be started to read files in ({error.strerror}); close other programs and try again"
            ) from error
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._ending = threading.Lock()
        self._ready = False
        self._usable = True
        threading.Thread(target=self._listen, name="reading", daemon=True).start()

    def is_usable(self) -> bool:
        """Whether it can read another file."""
        return self._usable and self._process.poll() is None

    def read(self, path: Path, recognise: bool) -> Document:
        """The document in a file; DocumentError with the reason, also where a limit was passed or the reader broke."""
        self._usable = False
        self._await_start()
        self._send(Request(path, recognise, self._limits))
        watch = ReadingWatch(path, self._limits)
        while watch.hear(self._next(watch)):
            continue
        self._usable = _FORKS
        return watch.document()

    def end(self) -> None:
        """End it with all processes that it started, whatever they are doing; a second call does nothing."""
        with self._ending:
            self._usable = False
            if self._process.returncode is None:
                kill(self._process)
                self._process.wait()
            assert self._process.stdin is not None
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
            self._folder.cleanup()

    def _await_start(self) -> None:
        if self._ready:
            return
        try:
            message = self._messages.get(timeout=_START_SECONDS)
        except queue.Empty:
            message = None
        if message is None or message[0] is not Kind.READY:
            self.end()
            raise MachineError(
                "the process that files are read in does not start; its message is above, if any: install "
                "Beleidswijzer again, or make room in memory"
            )
        self._ready = True

    def _next(self, watch: ReadingWatch) -> Message:
        """The next message of an answer; DocumentError where none comes any more, or not in time."""
        try:
            message = self._messages.get(timeout=watch.left())
        except queue.Empty:
            raise watch.too_long() from None
        if message is None:
            raise watch.broke(self._exit_code())
        return message

    def _send(self, request: Request) -> None:
        """A process that is gone tells so by the end of its messages."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(request.encoded())
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        longest = max(self._limits.output, LONGEST_REASON)
        with self._process.stdout as stream:
            while (message := received(stream.read, longest)) is not None:
                self._messages.put(message)
        self._messages.put(None)

    def _exit_code(self) -> int:
        """How it ended, of itself or else (where it only closed its messages) by force; negative is a signal."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
        self.end()
        code: int = self._process.returncode
        return SIGNALLED - code if code > SIGNALLED else code
