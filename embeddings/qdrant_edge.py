"""The index in this process: Qdrant Edge, the server's own engine with a write-ahead log, in one folder."""

import errno
import itertools
import math
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import qdrant_edge as edge

from corpus.errors import BeleidswijzerError, DataDirectoryError, HeldError, MachineError, ModelError
from embeddings.encoder import Vectors
from embeddings.index import Point, ScoredPoint, SparseVector
from embeddings.layout import BODY, DENSE, KIND, LEXICAL, TOKENS, VERSION, payload_of
from embeddings.ranking import ranked

_BATCH = 100  # points a write: searches wait about 2 ms for one
_MEGABYTE = 1024 * 1024
_ROOM_TO_OPEN = 16 * _MEGABYTE  # what opening and deleting may need
_ROOM_TO_WRITE = 32 * _MEGABYTE  # and what a batch may need beside four times its own size
_OS_ERROR = re.compile(r"os error (\d+)|Os \{ code: (\d+)")
_REBUILD = "An index is derived data: remove that folder and ingest again with --force."


class EdgeIndex:
    """An `Index` in a folder of its own, held by one process.

    Errors: HeldError when another process has it open; DataDirectoryError for a folder that is read-only, damaged, no
    index, of another dimension, or made with token vectors and opened without (or the other way round); ModelError for
    a vector of another dimension; MachineError for no room or any other fault. Every search is exact: the shard is
    never optimised, so that no approximate graph comes to be. Equal scores are ordered by id, also where `limit` cuts
    between them.

    The engine writes through memory maps of sparse files: where the disk is full it does not raise, the
    system kills the process (SIGBUS). So there must be room before it is asked to write.
    """

    def __init__(self, shard: edge.EdgeShard, path: Path, dimension: int) -> None:
        self._shard = shard
        self._path = path
        self._dimension = dimension

    @classmethod
    def open(cls, path: Path, dimension: int, with_tokens: bool = False) -> "EdgeIndex":
        """Open the index in `path`, or create it there when there is nothing, with or without token vectors.

        A new one is made beside `path` and moved there when complete: what a crash leaves is removed the next time.
        """
        with _translated(path):
            if not path.exists() or not any(path.iterdir()):
                _create(path, _config(dimension, with_tokens))
            _require_complete(path)
            _require_room(path, _ROOM_TO_OPEN)
        with _translated(path, damage=True):
            return cls(edge.EdgeShard.load(str(path), _config(dimension, with_tokens)), path, dimension)

    def upsert(self, points: Iterable[Point]) -> None:
        remaining = iter(points)
        while batch := list(itertools.islice(remaining, _BATCH)):
            size = sum(_bytes_of(point) for point in batch)
            with _translated(self._path):
                _require_room(self._path, _ROOM_TO_WRITE + 4 * size)
                self._shard.update(edge.UpdateOperation.upsert_points([self._stored(point) for point in batch]))

    def flush(self) -> None:
        with _translated(self._path):
            self._shard.flush()

    def delete(self, versions: Sequence[str]) -> None:
        if versions:
            with _translated(self._path):
                _require_room(self._path, _ROOM_TO_OPEN)
                self._shard.update(edge.UpdateOperation.delete_points_by_filter(_only(versions)))

    def nearest(
        self,
        vector: Vectors,
        versions: Sequence[str],
        limit: int,
        body_only: bool = False,
        ids: Collection[str] | None = None,
    ) -> list[ScoredPoint]:
        if not versions or limit < 1:
            return []
        self._require_fit(vector)
        return self._query(edge.Query.Nearest(vector.tolist(), using=DENSE), _only(versions, body_only, ids), limit)

    def matching(
        self,
        vector: SparseVector,
        versions: Sequence[str],
        limit: int,
        body_only: bool = False,
        ids: Collection[str] | None = None,
    ) -> list[ScoredPoint]:
        if not versions or not vector.indices or limit < 1:
            return []
        with _translated(self._path):
            query = edge.Query.Nearest(_sparse(vector), using=LEXICAL)
        return self._query(query, _only(versions, body_only, ids), limit)

    def alike(self, tokens: Vectors, ids: Collection[str]) -> list[ScoredPoint]:
        if not ids or not len(tokens):
            return []
        self._require_fit(tokens[0])
        visible = edge.Filter(must=[edge.HasIdCondition(set(ids))])
        return self._query(edge.Query.Nearest(tokens.tolist(), using=TOKENS), visible, len(ids))

    def versions(self) -> dict[str, int]:
        with _translated(self._path):
            points = self._shard.count(edge.CountRequest(exact=True))
            facet = self._shard.facet(edge.FacetRequest(VERSION, limit=points + _BATCH, exact=True))
            return {str(hit.value): hit.count for hit in facet.hits if hit.count}  # deleted values stay, with 0

    def close(self) -> None:
        """Let go of the folder, losing nothing that was written; closing twice is no error."""
        with _translated(self._path):
            self._shard.close()

    def drop(self) -> None:
        """Close the index and remove its folder."""
        self.close()
        with _translated(self._path):
            shutil.rmtree(self._path)

    def _query(self, query: edge.Query, visible: edge.Filter, limit: int) -> list[ScoredPoint]:
        def ask(number: int) -> list[ScoredPoint]:
            request = edge.QueryRequest(
                limit=number,
                query=query,
                filter=visible,
                with_payload=[VERSION],
                params=edge.SearchParams(exact=True),
            )
            return [_scored(hit) for hit in self._shard.query(request)]

        with _translated(self._path):
            return ranked(ask, limit)

    def _stored(self, point: Point) -> edge.Point:
        self._require_fit(point.dense)
        vectors: dict[str, edge.NamedVector] = {DENSE: point.dense.tolist(), LEXICAL: _sparse(point.lexical)}
        if point.tokens is not None:
            self._require_fit(point.tokens[0])
            vectors[TOKENS] = point.tokens.tolist()
        return edge.Point(point.id, vectors, payload_of(point))

    def _require_fit(self, vector: Vectors) -> None:
        if vector.shape != (self._dimension,):
            raise ModelError(
                f"A vector of shape {vector.shape} does not fit the index in {self._path}, which holds vectors of "
                f"{self._dimension} dimensions. Use the embedding model that the index was made with."
            )


def _config(dimension: int, with_tokens: bool) -> edge.EdgeConfig:
    # Cold: read through the page cache as needed. The default fills in every hole of the sparse files on opening.
    vectors = {DENSE: edge.EdgeVectorParams(size=dimension, distance=edge.Distance.Cosine, memory=edge.Memory.Cold)}
    if with_tokens:
        vectors[TOKENS] = edge.EdgeVectorParams(
            size=dimension,
            distance=edge.Distance.Dot,
            multivector_config=edge.MultiVectorConfig(edge.MultiVectorComparator.MaxSim),
            datatype=edge.VectorStorageDatatype.Turbo8,
            memory=edge.Memory.Cold,
        )
    return edge.EdgeConfig(
        vectors=vectors,
        sparse_vectors={LEXICAL: edge.EdgeSparseVectorParams()},
        wal_enabled=True,
    )


def _create(path: Path, config: edge.EdgeConfig) -> None:
    unfinished = path.with_name(f".{path.name}.unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(parents=True)
    _require_room(path, _ROOM_TO_OPEN)
    shard = edge.EdgeShard.create(str(unfinished), config)
    shard.update(edge.UpdateOperation.create_field_index(VERSION, edge.PayloadSchemaType.Keyword))
    shard.update(edge.UpdateOperation.create_field_index(KIND, edge.PayloadSchemaType.Keyword))
    shard.flush()
    shard.close()
    if path.exists():
        path.rmdir()
    unfinished.rename(path)


def _require_complete(path: Path) -> None:
    """The engine would take a folder without these for a new, empty index."""
    segments = path / "segments"
    if not (path / "edge_config.json").is_file() or not segments.is_dir() or not any(segments.iterdir()):
        raise DataDirectoryError(
            f"{path} holds files, but no whole index. Choose another BELEIDSWIJZER_DATA_DIR, or if an index stood "
            f"there: {_REBUILD}"
        )


def _require_room(path: Path, needed: int) -> None:
    free = shutil.disk_usage(path if path.exists() else path.parent).free
    if free < needed:
        raise _no_room(path, f"{free // _MEGABYTE} MB are free and {math.ceil(needed / _MEGABYTE)} MB may be needed")


def _no_room(path: Path, reason: str) -> MachineError:
    return MachineError(f"No room on the disk for the index in {path}: {reason}. Free some space and try again.")


def _only(versions: Sequence[str], body_only: bool = False, ids: Collection[str] | None = None) -> edge.Filter:
    must: list[edge.ConditionType] = [edge.FieldCondition(VERSION, match=edge.MatchAny(list(versions)))]
    if body_only:
        must.append(edge.FieldCondition(KIND, match=edge.MatchAny([BODY])))
    if ids is not None:
        must.append(edge.HasIdCondition(set(ids)))
    return edge.Filter(must=must)


def _bytes_of(point: Point) -> int:
    """About what a point takes on the disk."""
    tokens = 0 if point.tokens is None else point.tokens.size
    return 4 * point.dense.size + tokens + 8 * len(point.lexical.indices) + 256


def _sparse(vector: SparseVector) -> edge.SparseVector:
    return edge.SparseVector(list(vector.indices), list(vector.values))


def _scored(hit: edge.ScoredPoint) -> ScoredPoint:
    payload = hit.payload or {}
    return ScoredPoint(id=str(hit.id), version=str(payload[VERSION]), score=hit.score)


@contextmanager
def _translated(path: Path, damage: bool = False) -> Iterator[None]:
    """Every exception of the engine or the file system as one of ours; `damage`: what is unknown blames the folder."""
    try:
        yield
    except (BeleidswijzerError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # the engine raises Exception itself, and a panic is a BaseException
        raise _translation(error, path, damage) from error


def _translation(error: BaseException, path: Path, damage: bool) -> BeleidswijzerError:
    message = str(error)
    code = error.errno if isinstance(error, OSError) else None
    if code is None and (number := _OS_ERROR.search(message)):
        code = int(number[1] or number[2])
    if "WouldBlock" in message or code == errno.EWOULDBLOCK:
        return HeldError(
            f"The index in {path} is held by another process. Stop that process, or let it answer: while "
            "`beleidswijzer serve` runs, the other commands go through it."
        )
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DataDirectoryError(
            f"The index in {path} cannot be written ({message}). Make the folder writable for this user, or choose "
            "another BELEIDSWIJZER_DATA_DIR."
        )
    if code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _no_room(path, message)
    if "config is incompatible" in message and "vector storages with keys" in message:
        return DataDirectoryError(
            f"The index in {path} was made with another BELEIDSWIJZER_LATE_INTERACTION ({message}). {_REBUILD}"
        )
    if "config is incompatible" in message:
        return DataDirectoryError(
            f"The index in {path} was made with another embedding model ({message}). Set BELEIDSWIJZER_EMBEDDING_MODEL "
            f"to that model. {_REBUILD}"
        )
    if code in (errno.ENOTDIR, errno.EEXIST):
        return DataDirectoryError(
            f"The index cannot be put in {path}: {message}. Choose another BELEIDSWIJZER_DATA_DIR."
        )
    if "Shard is not initialized" in message:
        return MachineError(f"The index in {path} is closed. Start again.")
    if damage and code in (None, errno.ENOENT):
        return DataDirectoryError(f"The index in {path} is damaged ({message}). {_REBUILD}")
    return MachineError(f"The index in {path} failed: {message}. Start again; if it fails again: {_REBUILD}")
