"""The process that reads files for another, each in a process of its own where the system can fork."""

import gc
import importlib
import os
import shutil
import signal
import traceback
from collections.abc import Callable
from pathlib import Path

from corpus.document import Document
from corpus.errors import DocumentError
from ingest.own_process import be_silent, channels, end_by_itself, limit_memory
from ingest.reading_wire import Kind, Request, encode, framed, prepare

Announce = Callable[[Kind, bytes], None]
Read = Callable[[Path, Announce, bool], Document]
"""Reads a file, tells what OPENED and RECOGNISING say, and uses text recognition where that is allowed."""

SIGNALLED = 128  # as a shell counts: more than this is the number of the signal that ended a reading


def main(name: str, folder: str) -> None:
    """Answer the requests on standard input, one after another, with the function `name` ("module:function").

    The process ends with its input, and after a reading that a signal ended, with that as its exit code. Then `folder`,
    where all that it writes goes, is removed: the process that asked may be gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    try:
        code = _serve(name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(code)


def _serve(name: str) -> int:
    requests, answers = channels()
    module, _, function = name.partition(":")
    read: Read = getattr(importlib.import_module(module), function)

    def announce(kind: Kind, content: bytes = b"") -> None:
        answers.write(framed(kind, content))
        answers.flush()

    prepare()
    gc.collect()
    gc.freeze()  # what is there now is shared with every fork
    announce(Kind.READY)
    be_silent()
    for line in requests:
        request = Request.decoded(line)
        if not hasattr(os, "fork"):
            _answer(request, read, announce)
            announce(Kind.ENDED)
            return 0
        code = _fork(request, read, announce)
        if code:
            return code
        announce(Kind.ENDED)
    return 0


def _fork(request: Request, read: Read, announce: Announce) -> int:
    """Answer in a process of its own; its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        gc.disable()  # it ends with its file, within its memory; collecting took a twentieth of the time
        try:
            limit_memory(request.limits.memory)
            _answer(request, read, announce)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    return ended if ended >= 0 else SIGNALLED - ended


def _answer(request: Request, read: Read, announce: Announce) -> None:
    end_by_itself(request.limits.seconds)
    expected = [request.limits.seconds]

    def told(kind: Kind, content: bytes) -> None:
        limits = request.limits
        expected[0] += int(content) * limits.seconds_a_page if kind is Kind.OPENED else limits.seconds_a_recognised_page
        end_by_itself(expected[0])
        announce(kind, content)

    kind, content = _outcome(request, read, told)
    announce(kind, content)


def _outcome(request: Request, read: Read, announce: Announce) -> tuple[Kind, bytes]:
    try:
        content = encode(read(request.path, announce, request.recognise))
    except DocumentError as error:
        return Kind.REFUSED, error.reason.as_json()
    except MemoryError:
        return Kind.TOO_LARGE, b""
    except Exception as error:  # noqa: BLE001 - the outermost place of this process: whatever it is, only this file fails
        return Kind.BROKEN, _place(error).encode("utf-8", "replace")
    return (Kind.READ, content) if len(content) <= request.limits.output else (Kind.TOO_LONG, b"")


def _place(error: Exception) -> str:
    """What failed and where, without the message: that may hold text of the document."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
