"""What a file, or a fault in a library, can make of the process that reads it; each a `reading_process.Read`.

The text of the file says what the reader is to do.
"""

import ctypes
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

from corpus.document import Document
from corpus.errors import DocumentError
from corpus.reason import Why, because
from ingest.reading_process import Announce
from ingest.reading_wire import Kind, framed


def obey(path: Path, announce: Announce, recognise: bool) -> Document:
    """Do what the file says."""
    order, _, argument = path.read_text().partition(" ")
    match order:
        case "read":
            return Document.of_text(argument, ())
        case "refuse":
            raise DocumentError(str(path), because(Why.TOLD, told=argument))
        case "hang":
            announce(Kind.OPENED, argument.encode() or b"0")
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(600)
        case "spin":
            while True:
                pass
        case "recognise":
            announce(Kind.OPENED, argument.encode())
            while True:
                announce(Kind.RECOGNISING, b"")
                time.sleep(0.01)
        case "pages":
            announce(Kind.OPENED, argument.encode())
            return Document.of_text(argument, ())
        case "segfault":
            ctypes.string_at(0)
        case "abort":
            os.abort()
        case "exit":
            os._exit(int(argument))
        case "memory":
            eaten = [bytearray(1 << 20) for _ in range(int(argument))]
            return Document.of_text(str(len(eaten)), ())
        case "library":  # memory that a library asks for without looking whether it gets it
            libc = ctypes.CDLL(None)
            libc.malloc.restype = ctypes.c_void_p
            ctypes.memset(libc.malloc(ctypes.c_size_t(int(argument) << 20)), 1, 1)
        case "fail":
            raise KeyError(argument)
        case "recurse":
            return obey(path, announce, recognise)
        case "children":
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            Path(argument).write_text(f"{child.pid} {os.getpid()}")
            time.sleep(600)
        case "print":
            print(argument, flush=True)
            os.write(1, argument.encode())
            os.write(2, argument.encode())
            return Document.of_text("printed", ())
        case "surrogate":
            return Document.of_text("half a pair: \ud83d", ())
        case "environment":
            return Document.of_text("\n".join(sorted(os.environ)), ())
        case "answer":
            announce(Kind.READ, argument.encode())
            os._exit(0)
        case "twice":
            announce(Kind.REFUSED, b"no")
            return Document.of_text("yes", ())
        case "half":
            _write(framed(Kind.READ, b'{"text": "all of it"}')[:-5])
        case "noise":
            _write(b"\xff" * 1000)
        case "flood":
            _write(framed(Kind.READ, b"")[:1] + (1 << 40).to_bytes(8, "big"))
            while True:
                _write(bytes(1 << 16))
    raise AssertionError(order)


def _write(content: bytes) -> None:
    """Write past the messages, into what carries them: the last pipe that was opened."""
    os.write(max(filter(_is_pipe, range(3, 20))), content)


def _is_pipe(descriptor: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    except OSError:
        return False
