"""Pages of PDF files as pictures, each drawn by a process of its own: a file that breaks it breaks nothing else."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from pathlib import Path

from corpus.errors import MachineError
from ingest.own_process import ROOT, environment_of, kill
from ingest.pages.highlight import Place
from ingest.picture_wire import PagePicture, PictureLimits, PictureRequest

_AT_ONCE = 2
_KEPT_BYTES = 32 << 20
_SMALL = 256  # bytes that a page without a picture takes, about
_DRAW = "ingest.picture_process:main"


class PagePictures:
    """Draws pages, and keeps those that were asked for last, in at most `kept` bytes; safe to use from several threads.

    `main` is what draws in the other process ("module:function").
    """

    def __init__(self, limits: PictureLimits | None = None, kept: int = _KEPT_BYTES, main: str = _DRAW) -> None:
        self._limits = limits or PictureLimits()
        self._most = kept
        self._main = main
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._kept: OrderedDict[Hashable, PagePicture] = OrderedDict()
        self._bytes = 0

    def size(self, path: Path, page: int) -> PagePicture | None:
        """Page `page` (from 1) without its picture; None for what is no page of a PDF that can be opened."""
        return self._get(PictureRequest(path, page, (), False, self._limits))

    def picture(self, path: Path, page: int, places: Sequence[Place]) -> PagePicture | None:
        """Page `page` (from 1) with the places marked; None for one that cannot be drawn within the limits.

        MachineError where no process can be started, or too many pages are asked for at once.
        """
        return self._get(PictureRequest(path, page, tuple(places), True, self._limits))

    def _get(self, request: PictureRequest) -> PagePicture | None:
        with self._lock:
            if request in self._kept:
                self._kept.move_to_end(request)
                return self._kept[request]
        if not self._turns.acquire(timeout=self._limits.seconds):
            raise MachineError("too many pages are drawn at this moment; try again later")
        try:
            found = self._drawn(request)
        finally:
            self._turns.release()
        if found is not None:
            self._keep(request, found)
        return found

    def _keep(self, request: PictureRequest, found: PagePicture) -> None:
        with self._lock:
            if request in self._kept:
                return
            self._kept[request] = found
            self._bytes += _weight(found)
            while self._bytes > self._most:
                _, former = self._kept.popitem(last=False)
                self._bytes -= _weight(former)

    def _drawn(self, request: PictureRequest) -> PagePicture | None:
        with tempfile.TemporaryDirectory(prefix="beleidswijzer-page-", ignore_cleanup_errors=True) as folder:
            answer = self._answer(request, folder)
        if answer is None:
            return None
        try:
            return PagePicture.decoded(answer)
        except ValueError:
            return None

    def _answer(self, request: PictureRequest, folder: str) -> bytes | None:
        """What the process says; None where it broke, or passed a limit."""
        module, _, function = self._main.partition(":")
        load = f"import sys; sys.path.append({str(ROOT)!r}); from {module} import {function}; {function}()"
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", load],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment_of(os.environ, folder),
                start_new_session=True,
            )
        except OSError as error:
            raise MachineError(
                f"no process can be started to draw pages in ({error.strerror}); close other programs and try again"
            ) from error
        watch = threading.Timer(self._limits.seconds, kill, [process])
        watch.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with process.stdin, contextlib.suppress(BrokenPipeError):
                process.stdin.write(request.encoded())
            with process.stdout:
                answer = process.stdout.read(self._limits.output + 1)
        finally:
            watch.cancel()
            kill(process)
            process.wait()
        return answer if 0 < len(answer) <= self._limits.output else None


def _weight(found: PagePicture) -> int:
    return _SMALL + len(found.png)
