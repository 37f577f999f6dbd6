"""Token vectors on a server: the contract in memory and over HTTP, and what is asked of it."""

import json
from collections.abc import Iterator

import numpy as np
import pytest

from corpus.errors import DataDirectoryError
from embeddings.qdrant_server import ServerIndex
from tests.embeddings.index_contract import DIMENSION, identity, point
from tests.embeddings.qdrant_stand_in import QdrantStandIn
from tests.embeddings.test_qdrant_server import in_memory, in_memory_index
from tests.embeddings.token_contract import TokenContract


@in_memory
class TestServerTokensInMemory(TokenContract):
    """The contract of token vectors, with the client's own engine in memory."""

    @pytest.fixture
    def index(self) -> Iterator[ServerIndex]:
        yield from in_memory_index("passages", with_tokens=True)

    @pytest.fixture
    def without_tokens(self) -> Iterator[ServerIndex]:
        yield from in_memory_index("plain", with_tokens=False)


class TestServerTokensOverHttp(TokenContract):
    """The contract of token vectors over HTTP."""

    @pytest.fixture
    def index(self, over_http: ServerIndex) -> ServerIndex:
        return over_http

    @pytest.fixture
    def without_tokens(self, stand_in: QdrantStandIn) -> Iterator[ServerIndex]:
        index = ServerIndex.open(stand_in.url, None, "plain", DIMENSION, timeout=10)
        yield index
        index.close()


def test_token_vectors_are_half_as_precise_and_on_disk(stand_in: QdrantStandIn) -> None:
    ServerIndex.open(stand_in.url, None, "passages", DIMENSION, with_tokens=True).close()
    (made,) = [request for request in stand_in.requests if (request.method, request.path[-9:]) == ("PUT", "/passages")]
    assert json.loads(made.body)["vectors"] == {
        "dense": {"size": 4, "distance": "Cosine"},
        "tokens": {
            "size": 4,
            "distance": "Dot",
            "multivector_config": {"comparator": "max_sim"},
            "datatype": "float16",
            "on_disk": True,
        },
    }


def test_tokens_are_sent_and_compared_exactly(stand_in: QdrantStandIn, over_http: ServerIndex) -> None:
    over_http.upsert([point(1, tokens=[(1, 0, 0, 0), (0, 1, 0, 0)]), point(2)])
    ((one, two),) = [body["points"] for body in stand_in.bodies("/points")]
    assert one["vector"]["tokens"] == [[1, 0, 0, 0], [0, 1, 0, 0]]
    assert "tokens" not in two["vector"]
    over_http.alike(np.eye(2, DIMENSION, dtype=np.float32), [identity(2), identity(1)])
    (asked,) = stand_in.bodies("/query")
    assert asked["using"] == "tokens"
    assert asked["query"]["nearest"] == [[1, 0, 0, 0], [0, 1, 0, 0]]
    assert asked["filter"] == {"must": [{"has_id": [identity(1), identity(2)]}]}
    assert asked["params"] == {"exact": True}
    assert asked["with_payload"] == ["version"]


@pytest.mark.parametrize("with_tokens", [True, False])
def test_a_collection_with_tokens_where_none_are_asked_or_the_other_way_round(
    stand_in: QdrantStandIn, with_tokens: bool
) -> None:
    ServerIndex.open(stand_in.url, None, "passages", DIMENSION, with_tokens=with_tokens).close()
    with pytest.raises(DataDirectoryError, match=r"'passages' of .* made with another BELEIDSWIJZER_LATE"):
        ServerIndex.open(stand_in.url, None, "passages", DIMENSION, with_tokens=not with_tokens)
    ServerIndex.open(stand_in.url, None, "passages", DIMENSION, with_tokens=with_tokens).close()
