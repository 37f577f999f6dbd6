"""Errors over REST: each a problem, none with our inside, and headers on everything."""

import asyncio
import logging
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.types import Message, Receive, Scope, Send

from app.api.application import ROUTERS
from app.api.ingest_lines import TOKEN_HEADER
from app.api.layers import FaultBarrier
from corpus import errors
from corpus.reason import Why, because
from tests.app.api_client import TOKEN, Service

MARKER = "zeergeheimevraag"
GETS = sorted(
    route.path.replace("{id}", "amstelveen-jeugd")
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ()) and route.include_in_schema
)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def test_every_promised_address_is_there() -> None:
    assert [path.replace("amstelveen-jeugd", "{id}") for path in GETS] == [
        "/healthz",
        "/readyz",
        "/v1/documenten",
        "/v1/documenten/{id}",
        "/v1/documenten/{id}/bestand",
        "/v1/documenten/{id}/tekst",
        "/v1/gemeenten",
        "/v1/openapi.json",
        "/v1/passages",
        "/v1/passages/{id}",
        "/v1/rapporten",
        "/v1/rapporten/{id}",
        "/v1/rapporten/{id}/bestand",
        "/v1/rapporten/{id}/inhoud",
        "/v1/suggesties",
        "/v1/taken/{id}",
        "/v1/vergelijkingen",
    ]


@pytest.mark.parametrize("path", GETS)
def test_an_unknown_parameter_is_an_error_everywhere(service: Service, path: str) -> None:
    got = service.get(path, {"onbekend": "1"})
    assert got.status_code == 400
    assert "onbekend" in [each["name"] for each in got.json()["invalidParams"]]


@pytest.mark.parametrize("path", GETS)
def test_every_answer_has_the_headers(service: Service, path: str) -> None:
    for params in ({}, {"onbekend": "1"}):
        headers = service.get(path, params).headers
        assert headers["api-version"] == "1.0.0"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("raised", "status", "title"),
    [
        (errors.UsageError, 400, "Ongeldig verzoek"),
        (errors.NotFoundError, 404, "Niet gevonden"),
        (errors.SettingsError, 500, "Interne fout"),
        (errors.ModelError, 500, "Interne fout"),
        (errors.DataDirectoryError, 500, "Interne fout"),
        (errors.BeleidswijzerError, 500, "Interne fout"),
        (errors.HeldError, 503, "Nu niet beschikbaar"),
        (errors.UnreachableError, 503, "Nu niet beschikbaar"),
        (errors.MachineError, 507, "Geen ruimte of andere storing van de machine"),
    ],
)
def test_an_error_of_ours_is_told(
    service: Service, raised: type[errors.BeleidswijzerError], status: int, title: str
) -> None:
    service.knowledge.fail = raised
    got = service.get("/v1/passages", {"vraag": "kind"})
    assert got.headers["content-type"] == "application/problem+json"
    name = "MachineError" if raised is errors.BeleidswijzerError else raised.__name__
    assert (got.status_code, got.json()) == (
        status,
        {
            "type": f"urn:beleidswijzer:fout:{name}",
            "title": title,
            "status": status,
            "detail": got.json()["detail"] if status >= 500 else "no answer to kind",
            "instance": "/v1/passages",
            "invalidParams": [],
        },
    )


@pytest.mark.parametrize(
    ("raised", "begin"),
    [
        (errors.DataDirectoryError, "De dienst is niet goed ingericht. "),
        (errors.BeleidswijzerError, "De dienst is niet goed ingericht. "),
        (errors.HeldError, "De kennisbank wordt nu bijgewerkt. "),
        (errors.UnreachableError, "Een deel van de dienst antwoordt niet. "),
        (errors.MachineError, "De machine heeft geen ruimte meer of een andere storing. "),
    ],
)
def test_readers_are_told_of_a_fault_in_dutch_and_the_commands_what_it_was(
    service: Service, raised: type[errors.BeleidswijzerError], begin: str
) -> None:
    service.knowledge.fail = raised
    told = service.get("/v1/passages", {"vraag": "kind"}, headers={TOKEN_HEADER: "x"})
    assert told.json()["detail"].startswith(begin)
    assert "no answer" not in told.text
    command = service.get("/v1/passages", {"vraag": "kind"}, headers={TOKEN_HEADER: TOKEN}).json()
    assert command == told.json() | {"oorzaak": "no answer to kind"}


def test_every_error_class_has_its_status() -> None:
    tree = {each for each in vars(errors).values() if isinstance(each, type)}
    assert len({each for each in tree if issubclass(each, errors.BeleidswijzerError)}) == 12


@pytest.mark.parametrize("raised", [RuntimeError, KeyError, MemoryError, RecursionError, OSError, AssertionError])
def test_an_unforeseen_error_tells_the_client_nothing(
    service: Service, raised: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    service.knowledge.fail = raised
    with caplog.at_level(logging.DEBUG):
        got = service.get("/v1/passages", {"vraag": MARKER})
    assert got.status_code == 500
    assert got.headers["content-type"] == "application/problem+json"
    assert got.json() == {
        "type": "about:blank",
        "title": "Interne fout",
        "status": 500,
        "detail": "Er ging iets mis in de dienst. Probeer het later opnieuw of meld het de beheerder.",
        "instance": "/v1/passages",
        "invalidParams": [],
    }
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("beleidswijzer"))
    assert MARKER not in ours
    assert f"builtins.{raised.__name__}" in ours
    assert "builtins.KeyError" in ours
    assert "in _fail\n" in ours
    assert "GET /v1/passages failed: " in ours


def test_the_log_has_the_message_of_an_error_of_ours_only_without_the_question(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    service.knowledge.fail = lambda _: errors.UnreachableError("qdrant is down")
    service.get("/v1/passages", {"vraag": MARKER})
    service.knowledge.fail = errors.UnreachableError
    service.get("/v1/passages", {"vraag": f" {MARKER} "})
    assert "failed: UnreachableError: qdrant is down" in caplog.text
    assert caplog.text.count("failed: UnreachableError\n") == 1
    assert "in _fail" not in caplog.text
    assert MARKER not in caplog.text


def test_a_file_that_is_gone_is_a_fault_of_ours(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    service.knowledge.files.remove(service.knowledge.document("amstelveen-jeugd").file_sha256)
    got = service.get("/v1/documenten/amstelveen-jeugd/bestand")
    assert (got.status_code, got.json()["title"]) == (500, "Interne fout")
    assert "GET /v1/documenten/{id}/bestand failed: builtins.FileNotFoundError" in caplog.text


def test_an_answer_that_breaks_off_is_not_ended(caplog: pytest.LogCaptureFixture) -> None:
    async def breaking(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise RuntimeError(MARKER)

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    asyncio.run(FaultBarrier(breaking)(scope, receive, send))
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert "builtins.RuntimeError" in caplog.text
    assert MARKER not in caplog.text


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v2/passages", "/v1/passages/", "/docs", "/redoc", "/openapi.json"])
def test_an_unknown_address_is_not_found(service: Service, path: str) -> None:
    got = service.get(path)
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")
    assert got.json()["instance"] == path


@pytest.mark.parametrize("path", ["/metrics"])
def test_what_is_not_there_yet_is_not_found(service: Service, path: str) -> None:
    assert service.get(path).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/v1/passages", "GET, HEAD"),
        ("PUT", "/v1/documenten", "GET, HEAD, POST"),
        ("PUT", "/v1/documenten/x", "DELETE, GET, HEAD"),
        ("TRACE", "/v1/documenten/x", "DELETE, GET, HEAD"),
        ("GET", "/v1/beheer/ingest", "POST"),
        ("OPTIONS", "/v1/gemeenten", "GET, HEAD"),
    ],
)
def test_another_method_is_named_with_those_that_are_there(
    service: Service, method: str, path: str, allowed: str
) -> None:
    got = service.ask(method, path)
    assert (got.status_code, got.headers["content-type"]) == (405, "application/problem+json")
    assert got.headers["allow"] == allowed


@pytest.mark.parametrize("path", GETS)
def test_head_answers_as_get(service: Service, path: str) -> None:
    params = {"vraag": "kind"} if path == "/v1/passages" else {}
    head, get = service.ask("HEAD", path, params=params), service.get(path, params)
    assert head.status_code == get.status_code
    assert head.headers["content-type"] == get.headers["content-type"]


def test_the_instance_holds_no_question(service: Service) -> None:
    got = service.get("/v1/passages", {"vraag": MARKER, "x": "y"})
    assert MARKER not in got.text


def test_the_framework_has_no_pages_of_its_own(service: Service) -> None:
    app: FastAPI = service.app
    assert (app.docs_url, app.redoc_url, app.openapi_url) == (None, None, None)


def test_a_document_that_cannot_be_read_is_told_in_dutch(service: Service) -> None:
    service.knowledge.fail = lambda _: errors.DocumentError("nota.pdf", because(Why.LOCKED))
    got = service.get("/v1/passages", {"vraag": "kind"})
    assert (got.status_code, got.json()["type"]) == (415, "urn:beleidswijzer:fout:DocumentError")
    assert got.json()["detail"] == because(Why.LOCKED).dutch
