"""The vector cache with token vectors: encoded once, the same from the cache and fresh, one way of pooling alone."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

import embeddings.vector_cache
from embeddings.encoder import TokenVectors
from embeddings.token_pooling import pooled, unpooled
from embeddings.vector_cache import ENCODED_AT_ONCE, CachedVectors, VectorCache, encode_cached
from tests.hand_encoder import HandEncoder

TEXTS = ["aab b c", "c", "de kat krabt de krullen van de trap"]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    cache = VectorCache(tmp_path / "v.sqlite", pytest.fail)
    yield cache
    cache.close()


def same(one: CachedVectors, other: CachedVectors) -> bool:
    assert one.tokens is not None
    assert other.tokens is not None
    return np.array_equal(one.dense, other.dense) and all(map(np.array_equal, one.tokens, other.tokens))


def test_tokens_are_those_of_the_encoder_pooled(cache: VectorCache) -> None:
    encoder = HandEncoder(dimension=3)
    made = encode_cached(encoder, cache, TEXTS, with_tokens=True)
    expected = HandEncoder(dimension=3).encode_passages_with_tokens(TEXTS)
    assert made.tokens is not None
    assert made.encoded == encoder.encoded == len(TEXTS)
    np.testing.assert_array_equal(made.dense, expected.dense)
    for own, tokens in zip(made.tokens, expected.tokens, strict=True):
        np.testing.assert_array_equal(own, unpooled(pooled(tokens), 3))
    assert [len(own) for own in made.tokens] == [2, 1, 4]


def test_a_text_has_the_same_vectors_from_the_cache_and_fresh(tmp_path: Path, cache: VectorCache) -> None:
    encoder = HandEncoder(dimension=3)
    fresh = encode_cached(encoder, cache, TEXTS, with_tokens=True)
    again = encode_cached(encoder, cache, TEXTS, with_tokens=True)
    assert (again.encoded, encoder.encoded) == (0, len(TEXTS))
    assert same(fresh, again)
    with closing(VectorCache(tmp_path / "other.sqlite")) as other:
        assert same(fresh, encode_cached(encoder, other, TEXTS, with_tokens=True))


def test_equal_texts_are_encoded_once_and_progress_tells_of_all(cache: VectorCache) -> None:
    encoder = HandEncoder(dimension=3)
    told: list[int] = []
    made = encode_cached(encoder, cache, ["b a", "c", "b a", "b a"], with_tokens=True, progress=told.append)
    assert (made.encoded, encoder.encoded, sum(told)) == (2, 2, 4)
    assert made.tokens is not None
    for row in (2, 3):
        np.testing.assert_array_equal(made.tokens[row], made.tokens[0])
        np.testing.assert_array_equal(made.dense[row], made.dense[0])


def test_texts_that_have_a_vector_but_no_tokens_are_encoded_once_more(cache: VectorCache) -> None:
    encoder = HandEncoder(dimension=3)
    before = encode_cached(encoder, cache, ["b", "c"])
    assert before.tokens is None
    both = encode_cached(encoder, cache, ["b", "c", "a"], with_tokens=True)
    assert both.encoded == 3
    np.testing.assert_array_equal(both.dense[:2], before.dense)
    without = encode_cached(encoder, cache, ["a", "b", "c"])
    assert (without.encoded, without.tokens) == (0, None)


def test_another_way_of_pooling_is_never_mixed_in(cache: VectorCache, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = HandEncoder(dimension=3)
    encode_cached(encoder, cache, TEXTS, with_tokens=True)
    monkeypatch.setattr(embeddings.vector_cache, "POOLING", "another way")
    assert cache.tokens_of(encoder.fingerprint, TEXTS, 3) == {}
    assert encode_cached(encoder, cache, TEXTS, with_tokens=True).encoded == len(TEXTS)
    monkeypatch.undo()
    assert encode_cached(encoder, cache, TEXTS, with_tokens=True).encoded == 0


def test_another_model_has_tokens_of_its_own(cache: VectorCache) -> None:
    encode_cached(HandEncoder(dimension=3), cache, TEXTS, with_tokens=True)
    assert cache.tokens_of(HandEncoder(dimension=3, name="other").fingerprint, TEXTS, 3) == {}
    assert set(cache.tokens_of(HandEncoder(dimension=3).fingerprint, TEXTS, 3)) == set(TEXTS)


def test_the_vectors_of_texts_are_no_tokens(cache: VectorCache) -> None:
    """Both lie in one table."""
    encoder = HandEncoder(dimension=3)
    encode_cached(encoder, cache, TEXTS)
    assert cache.tokens_of(encoder.fingerprint, TEXTS, 3) == {}
    encode_cached(encoder, cache, TEXTS, with_tokens=True)
    assert {text: vector.shape for text, vector in cache.get_many(encoder.fingerprint, TEXTS).items()} == dict.fromkeys(
        TEXTS, (3,)
    )


def test_tokens_that_were_damaged_are_made_again(tmp_path: Path, cache: VectorCache) -> None:
    encoder = HandEncoder(dimension=3)
    before = encode_cached(encoder, cache, TEXTS, with_tokens=True)
    with closing(sqlite3.connect(tmp_path / "v.sqlite")) as connection, connection:
        changed = connection.execute("UPDATE vector SET value = substr(value, 2) WHERE fingerprint LIKE '% %'")
        assert changed.rowcount == len(TEXTS)
    again = encode_cached(encoder, cache, TEXTS, with_tokens=True)
    assert again.encoded == len(TEXTS)
    assert same(before, again)


def test_a_damaged_file_costs_an_encoding_and_no_more(tmp_path: Path) -> None:
    encoder = HandEncoder(dimension=3)
    notices: list[str] = []
    cache = VectorCache(tmp_path / "v.sqlite", notices.append)
    before = encode_cached(encoder, cache, TEXTS, with_tokens=True)
    cache.close()
    (tmp_path / "v.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 9000)
    again = encode_cached(encoder, cache, TEXTS, with_tokens=True)
    assert again.encoded == len(TEXTS)
    assert same(before, again)
    assert len(notices) == 1
    cache.close()


class StoppingEncoder(HandEncoder):
    """Stops with an error at its third batch."""

    batches = 0

    def encode_passages_with_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> TokenVectors:
        self.batches += 1
        if self.batches == 3:
            raise KeyboardInterrupt
        return super().encode_passages_with_tokens(texts, progress)


def test_what_was_encoded_before_a_stop_is_kept_with_its_tokens(cache: VectorCache) -> None:
    texts = [f"{number}" for number in range(3 * ENCODED_AT_ONCE)]
    with pytest.raises(KeyboardInterrupt):
        encode_cached(StoppingEncoder(), cache, texts, with_tokens=True)
    assert encode_cached(HandEncoder(), cache, texts, with_tokens=True).encoded == ENCODED_AT_ONCE
