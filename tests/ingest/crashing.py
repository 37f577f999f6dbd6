"""Stores that stop an ingest at a chosen call: what a crash, or a full disk, does at that line."""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from corpus.files import FileStore
from corpus.register import Register
from corpus.stored import IndexedVersion, NewVersion
from corpus.task import Task
from embeddings.encoder import Vectors
from embeddings.index import Index, Point, ScoredPoint, SparseVector


class Crash(BaseException):
    """The end of a process, as far as one process can show it: nothing but `finally` runs any more."""


class Fuse:
    """Raises `error` at the call with number `at`; 0 never."""

    def __init__(self, at: int, error: Callable[[], BaseException] = Crash) -> None:
        self.at = at
        self.calls = 0
        self._error = error

    def burn(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise self._error()


class CrashingIndex:
    """An `Index` that burns its fuse around every write, and halfway through an upsert."""

    def __init__(self, index: Index, fuse: Fuse) -> None:
        self._index = index
        self._fuse = fuse

    def upsert(self, points: Iterable[Point]) -> None:
        every = list(points)
        self._fuse.burn()
        self._index.upsert(every[: len(every) // 2])
        self._fuse.burn()
        self._index.upsert(every[len(every) // 2 :])
        self._fuse.burn()

    def flush(self) -> None:
        self._index.flush()
        self._fuse.burn()

    def delete(self, versions: Sequence[str]) -> None:
        self._fuse.burn()
        self._index.delete(versions)
        self._fuse.burn()

    def nearest(
        self,
        vector: Vectors,
        versions: Sequence[str],
        limit: int,
        body_only: bool = False,
        ids: Collection[str] | None = None,
    ) -> list[ScoredPoint]:
        return self._index.nearest(vector, versions, limit, body_only, ids)

    def matching(
        self,
        vector: SparseVector,
        versions: Sequence[str],
        limit: int,
        body_only: bool = False,
        ids: Collection[str] | None = None,
    ) -> list[ScoredPoint]:
        return self._index.matching(vector, versions, limit, body_only, ids)

    def alike(self, tokens: Vectors, ids: Collection[str]) -> list[ScoredPoint]:
        return self._index.alike(tokens, ids)

    def versions(self) -> dict[str, int]:
        return self._index.versions()

    def close(self) -> None:
        self._index.close()

    def drop(self) -> None:
        self._index.drop()


class CrashingRegister(Register):
    """A register on the same database that burns its fuse after every write."""

    def __init__(self, register: Register, fuse: Fuse) -> None:
        super().__init__(register._database)
        self._fuse = fuse

    def add_pending(self, new: NewVersion, generation_id: str, index: IndexedVersion) -> None:
        super().add_pending(new, generation_id, index)
        self._fuse.burn()

    def activate(self, sha256: str, task_id: str | None = None) -> tuple[str, ...]:
        retired = super().activate(sha256, task_id)
        self._fuse.burn()
        return retired

    def retire(self, document_id: str, concerned: Callable[[Task], bool] = lambda _: False) -> tuple[str, ...]:
        retired = super().retire(document_id, concerned)
        self._fuse.burn()
        return retired

    def forget(self, versions: Sequence[str]) -> None:
        super().forget(versions)
        self._fuse.burn()


class CrashingFiles(FileStore):
    """The same folder of files, with a fuse that burns before and after every change."""

    def __init__(self, folder: Path, fuse: Fuse) -> None:
        super().__init__(folder)
        self._fuse = fuse

    def put(self, source: Path) -> str:
        self._fuse.burn()
        sha256 = super().put(source)
        self._fuse.burn()
        return sha256

    def sweep(self, keep: Collection[str], older_than: float) -> None:
        self._fuse.burn()
        super().sweep(keep, older_than)
