"""What every index of passages offers, and the values that go in and come out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from embeddings.encoder import Vectors


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term weights: indices are distinct and ascending, unsigned 32 bits; values in the same order."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A passage in the index, with what is filtered on: its document version, and whether it is body text."""

    id: str
    version: str
    body: bool
    dense: Vectors
    lexical: SparseVector


@dataclass(frozen=True, slots=True)
class ScoredPoint:
    """A point that a query found: cosine for a dense query, dot product for a lexical one."""

    id: str
    version: str
    score: float


class Index(Protocol):
    """Dense and lexical vectors of passages; safe to query from several threads during a write.

    A query names the document versions it may see (the active ones in its scope), so that points of a version
    that is being written or was retired are never found; and with `body_only` contents lists, colophons and footnotes
    take no place. Results are ordered by score, then id. Engines translate their own exceptions: UnreachableError,
    HeldError, MachineError, DataDirectoryError.
    """

    def upsert(self, points: Iterable[Point]) -> None:
        """Write points; the same id replaces. Durable after `flush`."""
        ...

    def flush(self) -> None: ...

    def delete(self, versions: Sequence[str]) -> None:
        """Delete every point of these versions; unknown ones are no error."""
        ...

    def nearest(
        self, vector: Vectors, versions: Sequence[str], limit: int, body_only: bool = False
    ) -> list[ScoredPoint]:
        """Exact nearest by cosine among the points of `versions`; none for no versions."""
        ...

    def matching(
        self, vector: SparseVector, versions: Sequence[str], limit: int, body_only: bool = False
    ) -> list[ScoredPoint]:
        """Highest dot product among the points of `versions` that share a term; none for an empty vector."""
        ...

    def versions(self) -> dict[str, int]:
        """Number of points of every version in the index."""
        ...

    def close(self) -> None: ...

    def drop(self) -> None:
        """Close the index and remove all of it."""
        ...
