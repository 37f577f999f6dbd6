"""What every index of passages offers, and the values that go in and come out."""

from collections.abc import Collection, Iterable, Sequence
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
    """A passage in the index, with what is filtered on: its document version, and whether it is body text.

    `tokens`, of shape (n, dimension), are for the second stage; None in an index without one.
    """

    id: str
    version: str
    body: bool
    dense: Vectors
    lexical: SparseVector
    tokens: Vectors | None


@dataclass(frozen=True, slots=True)
class ScoredPoint:
    """A point that a query found: cosine for a dense query, dot product for a lexical one, else as `alike` says."""

    id: str
    version: str
    score: float


class Index(Protocol):
    """Dense and lexical vectors of passages; safe to query from several threads during a write.

    A query names the document versions it may see (the active ones in its scope), so that points of a version
    that is being written or was retired are never found; with `body_only` contents lists, colophons and footnotes
    take no place, and with `ids` no other passages do. Results are ordered by score, then id. Engines translate their
    own exceptions: UnreachableError, HeldError, MachineError, DataDirectoryError.
    """

    def upsert(self, points: Iterable[Point]) -> None:
        """Write points; the same id replaces. Durable after `flush`."""
        ...

    def flush(self) -> None: ...

    def delete(self, versions: Sequence[str]) -> None:
        """Delete every point of these versions; unknown ones are no error."""
        ...

    def nearest(
        self,
        vector: Vectors,
        versions: Sequence[str],
        limit: int,
        body_only: bool = False,
        ids: Collection[str] | None = None,
    ) -> list[ScoredPoint]:
        """Exact nearest by cosine among the points of `versions`; none for no versions."""
        ...

    def matching(
        self,
        vector: SparseVector,
        versions: Sequence[str],
        limit: int,
        body_only: bool = False,
        ids: Collection[str] | None = None,
    ) -> list[ScoredPoint]:
        """Highest dot product among the points of `versions` that share a term; none for an empty vector."""
        ...

    def alike(self, tokens: Vectors, ids: Collection[str]) -> list[ScoredPoint]:
        """Late interaction: over the question's tokens, the sum of the best dot product with one of a passage's.

        `tokens` has shape (n, dimension), each as long as it is to count. Of the points `ids`; those without token
        vectors are left out. Only for an index that was opened with tokens. (MaxSim of Khattab and Zaharia 2020, arXiv
        2004.12832.)
        """
        ...

    def versions(self) -> dict[str, int]:
        """Number of points of every version in the index."""
        ...

    def close(self) -> None: ...

    def drop(self) -> None:
        """Close the index and remove all of it."""
        ...
