"""A service in a process of its own, over the data of a program."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.holder import Address
from tests.program import Program


@dataclass(slots=True)
class Served:
    """A running service; all that it says is in `log`."""

    program: Program
    process: subprocess.Popen[bytes]
    log: Path
    address: Address

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.address.url, trust_env=False, timeout=30)


@contextmanager
def serving(program: Program) -> Iterator[Served]:
    """A service that answers, though perhaps its model is still being loaded; ended when the block ends."""
    log = program.folder / "serve.log"
    process = program.start("serve", "--port", "0", log=log)
    try:
        yield Served(program, process, log, published(program, process, log))
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that still runs, and wait for its end."""
    if process.poll() is None:
        process.kill()
    process.wait()


def published(program: Program, process: subprocess.Popen[bytes], log: Path) -> Address:
    """The address of a service that just started, once it is there."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            note = json.loads((program.data / "address.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            note = {}
        if note.get("pid") == process.pid and note.get("url"):
            return Address(note["pid"], note["url"], note["token"])
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))
