"""The service over the fake knowledge base in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


@dataclass
class Running:
    """A server in its own process; after `stop` its output is in `output`."""

    process: subprocess.Popen[str]
    url: str
    output: str = ""

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=30)
        self.output = out + err
        return self.process.returncode


@contextmanager
def running(folder: Path, fault: str = "") -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.app.fake_service", str(folder), fault],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Running(process, f"http://127.0.0.1:{int(process.stdout.readline())}")
    finally:
        if process.returncode is None:
            process.kill()
            process.communicate()


def wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + 30
    while httpx.get(f"{url}/readyz", trust_env=False).status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.02)
