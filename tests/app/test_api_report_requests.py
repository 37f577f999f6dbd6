"""What a request for a report can have wrong: all told at once, and nothing of it queued."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.api import uploads
from tests.app.api_client import Service
from tests.app.asked_reports import UNKNOWN, asked, faults


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def test_every_fault_of_a_request_is_told_at_once(service: Service) -> None:
    body = {
        "onderwerpen": ["", "x" * 1001, 3, {"vraag": "y", "soort": 1}, {"onderwerp": 1}, "a\u0000", "\ud800"],
        "gemeenten": ["Utrecht", "Utrect", 7],
        "formaat": "doc",
        "titel": "a\nb",
        "geldigOp": "2025-02-30",
        "peildatum": "gisteren",
        "perGemeente": True,
        "sinds": UNKNOWN,
        "naam": "x",
        "\ud800": 1,
    }
    content = json.dumps(body).encode()  # in which half a character is an escape
    headers = {"Content-Type": "application/json"}
    told = faults(service.ask("POST", "/v1/rapporten", content=content, headers=headers))
    assert sorted(told) == [
        "'\\ud800'",
        "formaat",
        "geldigOp",
        "gemeenten.1",
        "gemeenten.2",
        "naam",
        "onderwerpen.0",
        "onderwerpen.1",
        "onderwerpen.2",
        "onderwerpen.3.onderwerp",
        "onderwerpen.3.soort",
        "onderwerpen.4.onderwerp",
        "onderwerpen.5",
        "onderwerpen.6",
        "peildatum",
        "perGemeente",
        "sinds",
        "titel",
    ]
    assert "bedoelde u Utrecht" in told["gemeenten.1"]
    assert "docx" in told["formaat"]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"onderwerpen": [], "formaat": "md"}, "onderwerpen"),
        ({"onderwerpen": "jeugd", "formaat": "md"}, "onderwerpen"),
        ({"onderwerpen": None, "formaat": "md"}, "onderwerpen"),
        ({"formaat": "md"}, "onderwerpen"),
        ({"onderwerpen": [f"o{number}" for number in range(501)], "formaat": "md"}, "onderwerpen"),
        ({"onderwerpen": ["a"]}, "formaat"),
        (asked(formaat=None), "formaat"),
        (asked(formaat=["md"]), "formaat"),
        (asked(gemeenten="Utrecht"), "gemeenten"),
        (asked(gemeenten={}), "gemeenten"),
        (asked(gemeenten=["Utrecht"] * 501), "gemeenten"),
        (asked(perGemeente=0), "perGemeente"),
        (asked(perGemeente=11), "perGemeente"),
        (asked(perGemeente=2.0), "perGemeente"),
        (asked(perGemeente="2"), "perGemeente"),
        (asked(titel=" "), "titel"),
        (asked(titel="x" * 201), "titel"),
        (asked(sinds="x"), "sinds"),
        (asked(sinds=UNKNOWN), "sinds"),
        (asked(geldigOp=20250101), "geldigOp"),
    ],
)
def test_a_faulty_field_is_named(service: Service, body: dict[str, Any], name: str) -> None:
    assert list(faults(service.ask("POST", "/v1/rapporten", json=body))) == [name]


def test_null_is_absent_and_an_empty_scope_is_everything(service: Service) -> None:
    body = asked(gemeenten=[], titel=None, geldigOp=None, perGemeente=None, sinds=None)
    answer = service.ask("POST", "/v1/rapporten", json=body)
    assert (answer.status_code, answer.json()["titel"]) == (202, "Vergelijking van gemeentelijk beleid")
    none = {"onderwerpen": [{"onderwerp": "a", "vraag": None, "groep": None}], "gemeenten": None, "formaat": "csv"}
    assert service.ask("POST", "/v1/rapporten", json=none).status_code == 202


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"a"', b"\xff", b'{"formaat": "md", "formaat": "csv"}', b"[" * 100_000],
)
def test_what_is_no_json_object_is_400(service: Service, content: bytes) -> None:
    answer = service.ask(
        "POST", "/v1/rapporten", content=content, headers={"Content-Type": "application/json; charset=utf-8"}
    )
    assert (answer.status_code, answer.json()["invalidParams"]) == (400, [])


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_kind_of_body_is_415(service: Service, kind: str) -> None:
    content = json.dumps(asked()).encode()
    answer = service.ask("POST", "/v1/rapporten", content=content, headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


def test_a_body_that_is_too_large_is_413(service: Service) -> None:
    content = b'{"onderwerpen": ["' + b"x" * 4_000_000 + b'"]}'
    headers = {"Content-Type": "application/json"}
    assert service.ask("POST", "/v1/rapporten", content=content, headers=headers).status_code == 413


def test_a_body_of_which_nothing_more_comes_is_not_waited_for(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_IDLE_SECONDS", 0.2)

    async def pieces() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(60)

    answer = service.ask("POST", "/v1/rapporten", content=pieces(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (408, "application/problem+json")
    assert service.get("/v1/rapporten").json() == {"rapporten": []}


def test_a_report_with_too_many_cells_is_refused_when_it_is_asked_for(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.report.order.MOST_CELLS", 5)  # over the three municipalities that have documents
    told = faults(service.ask("POST", "/v1/rapporten", json=asked()))
    assert told == {
        "onderwerpen": "telt 2 onderwerpen, en dat over 3 gemeenten; hoogstens 1 gaan er dan in een rapport: verdeel "
        "ze, of vraag minder gemeenten"
    }
    assert service.ask("POST", "/v1/rapporten", json=asked(gemeenten=["Utrecht", "Urk"])).status_code == 202


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/rapporten"),
        ("GET", "/v1/rapporten"),
        ("GET", f"/v1/rapporten/{UNKNOWN}"),
        ("GET", f"/v1/rapporten/{UNKNOWN}/bestand"),
        ("GET", f"/v1/rapporten/{UNKNOWN}/inhoud"),
        ("DELETE", f"/v1/rapporten/{UNKNOWN}"),
    ],
)
def test_reports_are_for_callers_on_this_machine(service: Service, method: str, path: str) -> None:
    assert service.ask(method, path, peer="192.0.2.1").status_code == 403
    assert service.ask(method, path, headers={"Origin": "https://elders.example"}).status_code == 403
    assert service.ask(method, path, params={"x": "1"}).status_code == 400


@pytest.mark.parametrize("report_id", ["x", UNKNOWN, "%2e%2e", f"{{{UNKNOWN}}}", f"urn:uuid:{UNKNOWN}"])
def test_an_id_of_no_report_is_404(service: Service, report_id: str) -> None:
    for path in (report_id, f"{report_id}/bestand", f"{report_id}/inhoud"):
        assert service.get(f"/v1/rapporten/{path}").status_code == 404
    assert service.ask("DELETE", f"/v1/rapporten/{report_id}").status_code == 404
