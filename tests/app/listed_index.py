"""An index that gives the lists it was made with."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from embeddings.encoder import Vectors
from embeddings.index import Point, ScoredPoint, SparseVector

Scored = Sequence[tuple[str, float]]


class ListedIndex:
    """An index that gives the lists it was made with; an id in capitals is no body text.

    `compared` are the ids that were compared token by token, in the order of the calls.
    """

    def __init__(self, by_meaning: Scored, by_words: Scored, by_tokens: Mapping[str, float] | None = None) -> None:
        self._by_meaning = [ScoredPoint(id_, "v", score) for id_, score in by_meaning]
        self._by_words = [ScoredPoint(id_, "v", score) for id_, score in by_words]
        self._by_tokens = by_tokens
        self.compared: list[list[str]] = []

    def nearest(
        self,
        vector: Vectors,
        versions: Sequence[str],
        limit: int,
        body_only: bool = False,
        ids: Collection[str] | None = None,
    ) -> list[ScoredPoint]:
        return self._seen(self._by_meaning, limit, body_only, ids)

    def matching(
        self,
        vector: SparseVector,
        versions: Sequence[str],
        limit: int,
        body_only: bool = False,
        ids: Collection[str] | None = None,
    ) -> list[ScoredPoint]:
        return self._seen(self._by_words, limit, body_only, ids)

    @staticmethod
    def _seen(
        points: Sequence[ScoredPoint], limit: int, body_only: bool, ids: Collection[str] | None
    ) -> list[ScoredPoint]:
        seen = [each for each in points if (each.id.islower() or not body_only) and (ids is None or each.id in ids)]
        return seen[:limit]

    def alike(self, tokens: Vectors, ids: Collection[str]) -> list[ScoredPoint]:
        assert self._by_tokens is not None, "asked for tokens"
        self.compared.append(list(ids))
        return [ScoredPoint(id_, "v", self._by_tokens[id_]) for id_ in ids if id_ in self._by_tokens]

    def upsert(self, points: Iterable[Point]) -> None:
        raise NotImplementedError

    def flush(self) -> None:
        raise NotImplementedError

    def delete(self, versions: Sequence[str]) -> None:
        raise NotImplementedError

    def versions(self) -> dict[str, int]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def drop(self) -> None:
        raise NotImplementedError
