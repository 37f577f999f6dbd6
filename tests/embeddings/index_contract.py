"""What every implementation of `Index` must do; a test class for an engine derives from this one."""

import uuid
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from corpus.errors import ModelError
from embeddings.encoder import Vectors
from embeddings.index import Index, Point, ScoredPoint, SparseVector

DIMENSION = 4


def sparse(weights: Mapping[int, float]) -> SparseVector:
    indices = tuple(sorted(weights))
    return SparseVector(indices, tuple(weights[index] for index in indices))


def identity(number: int) -> str:
    """Point ids that sort like their numbers."""
    return str(uuid.UUID(int=number))


def point(
    number: int,
    version: str = "a",
    dense: Sequence[float] = (1, 0, 0, 0),
    lexical: Mapping[int, float] | None = None,
    body: bool = True,
    tokens: Sequence[Sequence[float]] | None = None,
) -> Point:
    return Point(
        id=identity(number),
        version=version,
        body=body,
        dense=np.array(dense, dtype=np.float32),
        lexical=sparse(lexical or {}),
        tokens=None if tokens is None else np.array(tokens, dtype=np.float32),
    )


def direction(*values: float) -> Vectors:
    return np.array(values, dtype=np.float32)


def found(points: Sequence[ScoredPoint]) -> list[tuple[int, str, float]]:
    """Number, version and score (rounded to what float32 holds) of what a query found."""
    return [(uuid.UUID(each.id).int, each.version, round(each.score, 5)) for each in points]


class IndexContract:
    """The tests; a derived class has a fixture `index` that gives an empty index of DIMENSION dimensions.

    What is asked of token vectors: token_contract.py.
    """

    def test_new_index_is_empty(self, index: Index) -> None:
        assert index.versions() == {}
        assert index.nearest(direction(1, 0, 0, 0), ["a"], 10) == []
        assert index.matching(sparse({1: 1.0}), ["a"], 10) == []

    def test_nearest_scores_are_cosines(self, index: Index) -> None:
        index.upsert(
            [
                point(1, dense=(2, 0, 0, 0)),
                point(2, dense=(3, 4, 0, 0)),
                point(3, dense=(0, 1, 0, 0)),
                point(4, dense=(-1, 0, 0, 0)),
            ]
        )
        index.flush()
        assert found(index.nearest(direction(5, 0, 0, 0), ["a"], 10)) == [
            (1, "a", 1.0),
            (2, "a", 0.6),
            (3, "a", 0.0),
            (4, "a", -1.0),
        ]

    def test_matching_scores_are_dot_products(self, index: Index) -> None:
        index.upsert(
            [
                point(1, lexical={7: 0.5, 4_294_967_295: 2.0}),
                point(2, lexical={7: 1.5}),
                point(3, lexical={8: 9.0}),
                point(4, lexical={}),
            ]
        )
        index.flush()
        query = sparse({7: 2.0, 4_294_967_295: 0.25, 5: 1.0})
        assert found(index.matching(query, ["a"], 10)) == [(2, "a", 3.0), (1, "a", 1.5)]

    def test_body_only_leaves_out_what_is_no_body_text(self, index: Index) -> None:
        index.upsert([point(number, lexical={1: float(number)}, body=number % 2 == 0) for number in range(1, 41)])
        index.flush()
        near, share = direction(1, 0, 0, 0), sparse({1: 1.0})
        even, numbers = list(range(2, 41, 2)), list(range(1, 41))
        assert [number for number, _, _ in found(index.nearest(near, ["a"], 50, body_only=True))] == even
        assert [number for number, _, _ in found(index.matching(share, ["a"], 3, body_only=True))] == [40, 38, 36]
        assert [number for number, _, _ in found(index.nearest(near, ["a"], 50))] == numbers
        assert index.nearest(near, ["b"], 50, body_only=True) == []

    def test_matching_finds_only_points_that_share_a_term(self, index: Index) -> None:
        index.upsert([point(number, f"v{number % 3}", lexical={number: 1.0}) for number in range(1, 31)])
        index.flush()
        assert found(index.matching(sparse({6: 1.0, 7: 0.5}), ["v0", "v1", "v2"], 10)) == [
            (6, "v0", 1.0),
            (7, "v1", 0.5),
        ]
        assert index.matching(sparse({999: 1.0}), ["v0", "v1", "v2"], 10) == []

    def test_only_the_named_versions_are_found(self, index: Index) -> None:
        index.upsert([point(number, "abc"[number % 3], lexical={1: 1.0}) for number in range(9)])
        index.flush()
        for versions in (["a"], ["b", "c"], ["c", "unknown"]):
            for hits in (
                index.nearest(direction(1, 0, 0, 0), versions, 20),
                index.matching(sparse({1: 1.0}), versions, 20),
            ):
                assert {hit.version for hit in hits} == set(versions) - {"unknown"}
                assert len(hits) == 3 * len({hit.version for hit in hits})

    def test_only_the_named_ids_are_found(self, index: Index) -> None:
        index.upsert(
            [point(number, "ab"[number % 2], lexical={1: float(number)}, body=number != 4) for number in range(1, 9)]
        )
        index.flush()
        near, share = direction(1, 0, 0, 0), sparse({1: 1.0})
        ids = frozenset(map(identity, (2, 4, 5, 8, 99)))
        assert [number for number, _, _ in found(index.nearest(near, ["a"], 9, ids=ids))] == [2, 4, 8]
        assert [number for number, _, _ in found(index.matching(share, ["a", "b"], 9, ids=ids))] == [8, 5, 4, 2]
        assert [number for number, _, _ in found(index.nearest(near, ["a"], 9, body_only=True, ids=ids))] == [2, 8]
        assert [number for number, _, _ in found(index.matching(share, ["a"], 9, body_only=True, ids=ids))] == [8, 2]
        assert [
            number for number, _, _ in found(index.matching(share, ["a", "b"], 1, ids=[identity(2), identity(5)]))
        ] == [5]

    def test_no_ids_find_nothing(self, index: Index) -> None:
        index.upsert([point(1, lexical={1: 1.0})])
        index.flush()
        for ids in (frozenset[str](), [identity(2)]):
            assert index.nearest(direction(1, 0, 0, 0), ["a"], 9, ids=ids) == []
            assert index.matching(sparse({1: 1.0}), ["a"], 9, ids=ids) == []

    def test_thousands_of_ids(self, index: Index) -> None:
        index.upsert([point(number, lexical={1: 1.0}) for number in range(300)])
        index.flush()
        ids = frozenset(identity(number) for number in range(1, 5_000) if number != 7)
        assert len(index.nearest(direction(1, 0, 0, 0), ["a"], 500, ids=ids)) == 298
        assert len(index.matching(sparse({1: 1.0}), ["a"], 500, ids=ids)) == 298

    def test_no_versions_or_only_unknown_ones_find_nothing(self, index: Index) -> None:
        index.upsert([point(1, lexical={1: 1.0})])
        index.flush()
        for versions in ([], ["unknown"]):
            assert index.nearest(direction(1, 0, 0, 0), versions, 10) == []
            assert index.matching(sparse({1: 1.0}), versions, 10) == []

    def test_an_empty_lexical_vector_finds_nothing(self, index: Index) -> None:
        index.upsert([point(1, lexical={1: 1.0}), point(2)])
        index.flush()
        assert index.matching(sparse({}), ["a"], 10) == []

    def test_limit_keeps_the_best(self, index: Index) -> None:
        index.upsert([point(number, dense=(number, 10, 0, 0), lexical={1: number}) for number in range(1, 21)])
        index.flush()
        assert [number for number, _, _ in found(index.nearest(direction(1, 0, 0, 0), ["a"], 3))] == [20, 19, 18]
        assert found(index.matching(sparse({1: 1.0}), ["a"], 2)) == [(20, "a", 20.0), (19, "a", 19.0)]
        assert index.nearest(direction(1, 0, 0, 0), ["a"], 0) == []
        assert index.matching(sparse({1: 1.0}), ["a"], 0) == []

    def test_equal_scores_are_ordered_by_id_also_at_the_cut(self, index: Index) -> None:
        index.upsert([point(number, dense=(0, 1, 0, 0), lexical={1: 1.0}) for number in range(60, 0, -1)])
        index.upsert([point(99, dense=(1, 0, 0, 0), lexical={1: 2.0})])
        index.flush()
        for limit in (1, 2, 5, 59, 100):
            expected = [99, *range(1, 61)][:limit]
            nearest = index.nearest(direction(0.8, 0.6, 0, 0), ["a"], limit)
            assert [number for number, _, _ in found(nearest)] == expected
            assert [number for number, _, _ in found(index.matching(sparse({1: 1.0}), ["a"], limit))] == expected

    def test_the_same_id_replaces(self, index: Index) -> None:
        index.upsert([point(1, "old", (1, 0, 0, 0), {1: 1.0}), point(2, "old", (0, 1, 0, 0), {1: 1.0})])
        index.upsert([point(1, "new", (0, 0, 1, 0), {2: 3.0})])
        index.flush()
        assert index.versions() == {"old": 1, "new": 1}
        assert found(index.nearest(direction(0, 0, 1, 0), ["new"], 10)) == [(1, "new", 1.0)]
        assert found(index.matching(sparse({1: 1.0, 2: 1.0}), ["old", "new"], 10)) == [(1, "new", 3.0), (2, "old", 1.0)]

    def test_delete_removes_versions_whole(self, index: Index) -> None:
        index.upsert([point(number, "abc"[number % 3], lexical={1: 1.0}) for number in range(9)])
        index.delete(["a", "c", "unknown"])
        index.flush()
        assert index.versions() == {"b": 3}
        assert {hit.version for hit in index.nearest(direction(1, 0, 0, 0), ["a", "b", "c"], 10)} == {"b"}
        assert {hit.version for hit in index.matching(sparse({1: 1.0}), ["a", "b", "c"], 10)} == {"b"}

    def test_deleting_nothing_or_the_unknown_is_no_error(self, index: Index) -> None:
        index.upsert([point(1)])
        index.delete([])
        index.delete(["unknown"])
        assert index.versions() == {"a": 1}

    def test_a_deleted_version_can_come_back(self, index: Index) -> None:
        for _ in range(3):
            index.upsert([point(1, lexical={1: 1.0})])
            index.delete(["a"])
        index.upsert([point(1, lexical={1: 2.0})])
        index.flush()
        assert found(index.matching(sparse({1: 1.0}), ["a"], 10)) == [(1, "a", 2.0)]

    def test_more_points_than_a_batch_from_an_iterator(self, index: Index) -> None:
        index.upsert(point(number, f"v{number % 7}") for number in range(350))
        index.flush()
        assert index.versions() == {f"v{number}": 50 for number in range(7)}

    def test_no_points_are_no_error(self, index: Index) -> None:
        index.upsert([])
        index.flush()
        assert index.versions() == {}

    def test_thousands_of_versions(self, index: Index) -> None:
        index.upsert([point(number, f"v{number}", lexical={number: 1.0}) for number in range(300)])
        index.flush()
        versions = [f"v{number}" for number in range(10_000) if number != 7]
        assert found(index.matching(sparse({7: 1.0, 8: 1.0}), versions, 10)) == [(8, "v8", 1.0)]
        assert len(index.nearest(direction(1, 0, 0, 0), versions, 500)) == 299

    def test_scores_do_not_depend_on_other_points(self, index: Index) -> None:
        index.upsert([point(1, lexical={1: 1.5})])
        index.flush()
        before = found(index.matching(sparse({1: 2.0}), ["a"], 10))
        index.upsert([point(number, "pending", lexical={1: 1.0}) for number in range(2, 100)])
        index.delete(["pending"])
        index.flush()
        assert before == found(index.matching(sparse({1: 2.0}), ["a"], 10)) == [(1, "a", 3.0)]

    def test_a_vector_of_another_dimension_is_refused(self, index: Index) -> None:
        with pytest.raises(ModelError, match=r"\(3,\).*4 dimensions"):
            index.nearest(direction(1, 0, 0), ["a"], 10)
        with pytest.raises(ModelError, match=r"\(5,\).*4 dimensions"):
            index.upsert([point(1, dense=(1, 0, 0, 0, 0))])
        assert index.versions() == {}

    def test_closing_twice_is_no_error(self, index: Index) -> None:
        index.close()
        index.close()


def random_points(count: int, dimension: int, seed: int) -> list[Point]:
    """Points of eight versions with random vectors and between nothing and twelve terms, the same for a seed.

    Three in four have one to five token vectors.
    """
    random = np.random.default_rng(seed)
    points = []
    for number in range(count):
        terms = np.unique(random.integers(0, 80, size=int(random.integers(0, 13))))
        weights = {int(term): float(np.float32(random.uniform(0.1, 3.0))) for term in terms}
        dense = random.normal(size=dimension).astype(np.float32)
        tokens = random.normal(size=(int(random.integers(1, 6)), dimension)).astype(np.float32)
        tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
        own = tokens if number % 4 else None
        points.append(Point(identity(number), f"v{number % 8}", number % 3 > 0, dense, sparse(weights), own))
    return points
