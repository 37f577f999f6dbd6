"""What a process of its own, in which files of others are opened, may know and take."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parents[1]
_KEPT_VARIABLES = frozenset(
    "PATH LANG LC_ALL LC_CTYPE LD_LIBRARY_PATH DYLD_LIBRARY_PATH PYTHONHOME PYTHONPATH SYSTEMROOT "
    "TESSDATA_PREFIX".split()
)
_SPARE = 5.0  # seconds that the process that asked has to end another before the system does


def environment_of(environment: Mapping[str, str], folder: str) -> dict[str, str]:
    """What a program needs to run, and nothing else that this process knows; what it writes goes in `folder`."""
    kept = {name: value for name, value in environment.items() if name.upper() in _KEPT_VARIABLES}
    return kept | {"TMPDIR": folder, "TEMP": folder, "TMP": folder, "OMP_THREAD_LIMIT": "1"}


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process that leads a session, with all that it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def channels() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output of this process, from now on out of reach of what libraries print."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return requests, answers


def be_silent() -> None:
    """From now on nobody sees what libraries complain of: it may hold text of the document."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 2)
    os.close(nothing)


def limit_memory(most: int) -> None:
    """Let the system hold this process to so many bytes, and keep no image of it after a crash."""
    import resource

    for what, asked in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0)):
        try:
            _, hard = resource.getrlimit(what)
            allowed = asked if hard == resource.RLIM_INFINITY else min(asked, hard)
            resource.setrlimit(what, (allowed, allowed))
        except (OSError, ValueError):  # macOS does not hold a process to its memory
            continue


def end_by_itself(seconds: float) -> None:
    """End even when the process that asked is gone and this one hangs; that one normally ends it earlier."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds + _SPARE)
