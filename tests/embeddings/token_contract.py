"""What every implementation of `Index` must do with token vectors; beside index_contract.py."""

import uuid
from collections.abc import Iterable

import numpy as np
import pytest

from corpus.errors import ModelError
from embeddings.encoder import Vectors
from embeddings.index import Index, ScoredPoint
from tests.embeddings.index_contract import direction, found, identity, point, sparse

ROUNDING = 0.005  # an engine may keep a value of a token vector in 8 bits
X, Y, Z = (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)
MIX = (0, 0.6, 0.8, 0)


def rows(*vectors: tuple[float, ...]) -> Vectors:
    return np.array(vectors, dtype=np.float32)


def ids(*numbers: int) -> list[str]:
    return list(map(identity, numbers))


def numbers(points: Iterable[ScoredPoint]) -> list[int]:
    return [uuid.UUID(each.id).int for each in points]


class TokenContract:
    """The tests; a derived class has fixtures `index` and `without_tokens`, both empty and of DIMENSION dimensions."""

    def test_alike_sums_the_best_of_every_token_of_the_question(self, index: Index) -> None:
        """Of weights 0.5, 0.3, 0.2: (1) meets the first alone, (2) the other two by 0.6 and 0.8, (3) is against it."""
        index.upsert(
            [
                point(1, tokens=[X]),
                point(2, "b", tokens=[MIX, (0, 0, -1, 0)], body=False),
                point(3, tokens=[(-1, 0, 0, 0), (0, -1, 0, 0)]),
                point(4, tokens=[Z, Y, X]),
            ]
        )
        index.flush()
        question = rows((0.5, 0, 0, 0), (0, 0.3, 0, 0), (0, 0, 0.2, 0))
        alike = index.alike(question, ids(1, 2, 3, 4))
        assert [(number, version) for number, version, _ in found(alike)] == [(4, "a"), (1, "a"), (2, "b"), (3, "a")]
        by_hand = [0.5 + 0.3 + 0.2, 0.5, 0.3 * 0.6 + 0.2 * 0.8, 0.0]
        assert [each.score for each in alike] == pytest.approx(by_hand, abs=ROUNDING)

    def test_a_token_counts_for_as_long_as_it_is(self, index: Index) -> None:
        index.upsert([point(1, tokens=[X]), point(2, tokens=[Y])])
        index.flush()
        assert numbers(index.alike(rows((0.9, 0, 0, 0), (0, 0.1, 0, 0)), ids(1, 2))) == [1, 2]
        assert numbers(index.alike(rows((0.1, 0, 0, 0), (0, 0.9, 0, 0)), ids(1, 2))) == [2, 1]
        (best, _) = index.alike(rows((3, 0, 0, 0)), ids(1, 2))
        assert best.score == pytest.approx(3.0, abs=3 * ROUNDING)

    def test_only_the_named_points_are_compared_whatever_their_version(self, index: Index) -> None:
        index.upsert([point(number, f"v{number % 3}", tokens=[X], body=number % 2 == 0) for number in range(1, 10)])
        index.flush()
        assert numbers(index.alike(rows(X), ids(7, 3, 2, 99))) == [2, 3, 7]
        assert index.alike(rows(X), ids(99)) == []
        assert index.alike(rows(X), []) == []
        assert index.alike(rows(X)[:0], ids(1)) == []

    def test_points_without_tokens_are_left_out(self, index: Index) -> None:
        index.upsert([point(1), point(2, tokens=[Y]), point(3)])
        index.flush()
        assert numbers(index.alike(rows(X), ids(1, 2, 3))) == [2]
        assert numbers(index.nearest(direction(1, 0, 0, 0), ["a"], 9)) == [1, 2, 3]

    def test_equal_scores_are_ordered_by_id(self, index: Index) -> None:
        index.upsert([point(number, tokens=[MIX]) for number in range(60, 0, -1)])
        index.upsert([point(99, tokens=[Y])])
        index.flush()
        assert numbers(index.alike(rows(Y), ids(99, *range(1, 61)))) == [99, *range(1, 61)]

    def test_passages_of_many_and_of_one_token(self, index: Index) -> None:
        random = np.random.default_rng(4)
        tokens = {number: random.normal(size=(1 + 97 * number % 300, 4)).astype(np.float32) for number in range(1, 40)}
        for each in tokens.values():
            each /= np.linalg.norm(each, axis=1, keepdims=True)
        index.upsert(point(number, tokens=each.tolist()) for number, each in tokens.items())
        index.flush()
        question = random.normal(size=(9, 4)).astype(np.float32)
        question /= 9 * np.linalg.norm(question, axis=1, keepdims=True)
        scores = {uuid.UUID(each.id).int: each.score for each in index.alike(question, ids(*tokens))}
        by_hand = {number: float((question @ each.T).max(axis=1).sum()) for number, each in tokens.items()}
        assert scores == pytest.approx(by_hand, abs=ROUNDING)

    def test_the_same_id_replaces_tokens_too(self, index: Index) -> None:
        index.upsert([point(1, tokens=[X]), point(2, tokens=[X])])
        index.upsert([point(1, "b", tokens=[Y]), point(2)])
        index.flush()
        (left,) = index.alike(rows(Y), ids(1, 2))
        assert (left.id, left.version) == (identity(1), "b")
        assert left.score == pytest.approx(1.0, abs=ROUNDING)

    def test_tokens_of_a_deleted_version_are_gone(self, index: Index) -> None:
        index.upsert([point(1, "a", tokens=[X]), point(2, "b", tokens=[X])])
        index.delete(["a"])
        index.flush()
        assert numbers(index.alike(rows(X), ids(1, 2))) == [2]

    def test_tokens_of_another_dimension_are_refused(self, index: Index) -> None:
        with pytest.raises(ModelError, match=r"\(3,\).*4 dimensions"):
            index.alike(np.ones((2, 3), dtype=np.float32), ids(1))
        with pytest.raises(ModelError, match=r"\(5,\).*4 dimensions"):
            index.upsert([point(1, tokens=[(1, 0, 0, 0, 0)])])
        assert index.versions() == {}

    def test_an_index_without_tokens_does_all_else(self, without_tokens: Index) -> None:
        index = without_tokens
        index.upsert([point(number, "ab"[number % 2], lexical={1: float(number)}) for number in range(1, 7)])
        index.delete(["b"])
        index.flush()
        assert index.versions() == {"a": 3}
        assert numbers(index.nearest(direction(1, 0, 0, 0), ["a"], 9, ids=ids(2, 3, 4))) == [2, 4]
        assert numbers(index.matching(sparse({1: 1.0}), ["a", "b"], 2)) == [6, 4]
