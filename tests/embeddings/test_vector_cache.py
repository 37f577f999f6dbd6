"""The vector cache: kept, shared, damaged, full and read-only."""

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import DataDirectoryError, MachineError
from embeddings.encoder import Vectors
from embeddings.vector_cache import ENCODED_AT_ONCE, VectorCache, encode_cached
from tests.hand_encoder import HandEncoder

ROOT = Path(__file__).parents[2]


def test_what_was_put_is_got_by_text(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    vectors = np.array([[1, 2], [3, 4]], dtype=np.float32)
    cache.put_many("m", ["een", "twee"], vectors)
    found = cache.get_many("m", ["twee", "drie", "een"])
    assert {text: vector.tolist() for text, vector in found.items()} == {"een": [1, 2], "twee": [3, 4]}
    assert found["een"].dtype == np.float32
    assert cache.get_many("other", ["een"]) == {}
    cache.close()


def test_it_is_kept_in_the_file_and_used_again_after_close(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "new" / "v.sqlite")
    cache.put_many("m", ["één \ud800"], np.array([[1.5]], dtype=np.float32))
    cache.close()
    assert cache.get_many("m", ["één \ud800"])["één \ud800"].tolist() == [1.5]
    cache.close()


def test_more_texts_than_a_query_takes(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    texts = [f"tekst {number}" for number in range(2_345)]
    vectors = np.arange(2_345, dtype=np.float32).reshape(-1, 1)
    cache.put_many("m", texts, vectors)
    found = cache.get_many("m", texts)
    assert [found[text].item() for text in texts] == list(range(2_345))
    cache.close()


def test_only_what_is_missing_is_encoded_and_order_is_kept(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    encoder = HandEncoder(dimension=3)
    first = encode_cached(encoder, cache, ["aab", "c"])
    assert (first.encoded, first.tokens) == (2, None)
    np.testing.assert_allclose(first.dense, np.array([[2 / 5**0.5, 1 / 5**0.5, 0], [0, 0, 1]]), rtol=1e-6)
    told: list[int] = []
    second = encode_cached(encoder, cache, ["c", "b", "aab", "b"], progress=told.append)
    assert second.encoded == 1
    assert encoder.encoded == 3
    assert sum(told) == 4
    np.testing.assert_array_equal(second.dense, [first.dense[1], [0, 1, 0], first.dense[0], [0, 1, 0]])
    cache.close()


def test_no_texts(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    vectors = encode_cached(HandEncoder(dimension=3), cache, [])
    assert (vectors.dense.shape, vectors.tokens, vectors.encoded) == ((0, 3), None, 0)
    with_tokens = encode_cached(HandEncoder(dimension=3), cache, [], with_tokens=True)
    assert (with_tokens.dense.shape, with_tokens.tokens, with_tokens.encoded) == ((0, 3), (), 0)
    cache.close()


def test_vectors_of_another_length_are_made_again(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    encoder = HandEncoder(dimension=3)
    cache.put_many(encoder.fingerprint, ["a"], np.ones((1, 2), dtype=np.float32))
    vectors = encode_cached(encoder, cache, ["a"])
    assert vectors.encoded == 1
    assert vectors.dense.tolist() == [[1, 0, 0]]
    cache.close()


class StoppingEncoder(HandEncoder):
    """Stops with an error at its third batch."""

    batches = 0

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        self.batches += 1
        if self.batches == 3:
            raise KeyboardInterrupt
        return super().encode_passages(texts, progress)


def test_what_was_encoded_before_a_stop_is_kept(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    texts = [f"{number}" for number in range(3 * ENCODED_AT_ONCE)]
    with pytest.raises(KeyboardInterrupt):
        encode_cached(StoppingEncoder(), cache, texts)
    assert encode_cached(HandEncoder(), cache, texts).encoded == ENCODED_AT_ONCE
    cache.close()


def test_what_was_put_before_a_kill_is_kept(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, numpy, pathlib\n"
        "from embeddings.vector_cache import VectorCache\n"
        "cache = VectorCache(pathlib.Path(sys.argv[1]))\n"
        "cache.put_many('m', ['een'], numpy.ones((1, 2), dtype=numpy.float32))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    path = tmp_path / "v.sqlite"
    done = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    cache = VectorCache(path)
    assert cache.get_many("m", ["een"])["een"].tolist() == [1, 1]
    cache.close()


def test_eight_threads_and_two_caches_on_one_file(tmp_path: Path) -> None:
    caches = [VectorCache(tmp_path / "v.sqlite") for _ in range(2)]
    faults: list[Exception] = []

    def work(number: int) -> None:
        cache = caches[number % 2]
        try:
            for turn in range(20):
                text = f"{number} {turn}"
                cache.put_many("m", [text], np.full((1, 2), number, dtype=np.float32))
                assert cache.get_many("m", [text])[text].tolist() == [number, number]
        except Exception as error:  # noqa: BLE001  (handed to the main thread)
            faults.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    for cache in caches:
        cache.close()


@pytest.mark.parametrize(
    "content", [b"this is no database, but it is long enough " * 100, b"SQLite format 3\0" + b"x" * 9000]
)
def test_a_damaged_file_is_set_aside_with_a_notice(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(content)
    notices: list[str] = []
    cache = VectorCache(path, notices.append)
    cache.put_many("m", ["een"], np.ones((1, 2), dtype=np.float32))
    assert list(cache.get_many("m", ["een"])) == ["een"]
    assert len(notices) == 1
    assert str(path) in notices[0]
    assert (tmp_path / "v.sqlite.damaged").read_bytes() == content
    cache.close()


def test_a_file_that_is_damaged_in_the_middle_is_set_aside_when_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    cache = VectorCache(path)
    texts = [f"tekst {number}" for number in range(500)]
    cache.put_many("m", texts, np.ones((500, 100), dtype=np.float32))
    cache.close()
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    notices: list[str] = []
    cache = VectorCache(path, notices.append)
    assert cache.get_many("m", texts) == {}
    assert len(notices) == 1
    cache.close()


def test_a_file_with_another_table_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE vector (other TEXT)")
    connection.close()
    notices: list[str] = []
    VectorCache(path, notices.append).close()
    assert len(notices) == 1


def test_an_error_of_pythons_own_module_leaves_the_file_alone(tmp_path: Path) -> None:
    """Python refuses a closed connection before SQLite is asked, so the error has no name of SQLite's."""
    cache = VectorCache(tmp_path / "v.sqlite", pytest.fail)
    assert cache._connection is not None
    cache._connection.close()
    with pytest.raises(MachineError, match=r"v\.sqlite"):
        cache.get_many("m", ["een"])
    assert not (tmp_path / "v.sqlite.damaged").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataDirectoryError, match=r"file.*BELEIDSWIJZER_DATA_DIR"):
        VectorCache(tmp_path / "file" / "v.sqlite")


def test_a_path_that_is_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "v.sqlite").mkdir()
    with pytest.raises(DataDirectoryError, match=r"v\.sqlite"):
        VectorCache(tmp_path / "v.sqlite")


@pytest.mark.parametrize(
    ("pragma", "error"),
    [("PRAGMA query_only = 1", DataDirectoryError), ("PRAGMA max_page_count = 3", MachineError)],
)
def test_read_only_and_full_have_their_own_errors(tmp_path: Path, pragma: str, error: type[Exception]) -> None:
    """SQLite itself is told to refuse writing, or to have no room."""
    cache = VectorCache(tmp_path / "v.sqlite")
    assert cache._connection is not None
    cache._connection.execute(pragma).fetchall()
    with pytest.raises(error, match=r"v\.sqlite"):
        cache.put_many("m", ["een"], np.ones((1, 100_000), dtype=np.float32))
    cache.close()
