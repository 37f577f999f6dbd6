"""The index on a Qdrant server or cluster, reached by URL."""

import itertools
import math
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.errors import BeleidswijzerError, DataDirectoryError, ModelError, SettingsError
from embeddings.encoder import Vectors
from embeddings.index import Point, ScoredPoint, SparseVector
from embeddings.layout import BODY, DENSE, KIND, LEXICAL, TOKENS, VERSION, payload_of
from embeddings.qdrant_server_faults import server_faults
from embeddings.ranking import ranked

if TYPE_CHECKING:
    from qdrant_client import QdrantClient, models

_BATCH = 100  # points a request: 1 to 3 MB of JSON; the server takes 32 MB


class ServerIndex:
    """An `Index` in one collection of a Qdrant server, made when absent; several processes may share it.

    `address` names the server in messages. Errors: UnreachableError when the server does not answer in time, or
    answers with a fault; SettingsError for a URL that is none, or a key that is refused on opening; DataDirectoryError
    for a collection of another dimension or make, or that is gone; ModelError for a vector of another dimension;
    MachineError when the server has no room. Searches are exact, and no approximate graph is built. A write returns
    when it is applied. Equal scores are ordered by id, also where `limit` cuts between them.
    """

    def __init__(
        self,
        client: "QdrantClient",
        collection: str,
        dimension: int,
        address: str = "an unnamed address",
        with_tokens: bool = False,
    ) -> None:
        self._client = client
        self._collection = collection
        self._dimension = dimension
        self._address = address
        self._with_tokens = with_tokens
        with server_faults(address, opening=True):
            self._prepare()

    @classmethod
    def open(
        cls,
        url: str,
        api_key: str | None,
        collection: str,
        dimension: int,
        timeout: float = 30.0,
        with_tokens: bool = False,
    ) -> "ServerIndex":
        """Connect to `url` (port 6333 unless it names one); `timeout` is in seconds a request, rounded up."""
        from qdrant_client import QdrantClient  # deferred: takes more than a second

        address = _address(url)
        if api_key and not (api_key.isascii() and api_key.isprintable()):
            raise SettingsError("BELEIDSWIJZER_QDRANT_API_KEY holds characters that no key has. Copy the key again.")
        # As a header, because the client warns of a key over http, which is how a server beside this one is reached.
        headers = {"api-key": api_key} if api_key else {}
        with server_faults(address, opening=True):
            client = QdrantClient(url=address, headers=headers, timeout=math.ceil(timeout), check_compatibility=False)
        try:
            return cls(client, collection, dimension, address, with_tokens)
        except BeleidswijzerError:
            client.close()
            raise

    def upsert(self, points: Iterable[Point]) -> None:
        remaining = iter(points)
        while batch := list(itertools.islice(remaining, _BATCH)):
            with server_faults(self._address):
                self._client.upsert(self._collection, [self._stored(point) for point in batch], wait=True)

    def flush(self) -> None:
        """Nothing is left to do: the server had every write in its log before it answered."""

    def delete(self, versions: Sequence[str]) -> None:
        from qdrant_client import models

        if versions:
            with server_faults(self._address):
                selector = models.FilterSelector(filter=_only(versions))
                self._client.delete(self._collection, selector, wait=True)

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
        return self._query(vector.tolist(), DENSE, _only(versions, body_only, ids), limit)

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
        with server_faults(self._address):
            query = _sparse(vector)
        return self._query(query, LEXICAL, _only(versions, body_only, ids), limit)

    def alike(self, tokens: Vectors, ids: Collection[str]) -> list[ScoredPoint]:
        from qdrant_client import models

        if not ids or not len(tokens):
            return []
        self._require_fit(tokens[0])
        visible = models.Filter(must=[models.HasIdCondition(has_id=sorted(ids))])
        return self._query(tokens.tolist(), TOKENS, visible, len(ids))

    def versions(self) -> dict[str, int]:
        with server_faults(self._address):
            points = self._client.count(self._collection, exact=True).count
            facet = self._client.facet(self._collection, VERSION, limit=points + _BATCH, exact=True)
            return {str(hit.value): hit.count for hit in facet.hits if hit.count}  # deleted values may stay, with 0

    def close(self) -> None:
        with server_faults(self._address):
            self._client.close()

    def drop(self) -> None:
        """Remove the collection from the server and close."""
        with server_faults(self._address):
            self._client.delete_collection(self._collection)
        self.close()

    def _query(
        self,
        query: "list[float] | list[list[float]] | models.SparseVector",
        using: str,
        visible: "models.Filter",
        limit: int,
    ) -> list[ScoredPoint]:
        from qdrant_client import models

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

        with server_faults(self._address):
            return ranked(ask, limit)

    def _prepare(self) -> None:
        """Make the collection and its payload indexes where they are absent, and check what is there."""
        from qdrant_client import models
        from qdrant_client.http.exceptions import UnexpectedResponse

        if not self._client.collection_exists(self._collection):
            try:
                self._client.create_collection(
                    self._collection,
                    vectors_config=self._vectors(),
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

    def _vectors(self) -> "dict[str, models.VectorParams]":
        from qdrant_client import models

        vectors = {DENSE: models.VectorParams(size=self._dimension, distance=models.Distance.COSINE)}
        if self._with_tokens:
            vectors[TOKENS] = models.VectorParams(
                size=self._dimension,
                distance=models.Distance.DOT,
                multivector_config=models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM),
                datatype=models.Datatype.FLOAT16,
                on_disk=True,
            )
        return vectors

    def _require_ours(self, params: "models.CollectionParams") -> None:
        from qdrant_client import models

        named = params.vectors if isinstance(params.vectors, dict) else {}
        dense = named.get(DENSE)
        lexical = (params.sparse_vectors or {}).get(LEXICAL)
        name = f"The collection {self._collection!r} of {self._address}"
        remedy = "Name another collection, or remove this one and ingest again with --force."
        if dense is None or lexical is None or lexical.modifier or dense.distance != models.Distance.COSINE:
            raise DataDirectoryError(f"{name} was not made by Beleidswijzer. {remedy}")
        if (TOKENS in named) is not self._with_tokens:
            raise DataDirectoryError(f"{name} was made with another BELEIDSWIJZER_LATE_INTERACTION. {remedy}")
        if dense.size != self._dimension:
            raise DataDirectoryError(
                f"{name} holds vectors of {dense.size} dimensions and the embedding model gives {self._dimension}: it "
                f"was made with another BELEIDSWIJZER_EMBEDDING_MODEL. Set that one. {remedy}"
            )

    def _stored(self, point: Point) -> "models.PointStruct":
        from qdrant_client import models

        self._require_fit(point.dense)
        vectors: dict[str, Any] = {DENSE: point.dense.tolist(), LEXICAL: _sparse(point.lexical)}
        if point.tokens is not None:
            self._require_fit(point.tokens[0])
            vectors[TOKENS] = point.tokens.tolist()
        return models.PointStruct(
            id=point.id,
            vector=vectors,
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


def _only(versions: Sequence[str], body_only: bool = False, ids: Collection[str] | None = None) -> "models.Filter":
    from qdrant_client import models

    must: list[models.Condition] = [models.FieldCondition(key=VERSION, match=models.MatchAny(any=list(versions)))]
    if body_only:
        must.append(models.FieldCondition(key=KIND, match=models.MatchAny(any=[BODY])))
    if ids is not None:
        must.append(models.HasIdCondition(has_id=sorted(ids)))
    return models.Filter(must=must)


def _sparse(vector: SparseVector) -> "models.SparseVector":
    from qdrant_client import models

    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _scored(hit: "models.ScoredPoint") -> ScoredPoint:
    payload = hit.payload or {}
    return ScoredPoint(id=str(hit.id), version=str(payload[VERSION]), score=hit.score)
