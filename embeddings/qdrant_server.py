"""The index on a Qdrant server or cluster, reached by URL."""

import itertools
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import (
    BeleidswijzerError,
    DataDirectoryError,
    MachineError,
    ModelError,
    SettingsError,
    UnreachableError,
)
from embeddings.encoder import Vectors
from embeddings.index import Point, ScoredPoint, SparseVector
from embeddings.layout import BODY, DENSE, KIND, LEXICAL, VERSION, payload_of
from embeddings.ranking import ranked

if TYPE_CHECKING:
    from qdrant_client import QdrantClient, models

_BATCH = 100  # points a request: 1 to 3 MB of JSON; the server takes 32 MB
_GONE = re.compile(r"collection .* doesn't exist", re.IGNORECASE)
_NO_ROOM = re.compile(r"no space|disk.*full|out of memory|not enough (disk )?space", re.IGNORECASE)


class ServerIndex:
    """An `Index` in one collection of a Qdrant server, made when absent; several processes may share it.

    `address` names the server in messages. Errors: UnreachableError when the server does not answer in time, or
    answers with a fault; SettingsError for a URL that is none, or a key that is refused on opening; DataDirectoryError
    for a collection of another dimension or make, or that is gone; ModelError for a vector of another dimension;
    MachineError when the server has no room. Searches are exact, and no approximate graph is built. A write returns
    when it is applied. Equal scores are ordered by id, also where `limit` cuts between them.
    """

    def __init__(
        self, client: "QdrantClient", collection: str, dimension: int, address: str = "an unnamed address"
    ) -> None:
        self._client = client
        self._collection = collection
        self._dimension = dimension
        self._address = address
        with _translated(address, opening=True):
            self._prepare()

    @classmethod
    def open(
        cls, url: str, api_key: str | None, collection: str, dimension: int, timeout: float = 30.0
    ) -> "ServerIndex":
        """Connect to `url` (port 6333 unless it names one); `timeout` is in seconds a request, rounded up."""
        from qdrant_client import QdrantClient  # deferred: takes more than a second

        address = _address(url)
        if api_key and not (api_key.isascii() and api_key.isprintable()):
            raise SettingsError("BELEIDSWIJZER_QDRANT_API_KEY holds characters that no key has. Copy the key again.")
        # As a header, because the client warns of a key over http, which is how a server beside this one is reached.
        headers = {"api-key": api_key} if api_key else {}
        with _translated(address, opening=True):
            client = QdrantClient(url=address, headers=headers, timeout=math.ceil(timeout), check_compatibility=False)
        try:
            return cls(client, collection, dimension, address)
        except BeleidswijzerError:
            client.close()
            raise

    def upsert(self, points: Iterable[Point]) -> None:
        remaining = iter(points)
        while batch := list(itertools.islice(remaining, _BATCH)):
            with _translated(self._address):
                self._client.upsert(self._collection, [self._stored(point) for point in batch], wait=True)

    def flush(self) -> None:
        """Nothing is left to do: the server had every write in its log before it answered."""

    def delete(self, versions: Sequence[str]) -> None:
        from qdrant_client import models

        if versions:
            with _translated(self._address):
                selector = models.FilterSelector(filter=_only(versions))
                self._client.delete(self._collection, selector, wait=True)

    def nearest(
        self, vector: Vectors, versions: Sequence[str], limit: int, body_only: bool = False
    ) -> list[ScoredPoint]:
        if not versions or limit < 1:
            return []
        self._require_fit(vector)
        return self._query(vector.tolist(), DENSE, versions, limit, body_only)

    def matching(
        self, vector: SparseVector, versions: Sequence[str], limit: int, body_only: bool = False
    ) -> list[ScoredPoint]:
        if not versions or not vector.indices or limit < 1:
            return []
        with _translated(self._address):
            query = _sparse(vector)
        return self._query(query, LEXICAL, versions, limit, body_only)

    def versions(self) -> dict[str, int]:
        with _translated(self._address):
            points = self._client.count(self._collection, exact=True).count
            facet = self._client.facet(self._collection, VERSION, limit=points + _BATCH, exact=True)
            return {str(hit.value): hit.count for hit in facet.hits if hit.count}  # deleted values may stay, with 0

    def close(self) -> None:
        with _translated(self._address):
            self._client.close()

    def drop(self) -> None:
        """Remove the collection from the server and close."""
        with _translated(self._address):
            self._client.delete_collection(self._collection)
        self.close()

    def _query(
        self,
        query: "list[float] | models.SparseVector",
        using: str,
        versions: Sequence[str],
        limit: int,
        body_only: bool,
    ) -> list[ScoredPoint]:
        from qdrant_client import models

        visible = _only(versions, body_only)

        def ask(number: int) -> list[ScoredPoint]:
            response = self._client.query_points(
                self._collection,
                query=query,
                using=using,
                query_filter=visible,
                limit=number,
                with_payload=[VERSION],
                search_params=models.SearchParams(exact=True),
            )
            return [_scored(hit) for hit in response.points]

        with _translated(self._address):
            return ranked(ask, limit)

    def _prepare(self) -> None:
        """Make the collection and its payload indexes where they are absent, and check what is there."""
        from qdrant_client import models
        from qdrant_client.http.exceptions import UnexpectedResponse

        if not self._client.collection_exists(self._collection):
            try:
                self._client.create_collection(
                    self._collection,
                    vectors_config={DENSE: models.VectorParams(size=self._dimension, distance=models.Distance.COSINE)},
                    sparse_vectors_config={LEXICAL: models.SparseVectorParams()},
                    hnsw_config=models.HnswConfigDiff(m=0),
                )
            except UnexpectedResponse:  # another process made it in between
                if not self._client.collection_exists(self._collection):
                    raise
        info = self._client.get_collection(self._collection)
        self._require_ours(info.config.params)
        for key in (VERSION, KIND):
            if key not in info.payload_schema:
                self._client.create_payload_index(self._collection, key, models.PayloadSchemaType.KEYWORD, wait=True)

    def _require_ours(self, params: "models.CollectionParams") -> None:
        from qdrant_client import models

        dense = params.vectors.get(DENSE) if isinstance(params.vectors, dict) else None
        lexical = (params.sparse_vectors or {}).get(LEXICAL)
        name = f"The collection {self._collection!r} of {self._address}"
        remedy = "Name another collection, or remove this one and ingest again with --force."
        if dense is None or lexical is None or lexical.modifier or dense.distance != models.Distance.COSINE:
            raise DataDirectoryError(f"{name} was not made by Beleidswijzer. {remedy}")
        if dense.size != self._dimension:
            raise DataDirectoryError(
                f"{name} holds vectors of {dense.size} dimensions and the embedding model gives {self._dimension}: it "
                f"was made with another BELEIDSWIJZER_EMBEDDING_MODEL. Set that one. {remedy}"
            )

    def _stored(self, point: Point) -> "models.PointStruct":
        from qdrant_client import models

        self._require_fit(point.dense)
        return models.PointStruct(
            id=point.id,
            vector={DENSE: point.dense.tolist(), LEXICAL: _sparse(point.lexical)},
            payload=payload_of(point),
        )

    def _require_fit(self, vector: Vectors) -> None:
        if vector.shape != (self._dimension,):
            raise ModelError(
                f"A vector of shape {vector.shape} does not fit the collection {self._collection!r} of "
                f"{self._address}, which holds vectors of {self._dimension} dimensions. Use the embedding model that "
                "the index was made with."
            )


def _address(url: str) -> str:
    """The URL as it is used and shown: without the name and password that one could hold."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and " " not in url
    except ValueError:
        valid = False
    if not valid:
        raise SettingsError(
            f"BELEIDSWIJZER_QDRANT_URL={url!r} is no address of a server. Give one such as http://localhost:6333, or "
            "leave it out for the index in the data directory."
        )
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _only(versions: Sequence[str], body_only: bool = False) -> "models.Filter":
    from qdrant_client import models

    must: list[models.Condition] = [models.FieldCondition(key=VERSION, match=models.MatchAny(any=list(versions)))]
    if body_only:
        must.append(models.FieldCondition(key=KIND, match=models.MatchAny(any=[BODY])))
    return models.Filter(must=must)


def _sparse(vector: SparseVector) -> "models.SparseVector":
    from qdrant_client import models

    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _scored(hit: "models.ScoredPoint") -> ScoredPoint:
    payload = hit.payload or {}
    return ScoredPoint(id=str(hit.id), version=str(payload[VERSION]), score=hit.score)


@contextmanager
def _translated(address: str, opening: bool = False) -> Iterator[None]:
    """Every exception of the client as one of ours; a refused key is a wrong setting only while `opening`."""
    try:
        yield
    except BeleidswijzerError:
        raise
    except Exception as error:
        raise _translation(error, address, opening) from error


def _translation(error: Exception, address: str, opening: bool) -> BeleidswijzerError:
    import httpx
    from qdrant_client.common.client_exceptions import ResourceExhaustedResponse
    from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

    cause = error.source if isinstance(error, ResponseHandlingException) else error
    if isinstance(cause, httpx.TimeoutException):
        return UnreachableError(f"Qdrant at {address} did not answer in time. See what keeps it, and try again.")
    if isinstance(cause, httpx.TransportError):
        return UnreachableError(
            f"Qdrant at {address} cannot be reached ({cause}). Start it, or correct BELEIDSWIJZER_QDRANT_URL."
        )
    if isinstance(error, ResponseHandlingException) or isinstance(cause, json.JSONDecodeError):
        return UnreachableError(
            f"What {address} answers is not understood. Let BELEIDSWIJZER_QDRANT_URL name a Qdrant server of version "
            "1.12 or later."
        )
    if isinstance(error, ResourceExhaustedResponse):
        return UnreachableError(f"Qdrant at {address} is too busy. Try again in {error.retry_after_s} seconds.")
    if isinstance(error, UnexpectedResponse):
        return _refusal(error.status_code or 0, error.content.decode(errors="replace")[:500], address, opening)
    return UnreachableError(f"Qdrant at {address} failed ({type(error).__name__}: {error}). Try again.")


def _refusal(status: int, content: str, address: str, opening: bool) -> BeleidswijzerError:
    if status in (401, 403):
        kind = SettingsError if opening else UnreachableError
        return kind(
            f"Qdrant at {address} refuses the key ({status}). Set BELEIDSWIJZER_QDRANT_API_KEY to one that may write."
        )
    if status == 404 and _GONE.search(content):
        return DataDirectoryError(
            f"The index on Qdrant at {address} is gone: another process has made it anew, or its collection was "
            "removed. Try again; where that does not help, start again what you run."
        )
    if status == 413:
        return MachineError(
            f"Qdrant at {address} takes no request of this size. Raise its service.max_request_size_mb to 32 or more."
        )
    if status == 507 or (status >= 500 and _NO_ROOM.search(content)):
        return MachineError(f"Qdrant at {address} has no room ({status}: {content}). Free some and try again.")
    if status == 429:
        return UnreachableError(f"Qdrant at {address} is too busy. Try again later.")
    return UnreachableError(f"Qdrant at {address} answers with a fault ({status}: {content}). See its log.")
