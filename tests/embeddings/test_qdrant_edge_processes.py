"""The embedded index under other processes, a kill and threads."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import BeleidswijzerError
from embeddings.qdrant_edge import EdgeIndex
from tests.embeddings.index_contract import DIMENSION, direction, point, sparse

ROOT = Path(__file__).parents[2]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EdgeIndex]:
    index = EdgeIndex.open(tmp_path / "index", DIMENSION)
    yield index
    index.close()


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, in the root of the project."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_a_second_process_is_told_who_holds_it(index: EdgeIndex, tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from corpus.errors import HeldError
from embeddings.qdrant_edge import EdgeIndex
try:
    EdgeIndex.open(Path(sys.argv[1]), 4)
except HeldError as error:
    print(error)
"""
    result = run(code, tmp_path / "index")
    assert result.stdout.startswith(f"The index in {tmp_path / 'index'} is held by another process. Stop"), result
    index.upsert([point(1)])
    assert index.versions() == {"a": 1}


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from embeddings.qdrant_edge import EdgeIndex
from tests.embeddings.index_contract import point
index = EdgeIndex.open(Path(sys.argv[1]), 4)
number = len(index.versions())
while True:
    index.upsert([point(10_000 * number + each, f"v{number}", lexical={number: 1.0}) for each in range(130)])
    if number % 3 == 2:
        index.delete([f"v{number - 1}"])
        index.upsert([point(10_000 * (number - 1), f"v{number - 1}")])
    if number % 5 == 0:
        index.flush()
    print(number, flush=True)
    number += 1
"""
    acknowledged = -1
    for patience in (1, 40, 7):
        command = [sys.executable, "-c", code, str(tmp_path / "index")]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(patience):
                acknowledged = int(writer.stdout.readline())
            writer.kill()
            acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        index = EdgeIndex.open(tmp_path / "index", DIMENSION)
        counts = index.versions()
        for number in range(acknowledged + 1):
            if number % 3 != 1:
                expected = {130}
            elif number < acknowledged:
                expected = {1}
            else:  # the kill may have come between its deletion and its return
                expected = {130, 0, 1}
            assert counts.get(f"v{number}", 0) in expected, (number, acknowledged)
            assert len(index.nearest(direction(1, 0, 0, 0), [f"v{number}"], 200)) == counts.get(f"v{number}", 0)
        if f"v{acknowledged + 1}" in counts:  # the batch that the kill cut: remove it, as reconcile does
            index.delete([f"v{acknowledged + 1}"])
        index.close()


def test_eight_threads_read_during_writes(index: EdgeIndex) -> None:
    index.upsert(
        [point(number, "active", dense=(number + 1, 5, 0, 0), lexical={1: number + 1}) for number in range(50)]
    )
    nearest = index.nearest(direction(1, 0, 0, 0), ["active"], 10)
    matching = index.matching(sparse({1: 1.0}), ["active"], 10)
    stop = threading.Event()
    faults: list[object] = []
    rounds: list[int] = []

    def read() -> None:
        done = 0
        while not stop.is_set():
            try:
                if index.nearest(direction(1, 0, 0, 0), ["active"], 10) != nearest:
                    faults.append("nearest changed")
                if index.matching(sparse({1: 1.0}), ["active"], 10) != matching:
                    faults.append("matching changed")
                if index.versions()["active"] != 50:
                    faults.append("versions changed")
            except (BeleidswijzerError, LookupError) as error:
                faults.append(error)
                return
            done += 1
        rounds.append(done)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for number in range(15):
        first = 1000 * (number + 1)
        index.upsert([point(first + each, f"v{number}", lexical={1: 99.0}) for each in range(200)])
        index.flush()
        if number:
            index.delete([f"v{number - 1}"])
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(rounds) == 8
    assert min(rounds) > 0
