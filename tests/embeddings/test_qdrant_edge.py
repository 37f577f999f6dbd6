"""The embedded index: the contract, its folder, and room on the disk."""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import embeddings.qdrant_edge
from corpus.errors import DataDirectoryError, MachineError
from embeddings.qdrant_edge import EdgeIndex
from tests.embeddings.index_contract import DIMENSION, IndexContract, found, identity, point, sparse
from tests.embeddings.token_contract import TokenContract

ROOT = Path(__file__).parents[2]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EdgeIndex]:
    index = EdgeIndex.open(tmp_path / "index", DIMENSION, with_tokens=True)
    yield index
    index.close()


class TestEdgeIndex(IndexContract):
    """The contract, embedded."""


class TestEdgeTokens(TokenContract):
    """The contract of token vectors, embedded."""

    @pytest.fixture
    def without_tokens(self, tmp_path: Path) -> Iterator[EdgeIndex]:
        index = EdgeIndex.open(tmp_path / "plain", DIMENSION)
        yield index
        index.close()


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, in the root of the project."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


# the folder


def test_points_are_there_after_reopening(tmp_path: Path) -> None:
    index = EdgeIndex.open(tmp_path / "deep" / "index", DIMENSION)
    index.upsert([point(number, f"v{number % 5}", lexical={1: 1.0, number + 2: 2.0}) for number in range(500)])
    index.flush()
    index.delete(["v4"])
    index.close()
    started = time.perf_counter()
    index = EdgeIndex.open(tmp_path / "deep" / "index", DIMENSION)
    assert time.perf_counter() - started < 1
    assert index.versions() == {"v0": 100, "v1": 100, "v2": 100, "v3": 100}
    assert found(index.matching(sparse({1: 1.0, 12: 1.0}), ["v0"], 1)) == [(10, "v0", 3.0)]
    index.close()


def test_tokens_are_there_after_reopening(tmp_path: Path) -> None:
    index = EdgeIndex.open(tmp_path / "index", DIMENSION, with_tokens=True)
    index.upsert([point(number, tokens=[(0, 1, 0, 0), (number, 9, 0, 0)]) for number in range(1, 251)])
    index.close()
    question = np.eye(1, DIMENSION, dtype=np.float32)
    index = EdgeIndex.open(tmp_path / "index", DIMENSION, with_tokens=True)
    alike = index.alike(question, [identity(number) for number in range(1, 251)])
    assert len(alike) == 250
    assert alike[0].id == identity(250)
    index.close()


@pytest.mark.parametrize("with_tokens", [True, False])
def test_an_index_is_opened_with_tokens_as_it_was_made(tmp_path: Path, with_tokens: bool) -> None:
    """Another dimension is told apart from that: it is another model's doing."""
    index = EdgeIndex.open(tmp_path / "index", DIMENSION, with_tokens)
    index.upsert([point(1)])
    index.close()
    with pytest.raises(DataDirectoryError, match=r"made with another BELEIDSWIJZER_LATE_INTERACTION .*remove that"):
        EdgeIndex.open(tmp_path / "index", DIMENSION, not with_tokens)
    with pytest.raises(DataDirectoryError, match="made with another embedding model"):
        EdgeIndex.open(tmp_path / "index", DIMENSION + 1, with_tokens)
    index = EdgeIndex.open(tmp_path / "index", DIMENSION, with_tokens)
    assert index.versions() == {"a": 1}
    index.close()


def test_drop_removes_the_folder(tmp_path: Path) -> None:
    index = EdgeIndex.open(tmp_path / "index", DIMENSION)
    index.upsert([point(1)])
    index.drop()
    assert list(tmp_path.iterdir()) == []
    index = EdgeIndex.open(tmp_path / "index", DIMENSION + 1)
    assert index.versions() == {}
    index.close()


def test_an_empty_folder_becomes_an_index(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    EdgeIndex.open(tmp_path / "index", DIMENSION).close()
    EdgeIndex.open(tmp_path / "index", DIMENSION).close()


def test_a_creation_that_was_killed_is_done_again(tmp_path: Path) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from embeddings.qdrant_edge import EdgeIndex
Path.rename = lambda self, target: os.kill(os.getpid(), signal.SIGKILL)
EdgeIndex.open(Path(sys.argv[1]), 4)
"""
    assert run(code, tmp_path / "index").returncode == -signal.SIGKILL
    assert not (tmp_path / "index").exists()
    index = EdgeIndex.open(tmp_path / "index", DIMENSION)
    assert index.versions() == {}
    index.close()
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_another_dimension_names_folder_and_remedy(tmp_path: Path) -> None:
    EdgeIndex.open(tmp_path / "index", DIMENSION).close()
    with pytest.raises(
        DataDirectoryError, match=r"index was made with another embedding model .*expected vector size 5"
    ):
        EdgeIndex.open(tmp_path / "index", DIMENSION + 1)
    EdgeIndex.open(tmp_path / "index", DIMENSION).close()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "letter.txt").write_text("Dear all")
    with pytest.raises(DataDirectoryError, match="holds files, but no whole index"):
        EdgeIndex.open(tmp_path / "index", DIMENSION)
    assert (tmp_path / "index" / "letter.txt").read_text() == "Dear all"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("x")
    for path in (tmp_path / "index", tmp_path / "index" / "below"):
        with pytest.raises(DataDirectoryError, match="cannot be put in"):
            EdgeIndex.open(path, DIMENSION)


@pytest.mark.parametrize(
    "part",
    [
        "edge_config.json",
        "wal/open-1",
        "segments/*/segment.json",
        "segments/*/version.info",
        "segments/*/payload_storage/bitmask.dat",
        "segments/*/vector_storage-dense/deleted/status.dat",  # the engine panics
    ],
)
def test_a_damaged_file_names_folder_and_remedy(tmp_path: Path, part: str) -> None:
    EdgeIndex.open(tmp_path / "index", DIMENSION).close()
    (damaged,) = (tmp_path / "index").glob(part)
    damaged.write_bytes(b"")
    with pytest.raises(DataDirectoryError, match=r"index is damaged .* remove that folder and ingest again"):
        EdgeIndex.open(tmp_path / "index", DIMENSION)


@pytest.mark.parametrize("part", ["segments", "edge_config.json"])
def test_an_index_without_a_part_is_never_taken_for_an_empty_one(tmp_path: Path, part: str) -> None:
    index = EdgeIndex.open(tmp_path / "index", DIMENSION)
    index.upsert([point(1)])
    index.close()
    lost = tmp_path / "index" / part
    shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
    with pytest.raises(DataDirectoryError, match="no whole index"):
        EdgeIndex.open(tmp_path / "index", DIMENSION)


@pytest.mark.parametrize("made_before", [True, False])
def test_a_read_only_folder(made_before: bool) -> None:
    code = """
import os, sys
from pathlib import Path
from corpus.errors import DataDirectoryError
from embeddings.qdrant_edge import EdgeIndex
if os.geteuid() == 0:
    os.setuid(65534)
try:
    EdgeIndex.open(Path(sys.argv[1]), 4)
except DataDirectoryError as error:
    print(error)
"""
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders can be entered by their owner only
        path = Path(folder) / "data" / "index"
        if made_before:
            EdgeIndex.open(path, DIMENSION).close()
        else:
            path.parent.mkdir()
        paths = [Path(folder), path.parent, *path.parent.rglob("*")]
        for each in paths:
            each.chmod(0o555 if each.is_dir() else 0o444)
        result = run(code, path)
        for each in paths:
            each.chmod(0o755)
    assert result.stdout.startswith(f"The index in {path} cannot be written"), result
    assert "Permission denied" in result.stdout


# room


def test_no_room_is_noticed_before_the_engine_writes(
    index: EdgeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.upsert([point(1, lexical={1: 1.0})])
    free = shutil.disk_usage(tmp_path).free
    monkeypatch.setattr(embeddings.qdrant_edge, "_ROOM_TO_WRITE", 10 * free)
    with pytest.raises(MachineError, match=r"No room .* MB are free and \d+ MB may be needed\. Free some space"):
        index.upsert([point(2)])
    assert index.versions() == {"a": 1}
    index.delete(["a"])
    assert index.versions() == {}
    monkeypatch.setattr(embeddings.qdrant_edge, "_ROOM_TO_OPEN", 10 * free)
    for call in (lambda: index.delete(["a"]), lambda: EdgeIndex.open(tmp_path / "other", DIMENSION)):
        with pytest.raises(MachineError, match="No room"):
            call()
    assert not (tmp_path / "other").exists()


def test_a_limit_on_the_size_of_files_is_no_room(tmp_path: Path) -> None:
    code = """
import resource, sys
from pathlib import Path
from corpus.errors import MachineError
from embeddings.qdrant_edge import EdgeIndex
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    EdgeIndex.open(Path(sys.argv[1]), 4)
except MachineError as error:
    print(error)
"""
    result = run(code, tmp_path / "index")
    assert result.stdout.startswith("No room on the disk for the index"), result
    EdgeIndex.open(tmp_path / "index", DIMENSION).close()


def test_opening_costs_little_disk(tmp_path: Path) -> None:
    EdgeIndex.open(tmp_path / "index", DIMENSION).close()
    EdgeIndex.open(tmp_path / "index", DIMENSION).close()
    used = sum(512 * path.stat().st_blocks for path in (tmp_path / "index").rglob("*"))
    assert used < 10_000_000
