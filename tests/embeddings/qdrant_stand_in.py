"""A stand-in for a Qdrant server: checks every request against Qdrant's own description, and fails when told to."""

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from qdrant_client import QdrantClient, models

from tests.embeddings.qdrant_description import COLLECTION, Description


@dataclass(frozen=True)
class Trouble:
    """How the stand-in fails: after `delay` seconds it answers `status` with `content`, or nothing at all.

    Without `status` and `hang_up` it is only slow.
    """

    status: int | None = None
    content: str = ""
    delay: float = 0.0
    hang_up: bool = False
    retry_after: int | None = None


@dataclass(frozen=True)
class Request:
    """A request that came in."""

    method: str
    path: str
    query: str
    body: bytes
    key: str | None


class QdrantStandIn:
    """A server on a free port of this machine; use it in a `with`.

    `faults` lists what requests (and our own answers) have against the description: a test ends by asserting that it
    is empty. `trouble` makes it fail until it is None again; `key` makes it refuse every other key.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.requests: list[Request] = []
        self.trouble: Trouble | None = None
        self.key: str | None = None
        self._description = Description()
        self._client = QdrantClient(":memory:")
        self._indexed: set[tuple[str, str]] = set()
        self._lock = threading.Lock()  # the client in memory is for one thread
        self._closing = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> "QdrantStandIn":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._client.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def bodies(self, end_of_path: str) -> list[Any]:
        """The JSON bodies of the requests whose path ends so."""
        return [json.loads(request.body) for request in self.requests if request.path.endswith(end_of_path)]

    def answer(self, request: Request) -> tuple[int, bytes, dict[str, str]] | None:
        """Status, body and headers of the answer; None for no answer at all."""
        self.requests.append(request)
        if (trouble := self.trouble) is not None:
            self._closing.wait(trouble.delay)
            if trouble.hang_up:
                return None
            if trouble.status is not None:
                headers = {} if trouble.retry_after is None else {"Retry-After": str(trouble.retry_after)}
                return trouble.status, trouble.content.encode(), headers
        if self.key is not None and request.key != self.key:
            return _refused(401, "Must provide an API key or an Authorization bearer token")
        operation = self._description.operation(request.method, request.path)
        if operation is None:
            self.faults.append(f"{request.method} {request.path}: not described")
            return _refused(404, "Not found")
        template, collection = operation
        if faults := self._description.request_faults(request.method, template, request.query, request.body):
            self.faults += [f"{request.method} {request.path}: {fault}" for fault in faults]
            return _refused(400, "; ".join(faults))
        return self._execute(request.method, template, collection, request.body)

    def _execute(self, method: str, template: str, collection: str, body: bytes) -> tuple[int, bytes, dict[str, str]]:
        calls: dict[tuple[str, str], Callable[[str, bytes], object]] = {
            ("GET", COLLECTION): self._info,
            ("PUT", COLLECTION): self._create,
            ("DELETE", COLLECTION): self._drop,
            ("GET", COLLECTION + "/exists"): self._exists,
            ("PUT", COLLECTION + "/index"): self._index,
            ("PUT", COLLECTION + "/points"): self._upsert,
            ("POST", COLLECTION + "/points/delete"): self._delete,
            ("POST", COLLECTION + "/points/query"): self._query,
            ("POST", COLLECTION + "/points/count"): self._count,
            ("POST", COLLECTION + "/facet"): self._facet,
        }
        with self._lock:
            may_lack = (method, template) == ("PUT", COLLECTION) or template.endswith("/exists")
            if not may_lack and not self._client.collection_exists(collection):
                return _refused(404, f"Not found: Collection `{collection}` doesn't exist!")
            if (method, template) == ("PUT", COLLECTION) and self._client.collection_exists(collection):
                return _refused(409, f"Wrong input: Collection `{collection}` already exists!")
            started = time.perf_counter()
            result = calls[method, template](collection, body)
        answer = {"result": result, "status": "ok", "time": time.perf_counter() - started}
        self.faults += [
            f"stand-in, {method} {template}: {fault}"
            for fault in self._description.answer_faults(method, template, answer)
        ]
        return 200, json.dumps(answer).encode(), {}

    def _exists(self, collection: str, _: bytes) -> object:
        return {"exists": self._client.collection_exists(collection)}

    def _info(self, collection: str, _: bytes) -> object:
        info = self._client.get_collection(collection).model_dump(mode="json", exclude_none=True)
        points = {"data_type": "keyword", "points": info["points_count"]}
        indexed = {field: points for name, field in self._indexed if name == collection}
        return {**info, "payload_schema": indexed}

    def _create(self, collection: str, body: bytes) -> object:
        wanted = models.CreateCollection.model_validate_json(body)
        return self._client.create_collection(
            collection, vectors_config=wanted.vectors, sparse_vectors_config=wanted.sparse_vectors
        )

    def _drop(self, collection: str, _: bytes) -> object:
        self._indexed = {each for each in self._indexed if each[0] != collection}
        return self._client.delete_collection(collection)

    def _index(self, collection: str, body: bytes) -> object:
        self._indexed.add((collection, models.CreateFieldIndex.model_validate_json(body).field_name))
        return {"operation_id": 0, "status": "completed"}

    def _upsert(self, collection: str, body: bytes) -> object:
        points = models.PointsList.model_validate_json(body).points
        return self._client.upsert(collection, points).model_dump(mode="json", exclude_none=True)

    def _delete(self, collection: str, body: bytes) -> object:
        selector = models.FilterSelector.model_validate_json(body)
        return self._client.delete(collection, selector).model_dump(mode="json", exclude_none=True)

    def _query(self, collection: str, body: bytes) -> object:
        wanted = models.QueryRequest.model_validate_json(body)
        found = self._client.query_points(
            collection,
            query=wanted.query,
            using=wanted.using,
            query_filter=wanted.filter,
            limit=wanted.limit or 10,
            with_payload=wanted.with_payload or False,
        )  # in memory every search is exact, and the client warns of being told so
        return found.model_dump(mode="json", exclude_none=True)

    def _count(self, collection: str, body: bytes) -> object:
        wanted = models.CountRequest.model_validate_json(body)
        return {"count": self._client.count(collection, wanted.filter, exact=bool(wanted.exact)).count}

    def _facet(self, collection: str, body: bytes) -> object:
        wanted = models.FacetRequest.model_validate_json(body)
        found = self._client.facet(collection, wanted.key, limit=wanted.limit or 10, exact=bool(wanted.exact))
        return found.model_dump(mode="json", exclude_none=True)


def _refused(status: int, reason: str) -> tuple[int, bytes, dict[str, str]]:
    return status, json.dumps({"status": {"error": reason}, "time": 0.0}).encode(), {}


class _Server(ThreadingHTTPServer):
    def __init__(self, stand_in: QdrantStandIn) -> None:
        self.stand_in = stand_in
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError):  # the client may have left before a slow answer
            self.stand_in.faults.append(f"stand-in: {error!r}")


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _handle(self) -> None:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = Request(self.command, url.path, url.query, body, self.headers.get("api-key"))
        answer = self.server.stand_in.answer(request)
        if answer is None:
            self.close_connection = True
            return
        status, content, headers = answer
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = _handle  # noqa: N815 - the names http.server looks for

    def log_message(self, *_: object) -> None:
        """Say nothing: a test's own output is what counts."""
