"""SIGKILL at random moments of a real ingest: no half document, nothing acknowledged lost, and a working search."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingest.read import read_document
from ingest.split import split
from tests.ingest.kill_child import DOCUMENTS, paragraphs_of
from tests.ingest.room import Room, note_text

ROOT = Path(__file__).parents[2]
MOST_LINES = 12  # what a run says at most before it is killed, on the line or up to LONGEST seconds after it
LONGEST = 0.25


@dataclass
class Known:
    """What must be: for each document its last acknowledged version (None: removed), and what was tried after that."""

    acknowledged: dict[str, str | None] = field(default_factory=lambda: dict.fromkeys(DOCUMENTS))
    tried: dict[str, int | None] = field(default_factory=dict)

    def hear(self, line: str) -> None:
        match line.split():
            case ["TRY", document_id, edition]:
                self.tried[document_id] = int(edition)
            case ["GONE", document_id]:
                self.tried[document_id] = None
            case ["ACK", document_id, version]:
                self.acknowledged[document_id] = version
                self.tried.pop(document_id)
            case ["ACK-GONE", document_id]:
                self.acknowledged[document_id] = None
                self.tried.pop(document_id)
            case ["READY"]:
                pass
            case _:
                pytest.fail(f"the killed process said {line!r}")

    def settle(self, room: Room) -> None:
        """Every document is what was acknowledged last, or what was tried after that; from now on that is known."""
        active = room.active()
        assert active.keys() <= set(DOCUMENTS)
        for document_id, acknowledged in self.acknowledged.items():
            found = active.get(document_id)
            if found == acknowledged:
                continue
            assert document_id in self.tried, f"{document_id} was {acknowledged} and is {found}"
            edition = self.tried[document_id]
            if edition is None:
                assert found is None, f"{document_id} was to be removed and is {found}"
            else:
                assert found is not None, f"{document_id} was to be replaced and is gone"
                assert_edition(room.register.text(found).text, document_id, edition)
            self.acknowledged[document_id] = found
        self.tried.clear()


def assert_edition(text: str, document_id: str, edition: int) -> None:
    """The text is that of this edition, all of it (a heading mark aside)."""
    assert text.split() == note_text(document_id, edition, paragraphs_of(edition)).removeprefix("# ").split()


def assert_whole(room: Room) -> None:
    """Every active document has exactly the passages that its original gives."""
    for document in room.register.snapshot().documents:
        read = read_document(room.files.path(document.file_sha256))
        assert room.register.text(document.version).text == read.text
        assert room.register.passages_of(document.version) == tuple(split(document.version, read))


@contextmanager
def runs(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The process that starts a run for every number it is given."""
    command = [sys.executable, "-m", "tests.ingest.kill_child", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def killed(process: subprocess.Popen[str], number: int, known: Known) -> int:
    """One run, killed at a random moment of its opening or of its work; returns the number of lines it said."""
    assert process.stdin
    assert process.stdout
    moment = random.Random(number)
    print(number, file=process.stdin, flush=True)
    opening, run = process.stdout.readline().split()
    assert opening == "OPENING"
    awaited = 0 if number % 5 == 4 else moment.randint(1, MOST_LINES)
    lines = [process.stdout.readline() for _ in range(awaited)]
    time.sleep(moment.uniform(0, LONGEST))
    os.kill(int(run), signal.SIGKILL)
    while not (line := process.stdout.readline()).startswith("ENDED"):
        assert line, "the process that starts the runs ended"
        lines.append(line)
    assert line.split() == ["ENDED", str(-signal.SIGKILL)]
    for line in lines:
        known.hear(line)
    return len(lines)


def test_an_ingest_that_is_killed_at_random_moments(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    known = Known()
    said = 0
    kills = int(request.config.getoption("--kills"))
    with runs(tmp_path) as process:
        for number in range(1, kills + 1):
            said += killed(process, number, known)
            with Room(tmp_path / "data") as room:
                room.check_active()
                room.pipeline.reconcile()
                room.check()
                assert_whole(room)
                known.settle(room)
    assert said > 5 * kills
