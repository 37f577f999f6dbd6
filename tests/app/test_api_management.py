"""What the other commands ask of a running service: ingest in lines, and status; on this machine, with the token."""

import asyncio
import json
import logging
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.api.error_names import error_named, error_of_type
from app.api.ingest_lines import (
    INGEST_PATH,
    STATUS_PATH,
    TOKEN_HEADER,
    ErrorBody,
    IngestLineBody,
    IngestRequestBody,
    error_of,
)
from app.api.ingests import Ingests
from app.api.management import MAX_REQUEST_BYTES
from app.api.schemas import FailureBody, IngestBody, StatusBody
from corpus import errors
from tests.app.api_client import TOKEN, Service
from tests.app.calibrations import CALIBRATION

WANTED = {"paden": ["/notes/a.txt", "/notes/b.pdf"], "catalogus": "/notes/catalogue.toml", "opnieuw": True}
KEY = {TOKEN_HEADER: TOKEN}


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def lines_of(got: httpx.Response) -> list[IngestLineBody]:
    assert got.headers["content-type"] == "application/x-ndjson"
    return [IngestLineBody.model_validate_json(line) for line in got.text.splitlines()]


def test_an_ingest_tells_its_steps_and_then_its_report(service: Service) -> None:
    got = lines_of(service.ask("POST", INGEST_PATH, json=WANTED, headers=KEY))
    steps = [line.progress for line in got[:-1] if line.progress is not None]
    assert [(step.document, step.done, step.total) for step in steps] == [("a.txt", 1, 2), ("b.pdf", 2, 2)]
    failures = [FailureBody(path="b.pdf", reason="beschadigd")]
    report = IngestBody(
        documents=1, unchanged=0, passages=3, encoded=3, seconds=0.1, failures=failures, vanished=[], stopped=False
    )
    assert got[-1] == IngestLineBody(progress=None, report=report, error=None)
    asked = ([Path("/notes/a.txt"), Path("/notes/b.pdf")], Path("/notes/catalogue.toml"), True)
    assert service.ingest.asked == [asked]


def test_an_ingest_prunes_only_when_it_is_asked_to(service: Service) -> None:
    for wanted in (WANTED, WANTED | {"opruimen": True}):
        lines_of(service.ask("POST", INGEST_PATH, json=wanted, headers=KEY))
    assert service.ingest.prunes == [False, True]


def test_a_line_is_in_dutch(service: Service) -> None:
    got = service.ask("POST", INGEST_PATH, json=WANTED, headers=KEY)
    step = {"document": "a.txt", "klaar": 1, "totaal": 2}
    first = {"voortgang": step, "verslag": None, "fout": None, "wacht": False}
    assert json.loads(got.text.splitlines()[0]) == first


@pytest.mark.parametrize(
    ("raised", "kind", "message"),
    [
        (errors.UsageError("no such file"), errors.UsageError, "no such file"),
        (errors.CatalogueError("c.toml", ["a", "b"]), errors.UsageError, "c.toml cannot be used:\n- a\n- b"),
        (errors.DataDirectoryError("read-only"), errors.DataDirectoryError, "read-only"),
        (errors.ModelError("m"), errors.ModelError, "m"),
        (errors.HeldError("h"), errors.HeldError, "h"),
        (errors.UnreachableError("u"), errors.UnreachableError, "u"),
        (errors.MachineError("no room"), errors.MachineError, "no room"),
        (ZeroDivisionError("secret"), errors.MachineError, "the service failed (ZeroDivisionError)"),
    ],
)
def test_an_error_travels_as_its_class(
    service: Service,
    raised: Exception,
    kind: type[Exception],
    message: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    service.ingest.fail = raised
    last = lines_of(service.ask("POST", INGEST_PATH, json=WANTED, headers=KEY))[-1]
    assert last.error is not None
    error = error_of(last.error)
    assert type(error) is kind
    assert str(error).startswith(message)
    assert ("an ingest failed" in caplog.text) is isinstance(raised, ZeroDivisionError)
    assert "secret" not in caplog.text


def test_an_error_of_another_version_is_unreachable() -> None:
    assert type(error_of(ErrorBody(kind="NewError", message="m"))) is errors.UnreachableError
    assert type(error_named("SystemExit", "m")) is errors.UnreachableError


def test_the_type_of_a_problem_is_its_class(service: Service) -> None:
    service.knowledge.fail = errors.DataDirectoryError
    got = service.get("/v1/passages", {"vraag": "kind"}, headers=KEY).json()
    error = error_of_type(got["type"], got["oorzaak"])
    assert (type(error), str(error)) == (errors.DataDirectoryError, "no answer to kind")
    assert type(error_of_type("about:blank", "m")) is errors.UnreachableError


def test_status_is_what_the_command_prints(service: Service) -> None:
    got = service.get(STATUS_PATH, headers=KEY)
    status = StatusBody.model_validate_json(got.content)
    assert (status.model, status.passages) == ("hand", 3)
    assert got.json()["documenten"] == service.get("/v1/documenten").json()["documenten"]
    assert list(got.json()) == ["documenten", "geweigerd", "model", "passages", "lateInteractie", "ijking"]
    assert got.json()["lateInteractie"] == {"vectoren": 40_000, "bytes": 26 * 40_000}
    assert got.json()["ijking"] is None


def test_status_tells_what_verdicts_are_given_with(service: Service) -> None:
    service.knowledge.calibration = CALIBRATION
    got = service.get(STATUS_PATH, headers=KEY).json()
    assert got["ijking"] == {"gevondenVanaf": 0.6, "zijdelingsVanaf": 0.3, "brierscore": 0.08, "paren": 30}


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("127.0.0.1", {}),
        ("127.0.0.1", {TOKEN_HEADER: ""}),
        ("127.0.0.1", {TOKEN_HEADER: TOKEN + "x"}),
        ("127.0.0.1", {TOKEN_HEADER: "é"}),
        ("192.0.2.7", KEY),
        ("127.0.0.1", KEY | {"Host": "evil.example"}),
        ("127.0.0.1", KEY | {"X-Forwarded-For": "192.0.2.7"}),
    ],
)
def test_nobody_else_manages(service: Service, peer: str, headers: dict[str, str]) -> None:
    raw = {name: value.encode() for name, value in headers.items()}
    assert service.ask("GET", STATUS_PATH, peer=peer, headers=raw).status_code == 403
    got = service.ask("POST", INGEST_PATH, peer=peer, json=WANTED, headers=raw)
    assert (got.status_code, got.headers["content-type"]) == (403, "application/problem+json")
    assert TOKEN not in got.text
    assert service.ingest.asked == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"paden": "x", "catalogus": null, "opnieuw": false}', b"\xff"]
)
def test_a_request_that_cannot_be_read_is_refused(service: Service, content: bytes) -> None:
    got = service.ask("POST", INGEST_PATH, content=content, headers=KEY)
    assert (got.status_code, got.headers["content-type"]) == (400, "application/problem+json")


def test_a_request_that_is_too_large_is_refused(service: Service) -> None:
    got = service.ask("POST", INGEST_PATH, content=b"x" * (MAX_REQUEST_BYTES + 1), headers=KEY)
    assert (got.status_code, got.headers["content-type"]) == (413, "application/problem+json")


def test_an_ingest_goes_on_without_its_client_and_is_waited_for_at_the_end(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    service.ingest.may_end.clear()

    async def left() -> None:
        async with service.running() as client:
            going = asyncio.create_task(client.post(INGEST_PATH, json=WANTED, headers=KEY))
            while not service.ingest.asked:
                await asyncio.sleep(0.01)
            going.cancel()
            service.ingest.may_end.set()
            assert (await client.get("/healthz")).status_code == 200

    with caplog.at_level(logging.ERROR):
        asyncio.run(left())
    assert service.ingest.ended.is_set()
    assert caplog.records == []


def test_a_stop_ends_an_ingest_with_its_report(service: Service) -> None:
    service.ingest.until_stopped = True
    ingests: Ingests = service.app.state.ingests

    async def told() -> bytes:
        lines = ingests.start(IngestRequestBody.model_validate_json(json.dumps(WANTED)))
        await anext(lines)
        assert ingests.stop()
        return [line async for line in lines][-1]

    assert json.loads(asyncio.run(told()))["verslag"]["gestopt"] is True
    ingests.wait()
    assert not ingests.stop()


def test_an_ingest_that_waits_for_its_turn_says_so_once(service: Service) -> None:
    service.ingest.its_turn.clear()
    threading.Timer(0.3, service.ingest.its_turn.set).start()
    got = lines_of(service.ask("POST", INGEST_PATH, json=WANTED, headers=KEY))
    assert [line.waiting for line in got] == [True, False, False, False]
    assert got[0] == IngestLineBody(progress=None, report=None, error=None, waiting=True)
    assert got[-1].report is not None


async def _leave(service: Service, client: httpx.AsyncClient) -> None:
    """Ask for an ingest and go away once it waits for its turn."""
    going = asyncio.create_task(client.post(INGEST_PATH, json=WANTED, headers=KEY))
    while not service.ingest.asked:
        await asyncio.sleep(0.01)
    going.cancel()


def test_an_ingest_that_waits_for_its_turn_goes_with_its_client(service: Service) -> None:
    service.ingest.its_turn.clear()

    async def left(client: httpx.AsyncClient) -> bool:
        await _leave(service, client)
        return await asyncio.to_thread(service.ingest.dropped.wait, 20)

    assert service.run(left)
    assert not service.ingest.ended.is_set()


def test_a_stop_ends_an_ingest_that_waits_for_its_turn(service: Service) -> None:
    service.ingest.its_turn.clear()
    ingests: Ingests = service.app.state.ingests

    async def told() -> list[bytes]:
        lines = ingests.start(IngestRequestBody.model_validate_json(json.dumps(WANTED)))
        first = await anext(lines)
        ingests.stop()
        return [first, *[line async for line in lines]]

    first, last = map(json.loads, asyncio.run(told()))
    assert (first["wacht"], last["verslag"]["gestopt"], last["verslag"]["documenten"]) == (True, True, 0)


def test_management_is_not_in_the_description(service: Service) -> None:
    paths: dict[str, Any] = service.get("/v1/openapi.json").json()["paths"]
    assert [path for path in paths if "beheer" in path] == []
