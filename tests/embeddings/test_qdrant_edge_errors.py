"""Whatever Qdrant Edge raises reaches the caller as one of our own errors."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import qdrant_edge

from corpus.errors import BeleidswijzerError, DataDirectoryError, HeldError, MachineError
from embeddings.qdrant_edge import EdgeIndex
from tests.embeddings.index_contract import DIMENSION, direction, identity, point, sparse


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EdgeIndex]:
    index = EdgeIndex.open(tmp_path / "index", DIMENSION)
    yield index
    index.close()


class BrokenShard:
    """A shard of which every call raises the same."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Callable[..., object]:
        def broken(*_: object, **__: object) -> object:
            raise self._error

        return broken


def panic(folder: Path) -> BaseException:
    """A real panic of the engine, which is no Exception."""
    shard = qdrant_edge.EdgeShard.create(
        str(folder), qdrant_edge.EdgeConfig(sparse_vectors={"s": qdrant_edge.EdgeSparseVectorParams()})
    )
    shard.close()
    (damaged,) = folder.glob("segments/*/vector_storage-s/deleted/status.dat")
    damaged.write_bytes(b"")
    with pytest.raises(BaseException, match="index out of bounds") as caught:
        qdrant_edge.EdgeShard.load(str(folder))
    assert not isinstance(caught.value, Exception)
    return caught.value


CALLS: dict[str, Callable[[EdgeIndex], object]] = {
    "upsert": lambda index: index.upsert([point(1)]),
    "flush": lambda index: index.flush(),
    "delete": lambda index: index.delete(["a"]),
    "nearest": lambda index: index.nearest(direction(1, 0, 0, 0), ["a"], 1),
    "matching": lambda index: index.matching(sparse({1: 1.0}), ["a"], 1),
    "alike": lambda index: index.alike(np.eye(2, DIMENSION, dtype=np.float32), [identity(1)]),
    "versions": lambda index: index.versions(),
    "close": lambda index: index.close(),
    "drop": lambda index: index.drop(),
}


def test_every_call_is_listed() -> None:
    assert set(CALLS) == {name for name in vars(EdgeIndex) if not name.startswith("_")} - {"open"}


@pytest.mark.parametrize("call", CALLS)
def test_whatever_the_engine_raises_is_translated(tmp_path: Path, call: str) -> None:
    errors = [
        Exception("Service runtime error: something nobody has seen"),
        ValueError("failed to parse"),
        OverflowError("out of range integral type conversion attempted"),
        OSError(5, "Input/output error"),
        panic(tmp_path / "panic"),
    ]
    for error in errors:
        index = EdgeIndex(BrokenShard(error), tmp_path, DIMENSION)  # type: ignore[arg-type] # a fake of a final class
        with pytest.raises(MachineError) as caught:
            CALLS[call](index)
        assert caught.value.__cause__ is error
        assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("failed to open WAL x/wal: Can't init WAL: Kind(WouldBlock)", HeldError),
        ("Failed to open mmap payload storage: Read-only file system (os error 30)", DataDirectoryError),
        ("failed to create directory `x`: Permission denied (os error 13)", DataDirectoryError),
        ("Failed to save structure on disk with error: No space left on device (os error 28) at path x", MachineError),
        ("Disk quota exceeded (os error 122)", MachineError),
    ],
)
def test_known_messages_of_the_engine(tmp_path: Path, message: str, kind: type[BeleidswijzerError]) -> None:
    index = EdgeIndex(BrokenShard(Exception(message)), tmp_path, DIMENSION)  # type: ignore[arg-type] # as above
    with pytest.raises(kind):
        index.flush()
    if kind is MachineError:
        with pytest.raises(MachineError, match="No room on the disk"):
            index.flush()


def test_an_id_that_is_no_uuid_is_translated(index: EdgeIndex) -> None:
    wrong = point(1)
    with pytest.raises(MachineError, match="UUID"):
        index.upsert([replace(wrong, id="no-uuid")])


def test_a_stop_by_the_user_is_not_translated(tmp_path: Path) -> None:
    for stop in (KeyboardInterrupt(), SystemExit(0)):
        index = EdgeIndex(BrokenShard(stop), tmp_path, DIMENSION)  # type: ignore[arg-type] # as above
        with pytest.raises(type(stop)):
            index.flush()


def test_a_closed_index_says_so_in_our_words(tmp_path: Path) -> None:
    index = EdgeIndex.open(tmp_path / "index", DIMENSION)
    index.close()
    for call in CALLS.values():
        if call in (CALLS["close"], CALLS["drop"]):
            continue
        with pytest.raises(MachineError, match=r"index is closed\. Start again"):
            call(index)
