"""Reports over REST: asked for, made by the worker, kept and removed; every fault of a request told at once."""

import asyncio
import json
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.answer import Scope
from app.api.report_bodies import RunBody
from app.api.reports import file_name
from app.comparison import Comparison
from app.report.formats import FORMATS
from corpus.errors import UnreachableError
from tests.app.api_client import Service
from tests.app.fake_knowledge_base import FakeKnowledgeBase
from tests.app.report.plain_formats import use_plain_formats

UNKNOWN = "00000000-0000-4000-8000-000000000000"
QUOTE = "Kinderen hebben last van conflictscheidingen. 😀"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.fixture(autouse=True)
def plain_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    use_plain_formats(monkeypatch)


def asked(**values: Any) -> dict[str, Any]:
    return {"onderwerpen": ["conflictscheidingen", "woningen"], "formaat": "md"} | values


async def ended(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    for _ in range(500):
        body: dict[str, Any] = (await client.get(path)).json()
        if body["staat"] in ("klaar", "mislukt"):
            return body
        await asyncio.sleep(0.02)
    raise AssertionError(f"{path} does not end")


async def made(client: httpx.AsyncClient, **values: Any) -> dict[str, Any]:
    answer = await client.post("/v1/rapporten", json=asked(**values))
    assert answer.status_code == 202, answer.text
    return await ended(client, answer.headers["Location"])


def test_a_report_is_made_kept_and_removed(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> None:
        answer = await client.post("/v1/rapporten", json=asked(titel="Jeugd/zorg", gemeenten=["Utrecht", "gm0362"]))
        assert answer.status_code == 202
        waiting = answer.json()
        path = f"/v1/rapporten/{waiting['id']}"
        assert answer.headers["Location"] == path
        assert waiting["links"] == {
            "self": path,
            "bestand": f"{path}/bestand",
            "inhoud": f"{path}/inhoud",
            "taak": f"/v1/taken/{waiting['id']}",
        }
        body = await ended(client, path)
        assert {key: body[key] for key in ("staat", "voortgang", "fout", "afgebroken", "titel", "formaat")} == {
            "staat": "klaar",
            "voortgang": 1.0,
            "fout": None,
            "afgebroken": False,
            "titel": "Jeugd/zorg",
            "formaat": "md",
        }
        assert (body["onderwerpen"], body["mislukt"], body["sinds"]) == (2, [], None)
        file = await client.get(body["links"]["bestand"])
        assert file.text.startswith(f"Jeugd/zorg {body['id']}\n")
        assert file.headers["Content-Type"] == "text/markdown; charset=utf-8"
        assert file.headers["Content-Disposition"] == 'attachment; filename="Jeugd-zorg.md"'
        other = await client.get(body["links"]["bestand"], params={"formaat": "xlsx"})
        assert other.headers["Content-Type"] == FORMATS["xlsx"].media_type
        assert other.headers["Content-Disposition"].endswith('filename="Jeugd-zorg.xlsx"')
        run = RunBody.model_validate_json((await client.get(body["links"]["inhoud"])).content)
        assert [each.name for each in run.settings.municipalities] == ["Utrecht", "Amstelveen"]
        assert QUOTE in run.results[0].comparison.municipalities[1].passages[0].quote  # type: ignore[union-attr]
        assert (await client.get(body["links"]["taak"])).json()["staat"] == "klaar"
        assert (await client.get("/v1/rapporten")).json()["rapporten"] == [body]
        assert (await client.delete(path)).status_code == 204
        for gone in (path, f"{path}/bestand", f"{path}/inhoud", body["links"]["taak"]):
            assert (await client.get(gone)).status_code == 404
        assert (await client.delete(path)).status_code == 404
        assert (await client.get("/v1/rapporten")).json() == {"rapporten": []}

    service.run(work)


def test_a_topic_may_have_a_question_and_a_group(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> RunBody:
        topics = [
            {"onderwerp": " Wonen ", "vraag": "woningen", "groep": "Ruimte"},
            "jeugd",
            "jeugd",
            {"onderwerp": "Wonen"},
        ]
        body = await made(client, onderwerpen=topics, geldigOp="2025-06-01", perGemeente=1)
        assert body["onderwerpen"] == 3
        return RunBody.model_validate_json((await client.get(body["links"]["inhoud"])).content)

    run = service.run(work)
    assert [(each.topic.topic, each.topic.question, each.topic.group) for each in run.results] == [
        ("Wonen", "woningen", "Ruimte"),
        ("jeugd", None, None),
        ("Wonen", None, None),
    ]
    assert (str(run.settings.day), str(run.settings.valid_on), run.settings.per_municipality) == ("2025-06-01",) * 2 + (
        1,
    )


def faults(response: httpx.Response) -> dict[str, str]:
    assert response.status_code == 400, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    return {each["name"]: each["reason"] for each in response.json()["invalidParams"]}


def test_every_fault_of_a_request_is_told_at_once(service: Service) -> None:
    body = {
        "onderwerpen": ["", "x" * 1001, 3, {"vraag": "y", "soort": 1}, {"onderwerp": 1}, "a\u0000", "\ud800"],
        "gemeenten": ["Utrecht", "Utrect", 7],
        "formaat": "doc",
        "titel": "a\nb",
        "geldigOp": "2025-02-30",
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


def test_a_format_that_does_not_exist_is_400(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> httpx.Response:
        body = await made(client)
        return await client.get(body["links"]["bestand"], params={"formaat": "doc"})

    assert list(faults(service.run(work))) == ["formaat"]


def test_a_topic_that_fails_is_told_and_does_not_lose_the_others(service: Service) -> None:
    service.knowledge.failing_topics["woningen"] = UnreachableError("no answer of http://10.0.0.1")
    body = service.run(made)
    assert body["staat"] == "klaar"
    assert body["mislukt"] == [
        {
            "onderwerp": "woningen",
            "fout": "Een deel van de dienst antwoordt niet. Probeer het later opnieuw of meld het de beheerder.",
        }
    ]


def test_the_next_report_tells_what_changed_since_another(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> RunBody:
        first = await made(client)
        service.knowledge.remove("utrecht-samenvatting")
        second = await made(client, sinds=first["id"].upper(), gemeenten=["Utrecht", "Amstelveen"])
        assert second["sinds"] == first["id"]
        return RunBody.model_validate_json((await client.get(second["links"]["inhoud"])).content)

    since = service.run(work).since
    assert since is not None
    assert [(cell.topic, cell.municipality.name, cell.changed, cell.reasons) for cell in since.cells] == [
        ("conflictscheidingen", "Utrecht", ["oordeel"], ["document_weg"]),
        ("woningen", "Utrecht", ["oordeel", "passages"], ["document_weg"]),
        ("conflictscheidingen", "Apeldoorn", ["weg"], []),  # not asked for this time
        ("woningen", "Apeldoorn", ["weg"], []),
    ]


class Slow(FakeKnowledgeBase):
    """Waits before every topic until it may go on; `at_work` once it waits."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.may_compare = threading.Event()
        self.at_work = threading.Event()
        self.compared: list[str] = []

    def compare(self, topic: str, scope: Scope, per_municipality: int, day: Any = None) -> Comparison:
        self.at_work.set()
        assert self.may_compare.wait(20)
        self.compared.append(topic)
        time.sleep(0.6)  # longer than the worker leaves between two looks at the register
        return super().compare(topic, scope, per_municipality, day)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setattr("tests.app.api_client.FakeKnowledgeBase", Slow)
    return Service(tmp_path)


def test_a_report_that_is_not_ready_has_no_file(slow: Service) -> None:
    async def work(client: httpx.AsyncClient) -> None:
        path = (await client.post("/v1/rapporten", json=asked())).headers["Location"]
        for part in ("bestand", "inhoud"):
            answer = await client.get(f"{path}/{part}")
            assert (answer.status_code, answer.headers["Content-Type"]) == (409, "application/problem+json")
            assert "nog niet klaar" in answer.json()["detail"]
        assert [each["staat"] for each in (await client.get("/v1/rapporten")).json()["rapporten"]] in (
            ["bezig"],
            ["wacht"],
        )
        slow.knowledge.may_compare.set()  # type: ignore[attr-defined]
        await ended(client, path)
        assert (await client.get(f"{path}/bestand")).status_code == 200

    slow.run(work)


def test_a_report_that_is_removed_while_it_is_made_ends_and_leaves_nothing(slow: Service) -> None:
    knowledge = slow.knowledge
    assert isinstance(knowledge, Slow)

    async def work(client: httpx.AsyncClient) -> None:
        topics = [f"o{number}" for number in range(50)]
        path = (await client.post("/v1/rapporten", json=asked(onderwerpen=topics))).headers["Location"]
        await asyncio.to_thread(knowledge.at_work.wait, 20)
        assert (await client.delete(path)).status_code == 204
        assert (await client.get(path)).status_code == 404
        knowledge.may_compare.set()
        await made(client, onderwerpen=["daarna"])
        assert [each["onderwerpen"] for each in (await client.get("/v1/rapporten")).json()["rapporten"]] == [1]

    slow.run(work)
    assert knowledge.compared in (["o0", "daarna"], ["o0", "o1", "daarna"])


def test_a_report_whose_task_is_broken_off_says_so(slow: Service) -> None:
    knowledge = slow.knowledge
    assert isinstance(knowledge, Slow)

    async def work(client: httpx.AsyncClient) -> dict[str, Any]:
        body = (await client.post("/v1/rapporten", json=asked(onderwerpen=["a", "b", "c", "d"]))).json()
        await asyncio.to_thread(knowledge.at_work.wait, 20)
        assert (await client.delete(body["links"]["taak"])).status_code == 204
        knowledge.may_compare.set()
        told = await ended(client, body["links"]["self"])
        answer = await client.get(body["links"]["bestand"])
        assert answer.status_code == 409
        assert "Afgebroken" in answer.json()["detail"]
        return told

    body = slow.run(work)
    assert (body["staat"], body["afgebroken"], body["fout"]) == ("mislukt", True, "Afgebroken op verzoek.")


def test_what_was_asked_before_a_stop_is_made_after_the_restart(slow: Service, tmp_path: Path) -> None:
    knowledge = slow.knowledge
    assert isinstance(knowledge, Slow)

    async def ask(client: httpx.AsyncClient) -> str:
        path: str = (await client.post("/v1/rapporten", json=asked())).headers["Location"]
        await asyncio.to_thread(knowledge.at_work.wait, 20)
        threading.Timer(0.5, knowledge.may_compare.set).start()
        return path

    path = slow.run(ask)
    assert knowledge.reports.all() == ()
    body = slow.run(lambda client: ended(client, path))
    assert body["staat"] == "klaar"
    assert [each.id for each in knowledge.reports.all()] == [body["id"]]


def test_a_kept_report_outlives_its_task(service: Service) -> None:
    body = service.run(made)
    with service.knowledge._register._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM task")
    later = service.get(f"/v1/rapporten/{body['id']}").json()
    assert (later["staat"], later["voortgang"], later["links"]["taak"]) == ("klaar", 1.0, None)
    assert service.get(f"/v1/rapporten/{body['id']}/bestand").status_code == 200


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Jeugd", "Jeugd.md"),
        ("../../etc/passwd", "-..-etc-passwd.md"),
        ("a\\b:c?", "a-b_c_.md"),
        (".", "rapport.md"),
        ("x" * 200, "x" * 100 + ".md"),
        ("é\u202efdp", "é_fdp.md"),
    ],
)
def test_the_name_of_a_file_is_safe(title: str, name: str) -> None:
    assert file_name(title, "md") == name
