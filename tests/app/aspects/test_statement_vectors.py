"""Vectors of statements, encoded once."""

from pathlib import Path

import numpy as np

from app.aspects.statement_vectors import StatementVectors
from embeddings.vector_cache import VectorCache
from tests.hand_encoder import HandEncoder


def test_nothing_is_encoded_twice() -> None:
    encoder = HandEncoder()
    vectors = StatementVectors(encoder)
    first = vectors.of(["Een loket.", "Een school.", "Een loket."])
    assert encoder.encoded == 2
    assert np.array_equal(vectors.of(["Een school."])[0], first[1])
    assert np.array_equal(first[0], first[2])
    assert encoder.encoded == 2
    assert vectors.of([]).shape == (0, encoder.dimension)


def test_a_cache_on_disk_outlives_them(tmp_path: Path) -> None:
    encoder, other = HandEncoder(), HandEncoder()
    texts = ["Een loket.", "Een school."]
    first = StatementVectors(encoder, VectorCache(tmp_path / "vectors.sqlite")).of(texts)
    second = StatementVectors(other, VectorCache(tmp_path / "vectors.sqlite")).of(texts)
    assert (encoder.encoded, other.encoded) == (2, 0)
    assert np.array_equal(first, second)
