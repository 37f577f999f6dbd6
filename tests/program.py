"""The command as a shell runs it: in a process, an environment and a folder of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_PATIENCE = 120.0
_TOGETHER = """
import io, json, os, sys
from app.cli import run
ran = []
for argv in json.loads(sys.argv[1]):
    output, messages = io.StringIO(), io.StringIO()
    code = run(argv, os.environ, output, messages)
    ran.append([code, output.getvalue(), messages.getvalue()])
sys.stdout.buffer.write(json.dumps(ran).encode())
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to."""

    code: int
    output: str
    messages: str


@dataclass(frozen=True, slots=True)
class Program:
    """The command over `folder`, in which data and cache are made, with the model in another folder."""

    folder: Path
    model: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the environment of the tests, and no home directory but `folder`."""
        return {
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "BELEIDSWIJZER_DATA_DIR": str(self.data),
            "BELEIDSWIJZER_CACHE_DIR": str(self.folder / "cache"),
            "BELEIDSWIJZER_EMBEDDING_MODEL": str(self.model),
        }

    def run(self, *argv: str, **settings: str) -> Ran:
        """Run one command to its end; with `settings` over those that it has."""
        process = subprocess.run(
            [sys.executable, "-m", "app.main", *argv],
            capture_output=True,
            cwd=self.folder,
            env=self.environment | settings,
            timeout=_PATIENCE,
        )
        return Ran(process.returncode, process.stdout.decode(), process.stderr.decode())

    def run_together(self, *commands: Sequence[str]) -> list[Ran]:
        """Run commands one after another in one process, which loads the libraries of the model only once."""
        process = subprocess.run(
            [sys.executable, "-c", _TOGETHER, json.dumps(commands)],
            capture_output=True,
            cwd=self.folder,
            env=self.environment,
            timeout=_PATIENCE,
        )
        assert process.returncode == 0, process.stderr.decode()
        return [Ran(*each) for each in json.loads(process.stdout)]

    def start(self, *argv: str, log: Path) -> subprocess.Popen[bytes]:
        """Start a command that writes all it says to `log`."""
        with log.open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "app.main", *argv],
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=self.environment,
            )
