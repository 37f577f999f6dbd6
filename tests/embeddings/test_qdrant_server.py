"""The index on a server: the contract in memory and over HTTP, both engines held equal, and what is asked of it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from qdrant_client import QdrantClient, models

from corpus.errors import DataDirectoryError
from embeddings.index import Index
from embeddings.qdrant_edge import EdgeIndex
from embeddings.qdrant_server import ServerIndex
from tests.embeddings.index_contract import (
    DIMENSION,
    IndexContract,
    direction,
    found,
    identity,
    point,
    random_points,
    sparse,
)
from tests.embeddings.qdrant_description import TRIMMED, trimmed
from tests.embeddings.qdrant_stand_in import QdrantStandIn
from tests.embeddings.token_contract import ROUNDING

ROOT = Path(__file__).parents[2]
ORIGINAL = ROOT.parent / "shared" / "reference" / "qdrant-openapi-1.19.json"
KEY = "s3cret-key"
PAYLOAD_INDEX = "ignore:Payload indexes have no effect in the local Qdrant:UserWarning"
SEARCH_PARAMS = "ignore:Local mode performs exact:UserWarning"
in_memory = pytest.mark.filterwarnings(PAYLOAD_INDEX, SEARCH_PARAMS)  # right for the client in memory only


def in_memory_index(collection: str, with_tokens: bool) -> Iterator[ServerIndex]:
    index = ServerIndex(QdrantClient(":memory:"), collection, DIMENSION, with_tokens=with_tokens)
    yield index
    index.close()


@in_memory
class TestServerIndexInMemory(IndexContract):
    """The contract, with the client's own engine in memory."""

    @pytest.fixture
    def index(self) -> Iterator[ServerIndex]:
        yield from in_memory_index("passages", with_tokens=True)


class TestServerIndexOverHttp(IndexContract):
    """The contract over HTTP, where every request is held against Qdrant's own description."""

    @pytest.fixture
    def index(self, over_http: ServerIndex) -> ServerIndex:
        return over_http


# the two engines give the same


@in_memory
def test_engines_agree_on_random_points(tmp_path: Path, stand_in: QdrantStandIn) -> None:
    dimension = 24
    points = random_points(240, dimension, seed=1)
    questions = random_points(12, dimension, seed=2)
    engines: list[Index] = [
        EdgeIndex.open(tmp_path / "index", dimension, with_tokens=True),
        ServerIndex(QdrantClient(":memory:"), "passages", dimension, with_tokens=True),
        ServerIndex.open(stand_in.url, None, "passages", dimension, with_tokens=True),
    ]
    for engine in engines:
        engine.upsert(points)
        engine.upsert(random_points(40, dimension, seed=3))  # replaces the first forty
        engine.delete(["v5"])
        engine.flush()
    edge, *others = engines
    for other in others:
        assert other.versions() == edge.versions()
        for question in questions:
            for versions in (["v0"], ["v1", "v2", "v5", "unknown"], [f"v{number}" for number in range(8)]):
                for limit in (1, 10, 300):
                    for expected, actual in (
                        (edge.nearest(question.dense, versions, limit), other.nearest(question.dense, versions, limit)),
                        (
                            edge.matching(question.lexical, versions, limit),
                            other.matching(question.lexical, versions, limit),
                        ),
                    ):
                        assert [(hit.id, hit.version) for hit in actual] == [(hit.id, hit.version) for hit in expected]
                        scores = [hit.score for hit in expected]
                        assert [hit.score for hit in actual] == pytest.approx(scores, abs=1e-5)
            if question.tokens is not None:  # the embedded engine rounds these, so near ones may change places
                ids = [each.id for each in points[:120]]
                scored = {hit.id: hit.score for hit in edge.alike(question.tokens, ids)}
                assert len(scored) == 75  # three in four of seven versions in eight
                assert {hit.id: hit.score for hit in other.alike(question.tokens, ids)} == pytest.approx(
                    scored, abs=len(question.tokens) * ROUNDING
                )
    for engine in engines:
        engine.close()


# what is asked of the server


def test_the_description_is_that_of_qdrant() -> None:
    if not ORIGINAL.exists():
        pytest.skip("shared/reference is not there")
    assert json.loads(TRIMMED.read_text("utf-8")) == trimmed(json.loads(ORIGINAL.read_text("utf-8")))


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/collections", None),
        ("POST", "/collections/a", {}),
        ("PUT", "/collections/a?timeout=0", {}),
        ("PUT", "/collections/a/points?wait=2", {"points": []}),
        ("PUT", "/collections/a/points?waiting=true", {"points": []}),
        ("PUT", "/collections/a/points", {"pointss": []}),
        ("PUT", "/collections/a/points", {"points": [{"id": "no-uuid", "vector": [1.0]}]}),
        ("POST", "/collections/a/points/query", {"query": [1.0], "usin": "dense"}),
        ("POST", "/collections/a/points/query", {"query": [1.0], "params": {"exact": 1}}),
        ("POST", "/collections/a/points/query", {"filter": {"must": [{"key": "version", "match": {"some": ["a"]}}]}}),
        ("POST", "/collections/a/facet", None),
        ("DELETE", "/collections/a", {"surely": True}),
    ],
)
def test_the_stand_in_refuses_what_is_not_described(method: str, path: str, body: object) -> None:
    with QdrantStandIn() as stand_in:
        content = b"" if body is None else json.dumps(body).encode()
        assert httpx.request(method, stand_in.url + path, content=content).status_code in (400, 404)
        assert len(stand_in.faults) == 1


def test_the_collection_is_made_once(stand_in: QdrantStandIn) -> None:
    first = ServerIndex.open(stand_in.url, None, "passages", DIMENSION)
    first.upsert([point(1)])
    second = ServerIndex.open(stand_in.url, None, "passages", DIMENSION)
    assert second.versions() == {"a": 1}
    made = [request for request in stand_in.requests if request.method == "PUT"]
    assert [request.path for request in made] == [
        "/collections/passages",
        "/collections/passages/index",
        "/collections/passages/index",
        "/collections/passages/points",
    ]
    assert json.loads(made[0].body) == {
        "vectors": {"dense": {"size": 4, "distance": "Cosine"}},
        "sparse_vectors": {"lexical": {}},
        "hnsw_config": {"m": 0},
    }
    for request, field in zip(made[1:3], ("version", "kind"), strict=True):
        assert json.loads(request.body) == {"field_name": field, "field_schema": "keyword"}
    second.drop()
    first.close()
    assert stand_in.requests[-1].method == "DELETE"
    third = ServerIndex.open(stand_in.url, None, "passages", DIMENSION)
    assert third.versions() == {}
    third.close()


def test_writes_wait_and_searches_are_exact(stand_in: QdrantStandIn, over_http: ServerIndex) -> None:
    over_http.upsert(point(number) for number in range(250))
    over_http.delete(["b"])
    over_http.nearest(direction(1, 0, 0, 0), ["a"], 3)
    over_http.matching(sparse({1: 1.0}), ["a"], 3)
    writes = [
        request for request in stand_in.requests if request.path.endswith(("/points", "/points/delete", "/index"))
    ]
    assert [request.query for request in writes] == ["wait=true"] * 6
    assert [len(body["points"]) for body in stand_in.bodies("/points")] == [100, 100, 50]
    assert [body["params"] for body in stand_in.bodies("/query")] == [{"exact": True}] * len(stand_in.bodies("/query"))


def test_nothing_is_asked_for_no_versions(stand_in: QdrantStandIn, over_http: ServerIndex) -> None:
    before = len(stand_in.requests)
    over_http.nearest(direction(1, 0, 0, 0), [], 3)
    over_http.matching(sparse({1: 1.0}), [], 3)
    over_http.matching(sparse({}), ["a"], 3)
    over_http.alike(np.eye(1, DIMENSION, dtype=np.float32), [])
    over_http.alike(np.eye(0, DIMENSION, dtype=np.float32), [identity(1)])
    over_http.delete([])
    over_http.flush()
    assert len(stand_in.requests) == before


def test_only_the_version_is_fetched(stand_in: QdrantStandIn, over_http: ServerIndex) -> None:
    over_http.nearest(direction(1, 0, 0, 0), ["a"], 3)
    (body,) = stand_in.bodies("/query")
    assert body["with_payload"] == ["version"]
    assert not body.get("with_vector")


# a collection that is not ours


def test_a_collection_of_another_dimension(stand_in: QdrantStandIn) -> None:
    ServerIndex.open(stand_in.url, None, "passages", DIMENSION).close()
    with pytest.raises(DataDirectoryError, match=r"'passages' of .* holds vectors of 4 dimensions .* gives 5"):
        ServerIndex.open(stand_in.url, None, "passages", DIMENSION + 1)


@pytest.mark.parametrize(
    ("vectors", "lexical"),
    [
        (models.VectorParams(size=4, distance=models.Distance.COSINE), models.SparseVectorParams()),
        ({"dense": models.VectorParams(size=4, distance=models.Distance.DOT)}, models.SparseVectorParams()),
        ({"dense": models.VectorParams(size=4, distance=models.Distance.COSINE)}, None),
        (
            {"dense": models.VectorParams(size=4, distance=models.Distance.COSINE)},
            models.SparseVectorParams(modifier=models.Modifier.IDF),
        ),
    ],
    ids=["one unnamed vector", "another distance", "no lexical vectors", "idf by the engine"],
)
def test_a_collection_of_another_make(
    vectors: models.VectorParams | dict[str, models.VectorParams], lexical: models.SparseVectorParams | None
) -> None:
    client = QdrantClient(":memory:")
    client.create_collection("theirs", vectors, {"lexical": lexical} if lexical else None)
    with pytest.raises(DataDirectoryError, match="'theirs' of an unnamed address was not made by Beleidswijzer"):
        ServerIndex(client, "theirs", DIMENSION)
    client.close()


def test_a_collection_that_another_process_makes_meanwhile(stand_in: QdrantStandIn) -> None:
    class Slow(QdrantClient):
        """A client that learns of another's collection only by the refusal to make its own."""

        asked = 0

        def collection_exists(self, collection_name: str, **kwargs: object) -> bool:
            self.asked += 1
            return self.asked > 1 and super().collection_exists(collection_name, **kwargs)

    ServerIndex.open(stand_in.url, None, "passages", DIMENSION).close()
    index = ServerIndex(Slow(url=stand_in.url, check_compatibility=False), "passages", DIMENSION)
    index.upsert([point(1)])
    assert found(index.nearest(direction(1, 0, 0, 0), ["a"], 1)) == [(1, "a", 1.0)]
    index.close()


# start-up


def test_importing_the_module_does_not_import_the_client() -> None:
    code = "import sys, embeddings.qdrant_server; sys.exit('qdrant_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
