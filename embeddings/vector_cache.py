"""Vectors by content, so that no text is encoded twice with the same model."""

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.errors import BeleidswijzerError, DataDirectoryError, MachineError
from embeddings.cache_directory import cache_faults, no_room
from embeddings.encoder import Encoder, Vectors
from embeddings.token_pooling import POOLING, pooled, unpooled

ENCODED_AT_ONCE = 256
_ROWS_AT_ONCE = 500
_WAIT_SECONDS = 30.0
_REMEDY = "Choose another data directory with BELEIDSWIJZER_DATA_DIR."
_LOG = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_SCHEMA = """CREATE TABLE IF NOT EXISTS vector (
    fingerprint TEXT NOT NULL, text BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (fingerprint, text))"""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")  # the last: it has another table of this name


class VectorCache:
    """A SQLite file with vectors by model fingerprint and sha256 of the text; any thread or process may use it.

    Everything in it can be made again: a damaged file is set aside as `*.damaged` with a notice and a new one begun.
    Raises DataDirectoryError (read-only) and MachineError (disk full, or locked for 30 seconds).
    """

    def __init__(self, path: Path, notify: Callable[[str], None] = _LOG.warning) -> None:
        self._path = path
        self._notify = notify
        self._lock = threading.Lock()
        with cache_faults(path.parent, _REMEDY):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection: sqlite3.Connection | None = None
        with self._lock:
            self._run(_look)

    def get_many(self, fingerprint: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are known, by text; each of shape (dimension,)."""
        known = self._get(fingerprint, texts)
        return {
            text: np.frombuffer(value, dtype="<f4").astype(np.float32)
            for text, value in known.items()
            if len(value) % 4 == 0
        }

    def put_many(self, fingerprint: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Store one row of `vectors` per text; kept even when the process is killed right after."""
        self._put(fingerprint, texts, [vector.astype("<f4").tobytes() for vector in vectors])

    def tokens_of(self, fingerprint: str, texts: Sequence[str], dimension: int) -> dict[str, Vectors]:
        """The pooled token vectors that are known, by text; each of shape (clusters, dimension)."""
        found = {text: unpooled(value, dimension) for text, value in self._get(_tokens(fingerprint), texts).items()}
        return {text: vectors for text, vectors in found.items() if vectors is not None}

    def put_tokens(self, fingerprint: str, texts: Sequence[str], values: Sequence[bytes]) -> None:
        """Store what `pooled` made of the tokens of each text."""
        self._put(_tokens(fingerprint), texts, values)

    def _get(self, fingerprint: str, texts: Sequence[str]) -> dict[str, bytes]:
        by_key = {_key(text): text for text in texts}
        found: dict[str, bytes] = {}
        for keys in _pieces(list(by_key), _ROWS_AT_ONCE):
            places = ",".join("?" * len(keys))
            query = f"SELECT text, value FROM vector WHERE fingerprint = ? AND text IN ({places})"
            with self._lock:
                found.update((by_key[key], value) for key, value in self._run(_selecting(query, [fingerprint, *keys])))
        return found

    def _put(self, fingerprint: str, texts: Sequence[str], values: Sequence[bytes]) -> None:
        rows = [(fingerprint, _key(text), value) for text, value in zip(texts, values, strict=True)]
        for piece in _pieces(rows, _ROWS_AT_ONCE):
            with self._lock:
                self._run(_inserting(piece))

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            self._close()

    def _run(self, work: "Callable[[sqlite3.Connection], _Result]") -> _Result:
        """Do one piece of work in a transaction; on a damaged file, once more on a new one."""
        with _sqlite_faults(self._path):
            try:
                return self._attempt(work)
            except sqlite3.DatabaseError as error:
                if _code(error) not in _DAMAGED:
                    raise
                self._set_aside(error)
            return self._attempt(work)

    def _attempt(self, work: "Callable[[sqlite3.Connection], _Result]") -> _Result:
        if self._connection is None:
            self._connection = _connect(self._path)
        with self._connection:
            return work(self._connection)

    def _set_aside(self, error: sqlite3.DatabaseError) -> None:
        self._close()
        aside = self._path.with_name(self._path.name + ".damaged")
        with cache_faults(self._path, _REMEDY):
            self._path.replace(aside)
            for ending in ("-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        self._notify(f"The vector cache {self._path} is damaged ({error}); it is set aside as {aside} and made anew.")

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass(frozen=True, slots=True)
class CachedVectors:
    """Vectors of passages of shape (texts, dimension), pooled token vectors where asked, and how many were encoded."""

    dense: Vectors
    tokens: tuple[Vectors, ...] | None
    encoded: int


def encode_cached(
    encoder: Encoder,
    cache: VectorCache,
    texts: Sequence[str],
    with_tokens: bool = False,
    progress: Callable[[int], None] | None = None,
) -> CachedVectors:
    """Vectors from the cache, or from the encoder where the cache has none; equal texts are encoded once.

    Stores after every 256, so that little is lost by a kill. `progress` is told of len(texts) in all.
    """
    fingerprint, dimension = encoder.fingerprint, encoder.dimension
    dense = {text: v for text, v in cache.get_many(fingerprint, texts).items() if v.shape == (dimension,)}
    tokens = cache.tokens_of(fingerprint, texts, dimension) if with_tokens else {}
    unknown = [text for text in dict.fromkeys(texts) if text not in dense or (with_tokens and text not in tokens)]
    missing = sorted(unknown, key=len, reverse=True)
    if progress is not None and len(texts) > len(missing):
        progress(len(texts) - len(missing))
    for piece in _pieces(missing, ENCODED_AT_ONCE):
        if with_tokens:
            encoded = encoder.encode_passages_with_tokens(piece, progress)
            values = [pooled(each) for each in encoded.tokens]
            cache.put_tokens(fingerprint, piece, values)
            # Through the rounding, so that a text has the same vectors whether it comes from the cache or not.
            rounded = [unpooled(value, dimension) for value in values]
            tokens.update((text, each) for text, each in zip(piece, rounded, strict=True) if each is not None)
            vectors = encoded.dense
        else:
            vectors = encoder.encode_passages(piece, progress)
        cache.put_many(fingerprint, piece, vectors)
        dense.update(zip(piece, vectors, strict=True))
    gathered = np.zeros((len(texts), dimension), dtype=np.float32)
    for row, text in enumerate(texts):
        gathered[row] = dense[text]
    return CachedVectors(gathered, tuple(tokens[text] for text in texts) if with_tokens else None, len(missing))


def _tokens(fingerprint: str) -> str:
    """The fingerprint under which a model's token vectors are kept."""
    return f"{fingerprint} {POOLING}"


_Item = TypeVar("_Item")


def _pieces(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _look(connection: sqlite3.Connection) -> None:
    connection.execute("SELECT fingerprint, text, value FROM vector LIMIT 1").fetchall()


def _selecting(query: str, values: list[object]) -> Callable[[sqlite3.Connection], list[tuple[bytes, bytes]]]:
    return lambda connection: connection.execute(query, values).fetchall()


def _inserting(rows: Sequence[tuple[str, bytes, bytes]]) -> Callable[[sqlite3.Connection], object]:
    return lambda connection: connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", rows)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA synchronous = NORMAL")
        with connection:
            connection.execute(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _code(error: sqlite3.Error) -> str:
    """SQLite's name of an error; empty for one that Python's module raises itself."""
    return getattr(error, "sqlite_errorname", "") or ""


@contextmanager
def _sqlite_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _fault(path, error) from error


def _fault(path: Path, error: sqlite3.Error) -> BeleidswijzerError:
    code = _code(error)
    if code in ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"):  # the second: no room for the log's index
        return no_room(path, str(error), _REMEDY)
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return DataDirectoryError(f"The vector cache {path} cannot be written ({error}). {_REMEDY}")
    return MachineError(f"The vector cache {path} cannot be used ({error}). It can be deleted: it is made anew.")
