"""A server that fails, is slow, is not there or refuses the key; and settings that cannot be right."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from corpus.errors import BeleidswijzerError, DataDirectoryError, MachineError, SettingsError, UnreachableError
from embeddings.qdrant_server import ServerIndex
from tests.embeddings.index_contract import DIMENSION, direction, identity, point, sparse
from tests.embeddings.qdrant_stand_in import QdrantStandIn, Trouble

KEY = "s3cret-key"


CALLS: dict[str, Callable[[ServerIndex], object]] = {
    "upsert": lambda index: index.upsert([point(1)]),
    "delete": lambda index: index.delete(["a"]),
    "nearest": lambda index: index.nearest(direction(1, 0, 0, 0), ["a"], 1),
    "matching": lambda index: index.matching(sparse({1: 1.0}), ["a"], 1),
    "alike": lambda index: index.alike(np.eye(2, DIMENSION, dtype=np.float32), [identity(1)]),
    "versions": lambda index: index.versions(),
    "drop": lambda index: index.drop(),
}
OWN = {"open", "flush", "close"}  # these ask nothing of the server, or are tried apart


@pytest.mark.parametrize("call", [name for name in CALLS if name != "drop"])
def test_a_collection_that_another_dropped_is_named_as_gone(
    stand_in: QdrantStandIn, over_http: ServerIndex, call: str
) -> None:
    ServerIndex.open(stand_in.url, None, "passages", DIMENSION, with_tokens=True).drop()
    with pytest.raises(DataDirectoryError, match="is gone: another process"):
        CALLS[call](over_http)


def test_every_call_is_listed() -> None:
    assert set(CALLS) | OWN == {name for name in vars(ServerIndex) if not name.startswith("_")}


TROUBLES = [
    (Trouble(status=500, content='{"status": {"error": "panic"}}'), UnreachableError, "answers with a fault .500.*log"),
    (Trouble(status=503), UnreachableError, "answers with a fault .503"),
    (Trouble(status=404, content="no such page"), UnreachableError, "answers with a fault .404.*no such page"),
    (Trouble(status=200, content="<html>hello</html>"), UnreachableError, "is not understood"),
    (Trouble(status=200, content='{"result": {"odd": 1}}'), UnreachableError, "is not understood"),
    (Trouble(status=429), UnreachableError, "too busy"),
    (Trouble(status=429, retry_after=7, content="{}"), UnreachableError, "too busy|failed"),
    (Trouble(status=507, content="low memory"), MachineError, "has no room .507"),
    (Trouble(status=500, content="WAL: No space left on device"), MachineError, "has no room .500"),
    (Trouble(status=413), MachineError, "max_request_size_mb"),
    (Trouble(hang_up=True), UnreachableError, "cannot be reached"),
    (Trouble(status=401, content="Invalid API key"), UnreachableError, "refuses the key .401"),
    (Trouble(status=403), UnreachableError, "refuses the key .403.*BELEIDSWIJZER_QDRANT_API_KEY"),
]


@pytest.mark.parametrize(("trouble", "kind", "message"), TROUBLES, ids=lambda value: str(value)[:60])
def test_every_trouble_is_translated(
    stand_in: QdrantStandIn, trouble: Trouble, kind: type[BeleidswijzerError], message: str
) -> None:
    for call in CALLS.values():
        stand_in.trouble = None
        index = ServerIndex.open(stand_in.url, KEY, "passages", DIMENSION)
        stand_in.trouble = trouble
        with pytest.raises(kind, match=message) as caught:
            call(index)
        assert stand_in.url in str(caught.value)
        assert KEY not in str(caught.value)
        index.close()


def test_a_server_that_recovers_is_used_again(stand_in: QdrantStandIn, over_http: ServerIndex) -> None:
    for trouble in (Trouble(status=500), Trouble(hang_up=True), None):
        stand_in.trouble = trouble
        if trouble:
            with pytest.raises(UnreachableError):
                over_http.upsert([point(1)])
        else:
            over_http.upsert([point(1)])
            assert over_http.versions() == {"a": 1}


def test_a_slow_server_is_not_waited_for(stand_in: QdrantStandIn) -> None:
    index = ServerIndex.open(stand_in.url, None, "passages", DIMENSION, timeout=0.5)
    stand_in.trouble = Trouble(delay=30)
    started = time.perf_counter()
    with pytest.raises(UnreachableError, match="did not answer in time"):
        index.nearest(direction(1, 0, 0, 0), ["a"], 1)
    assert time.perf_counter() - started < 5
    index.close()


def test_no_server_at_all(stand_in: QdrantStandIn) -> None:
    url = stand_in.url
    index = ServerIndex.open(url, None, "passages", DIMENSION)
    with QdrantStandIn() as other:
        nobody = other.url
    with pytest.raises(UnreachableError, match=rf"{nobody} cannot be reached .* correct BELEIDSWIJZER_QDRANT_URL"):
        ServerIndex.open(nobody, None, "passages", DIMENSION)
    index.close()


@pytest.mark.parametrize("trouble", [Trouble(status=500), Trouble(hang_up=True)], ids=str)
def test_trouble_while_opening(stand_in: QdrantStandIn, trouble: Trouble) -> None:
    stand_in.trouble = trouble
    with pytest.raises(UnreachableError, match=stand_in.url):
        ServerIndex.open(stand_in.url, None, "passages", DIMENSION)


# key and address


def test_the_key_travels_and_a_wrong_one_is_a_setting(stand_in: QdrantStandIn) -> None:
    stand_in.key = KEY
    index = ServerIndex.open(stand_in.url, KEY, "passages", DIMENSION)
    assert index.versions() == {}
    index.close()
    assert {request.key for request in stand_in.requests} == {KEY}
    for wrong in (None, "other-key"):
        with pytest.raises(SettingsError, match=r"refuses the key \(401\).*BELEIDSWIJZER_QDRANT_API_KEY") as caught:
            ServerIndex.open(stand_in.url, wrong, "passages", DIMENSION)
        assert "other-key" not in str(caught.value)


def test_a_key_that_cannot_travel_is_refused_without_showing_it(stand_in: QdrantStandIn) -> None:
    for wrong in ("s3cret\n", "s3cr\u00e9t"):
        with pytest.raises(SettingsError, match="API_KEY holds characters") as caught:
            ServerIndex.open(stand_in.url, wrong, "passages", DIMENSION)
        assert "s3cr" not in str(caught.value)
    assert stand_in.requests == []


@pytest.mark.parametrize(
    "url", ["", "localhost:6333", "ftp://host", "http://", "http://a b", "http://h:99999", "http://h:x", "http://[::1"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(SettingsError, match=r"BELEIDSWIJZER_QDRANT_URL=.* is no address .* http://localhost:6333"):
        ServerIndex.open(url, None, "passages", DIMENSION)


def test_a_password_in_the_address_is_not_shown(stand_in: QdrantStandIn) -> None:
    stand_in.trouble = Trouble(status=500)
    with pytest.raises(UnreachableError) as caught:
        ServerIndex.open(stand_in.url.replace("//", "//user:hunter2@"), None, "passages", DIMENSION)
    assert "hunter2" not in str(caught.value)
