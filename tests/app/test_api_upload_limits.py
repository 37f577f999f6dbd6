"""Bodies that are too large, too slow or broken off: nothing is left of them, and nobody else waits."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.api import uploads
from corpus.files import IncomingFile
from tests.app.api_client import Service
from tests.app.upload_forms import BOUNDARY, CONTENT, FORM, PATH, form, originals, part


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.mark.parametrize("told", [True, False])
def test_a_file_that_is_too_large_leaves_nothing(
    service: Service, tmp_path: Path, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_FILE_BYTES", 100_000)
    monkeypatch.setattr(uploads, "_MAX_BODY_BYTES", 110_000 if told else 10**9)
    content = form(part("bestand", b"x" * 120_000, "groot.txt"))

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 8192):
            yield content[start : start + 8192]

    got = service.ask("POST", PATH, content=content if told else pieces(), headers=FORM)
    assert (got.status_code, got.json()["title"]) == (413, "Te groot")
    assert originals(service, tmp_path) == set()
    exact = service.ask("POST", PATH, content=form(part("bestand", b"x" * 100_000, "net.txt")), headers=FORM)
    assert exact.status_code == 202


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="bijlage"; filename="a"\r\n\r\n'.encode(), b""),
        (form(part("bestand", CONTENT, "a.txt")), b""),
        (form(part("bestand", CONTENT, "a.txt")), b"--grens--\r\n"),
    ],
)
def test_a_body_has_a_size_limit_wherever_its_bytes_stand(
    service: Service, tmp_path: Path, before: bytes, after: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "_MAX_BODY_BYTES", 100_000)

    async def pieces(count: int) -> AsyncIterator[bytes]:
        yield before
        for _ in range(count):
            yield bytes(1000)
        yield after

    got = service.ask("POST", PATH, content=pieces(101), headers=FORM)
    assert (got.status_code, got.headers["content-type"]) == (413, "application/problem+json")
    assert got.json()["detail"].startswith("Het verzoek is te groot: stuur in het veld bestand ")
    assert originals(service, tmp_path) == set()
    assert service.ask("POST", PATH, content=pieces(90), headers=FORM).status_code != 413


@pytest.mark.parametrize(
    ("begin", "status", "title"),
    [(part("bestand", b"x" * 5000, "a.txt"), 408, "Te lang gewacht"), (b"geen formulier", 400, "Ongeldig verzoek")],
)
def test_a_body_of_which_nothing_more_comes_is_not_waited_for(
    service: Service, tmp_path: Path, begin: bytes, status: int, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is refused already is told why, and of the other nothing is left."""
    monkeypatch.setattr(uploads, "MOST_IDLE_SECONDS", 0.2)

    async def pieces() -> AsyncIterator[bytes]:
        yield begin
        await asyncio.sleep(60)

    began = time.monotonic()
    got = service.ask("POST", PATH, content=pieces(), headers=FORM)
    assert (got.status_code, got.headers["content-type"]) == (status, "application/problem+json")
    assert got.json()["title"] == title
    assert (got.headers.get("connection") == "close") is (status == 408)
    assert time.monotonic() - began < 30
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None


def test_a_slow_body_is_waited_for_as_long_as_it_comes(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_IDLE_SECONDS", 1.0)
    body = form(part("bestand", CONTENT, "a.txt"))

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 20):
            await asyncio.sleep(0.25)
            yield body[start : start + 20]

    assert service.ask("POST", PATH, content=pieces(), headers=FORM).status_code == 202


def test_the_service_answers_while_files_are_being_referred_to(service: Service) -> None:
    held, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with service.knowledge.files.settling():
            held.set()
            may_end.wait(20)

    async def both(client: httpx.AsyncClient) -> tuple[int, int]:
        holding = threading.Thread(target=hold)
        holding.start()
        assert held.wait(20)
        sending = asyncio.get_running_loop().create_task(client.post(PATH, files={"bestand": ("a.txt", CONTENT)}))
        await asyncio.sleep(0.3)
        healthy = (await client.get("/healthz")).status_code
        assert holding.is_alive()
        assert not sending.done()
        may_end.set()
        return healthy, (await sending).status_code

    assert service.run(both) == (200, 202)


def test_a_store_that_is_slow_to_begin_a_file_holds_nobody_up(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiving, may_begin = service.knowledge.files.receiving, threading.Event()

    @contextmanager
    def slow() -> Iterator[IncomingFile]:
        assert may_begin.wait(20)
        with receiving() as incoming:
            yield incoming

    monkeypatch.setattr(service.knowledge.files, "receiving", slow)

    async def both(client: httpx.AsyncClient) -> tuple[int, int]:
        sending = asyncio.get_running_loop().create_task(client.post(PATH, files={"bestand": ("a.txt", CONTENT)}))
        await asyncio.sleep(0.1)
        healthy = (await client.get("/healthz")).status_code
        may_begin.set()
        return healthy, (await sending).status_code

    assert service.run(both) == (200, 202)


def test_a_client_that_goes_leaves_nothing(service: Service, tmp_path: Path) -> None:
    """As the server tells it: the body ends in a disconnect."""
    messages: Iterator[dict[str, Any]] = iter(
        [
            {"type": "http.request", "body": part("bestand", b"x" * 5000, "a.txt"), "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    said: list[dict[str, Any]] = []

    async def gone(client: httpx.AsyncClient) -> None:
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "path": PATH,
            "raw_path": PATH.encode(),
            "query_string": b"",
            "scheme": "http",
            "client": ("127.0.0.1", 5000),
            "server": ("127.0.0.1", 8000),
            "headers": [(b"host", b"127.0.0.1:8000"), (b"content-type", FORM["Content-Type"].encode())],
        }

        async def receive() -> dict[str, Any]:
            return next(messages)

        async def send(message: Any) -> None:
            said.append(message)

        await service.app(scope, receive, send)

    service.run(gone)
    assert said[0]["status"] == 400
    assert originals(service, tmp_path) == set()
    assert service.knowledge.tasks.next() is None
