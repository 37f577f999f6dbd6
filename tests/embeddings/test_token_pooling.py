"""A passage's token vectors made few and small, and read back."""

import numpy as np
import pytest

from embeddings.encoder import Vectors
from embeddings.token_pooling import pooled, unpooled


def normalised(values: object) -> Vectors:
    vectors = np.asarray(values, dtype=np.float32)
    result: Vectors = (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)
    return result


def random_tokens(count: int, dimension: int) -> Vectors:
    return normalised(np.random.default_rng(count).normal(size=(count, dimension)))


def read(tokens: Vectors) -> Vectors:
    vectors = unpooled(pooled(tokens), tokens.shape[1])
    assert vectors is not None
    return vectors


@pytest.mark.parametrize(("tokens", "vectors"), [(1, 1), (2, 1), (3, 2), (4, 2), (9, 5), (200, 100), (511, 256)])
def test_half_as_many_normalised_vectors(tokens: int, vectors: int) -> None:
    read_back = read(random_tokens(tokens, 48))
    assert read_back.shape == (vectors, 48)
    assert read_back.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(read_back, axis=1), 1, rtol=1e-6)


def test_every_vector_is_the_mean_of_tokens_that_are_near_each_other() -> None:
    """Two by two they lie along the axes; which comes first has no meaning."""
    tokens = normalised([(1, 0.1, 0), (0, 0, 1), (1, -0.1, 0), (0.1, 0, 1)])
    means = normalised([tokens[[0, 2]].mean(axis=0), tokens[[1, 3]].mean(axis=0)])
    cosines = read(tokens) @ means.T
    np.testing.assert_allclose(np.sort(cosines.max(axis=0)), [1, 1], atol=1e-4)
    np.testing.assert_allclose(np.sort(cosines.max(axis=1)), [1, 1], atol=1e-4)


@pytest.mark.parametrize("dimension", [2, 32, 384, 1024])
def test_rounding_loses_next_to_nothing(dimension: int) -> None:
    token = random_tokens(1, dimension)
    assert (read(token) @ token.T).item() > 0.9999
    assert len(pooled(token)) == dimension + 4


def test_a_token_with_one_large_value_keeps_its_small_ones() -> None:
    token = normalised([[1.0] + [0.02] * 99])
    np.testing.assert_allclose(read(token), token, atol=1 / 127)


def test_the_same_token_over_and_over_is_one_vector() -> None:
    tokens = np.repeat(random_tokens(1, 16), 6, axis=0)
    read_back = read(tokens)
    assert read_back.shape == (1, 16)
    np.testing.assert_allclose(read_back[0], tokens[0], atol=0.01)


def test_opposite_tokens_that_cancel_out_give_numbers_all_the_same() -> None:
    assert np.isfinite(read(normalised([(1, 0), (-1, 0)]))).all()


def test_the_same_tokens_give_the_same_bytes() -> None:
    tokens = random_tokens(50, 24)
    assert pooled(tokens) == pooled(tokens.copy())


@pytest.mark.parametrize("dimension", [1, 23, 25, 383])
def test_bytes_of_another_dimension_are_none(dimension: int) -> None:
    assert unpooled(pooled(random_tokens(6, 24)), dimension) is None


def test_bytes_that_are_cut_off_or_absent_are_none() -> None:
    value = pooled(random_tokens(6, 24))
    assert unpooled(value, 24) is not None
    for damaged in (value[:-1], value + b"x", b""):
        assert unpooled(damaged, 24) is None
