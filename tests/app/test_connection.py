"""A command goes to the service that holds its data, and is never answered with settings that are not its own."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from app.connection import connect
from app.holder import Holder, Serving
from app.local_service import LocalService
from app.remote_service import RemoteService
from app.settings import Settings
from corpus.errors import SettingsError
from tests.app.notes import settings
from tests.embeddings.qdrant_stand_in import QdrantStandIn

DATABASE = "postgresql://user:p4ss@host/name"


class Healthy(BaseHTTPRequestHandler):
    """Answers everything with 200."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def held(folder: Path, serving: Serving | None) -> Iterator[str]:
    """The URL of a service that holds the data directory of `folder` and answers."""
    with HTTPServer(("127.0.0.1", 0), Healthy) as server, Holder.acquire(folder / "data") as holder:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        holder.publish(url, "secret", serving)
        try:
            yield url
        finally:
            server.shutdown()
            thread.join()


def refused(wanted: Settings) -> str:
    with pytest.raises(SettingsError) as caught:
        connect(wanted, print)
    return str(caught.value)


@pytest.mark.parametrize("database", [None, DATABASE])
def test_a_service_with_the_same_settings_answers(tmp_path: Path, database: str | None) -> None:
    with held(tmp_path, Serving.of("hand", database)):
        wanted = replace(settings(tmp_path), database_url=database)
        with contextlib.closing(connect(wanted, print)) as service:
            assert isinstance(service, RemoteService)


def test_a_service_that_does_not_tell_what_it_works_with_answers(tmp_path: Path) -> None:
    with held(tmp_path, None), contextlib.closing(connect(settings(tmp_path), print)) as service:
        assert isinstance(service, RemoteService)


@pytest.mark.parametrize(
    ("theirs", "ours", "remedy"),
    [
        ("packaged", "other", "stop the service, or unset BELEIDSWIJZER_EMBEDDING_MODEL"),
        ("other", "packaged", "stop the service, or set BELEIDSWIJZER_EMBEDDING_MODEL=other"),
    ],
)
def test_a_service_with_another_model_is_refused(tmp_path: Path, theirs: str, ours: str, remedy: str) -> None:
    with held(tmp_path, Serving.of(theirs, None)) as url:
        message = refused(settings(tmp_path, ours))
    assert url in message
    assert f"works with model '{theirs}'" in message
    assert f"say '{ours}'" in message
    assert message.endswith(remedy)


@pytest.mark.parametrize(
    ("theirs", "ours", "remedy"),
    [
        (None, DATABASE, "stop the service, or unset BELEIDSWIJZER_DATABASE_URL"),
        (DATABASE, None, "stop the service, or set BELEIDSWIJZER_DATABASE_URL to what the service has"),
        (DATABASE, DATABASE + "2", "stop the service, or set BELEIDSWIJZER_DATABASE_URL to what the service has"),
    ],
)
def test_a_service_with_another_database_is_refused_and_neither_is_shown(
    tmp_path: Path, theirs: str | None, ours: str | None, remedy: str
) -> None:
    with held(tmp_path, Serving.of("hand", theirs)) as url:
        message = refused(replace(settings(tmp_path), database_url=ours))
    assert url in message
    assert message.endswith(remedy)
    assert "p4ss" not in message
    assert "postgresql" not in message


def test_with_a_qdrant_server_no_holder_is_looked_for(tmp_path: Path) -> None:
    with held(tmp_path, Serving.of("another", DATABASE)), QdrantStandIn() as server:
        with contextlib.closing(connect(settings(tmp_path, qdrant_url=server.url), print)) as service:
            assert isinstance(service, LocalService)
            assert service.status().documents == []
        assert server.faults == []
