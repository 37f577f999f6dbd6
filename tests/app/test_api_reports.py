"""Reports over REST: asked for, made by the worker, kept and removed; every fault of a request told at once."""

import asyncio
import json
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.answer import Scope
from app.api.report_bodies import RunBody
from app.api.report_request import report_order
from app.api.reports import file_name
from app.comparison import Comparison
from app.report.formats import FORMATS
from corpus.errors import UnreachableError
from corpus.task import TaskKind
from tests.app.api_client import Service
from tests.app.asked_reports import asked, ended, faults, made
from tests.app.fake_knowledge_base import FakeKnowledgeBase
from tests.app.report.plain_formats import use_plain_formats

DAY = date(2026, 3, 1)
QUOTE = "Kinderen hebben last van conflictscheidingen. 😀"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.fixture(autouse=True)
def plain_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    use_plain_formats(monkeypatch)


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


def test_a_report_tells_how_documents_stand_on_its_day(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> list[tuple[str, str | None]]:
        settings = []
        for days in ({"peildatum": "2021-06-01"}, {"peildatum": "2021-06-01", "geldigOp": "2022-01-01"}):
            link = (await made(client, **days))["links"]["inhoud"]
            told = (await client.get(link)).json()["instellingen"]
            settings.append((told["peildatum"], told["geldigOp"]))
        return settings

    assert service.run(work) == [("2021-06-01", None), ("2021-06-01", "2022-01-01")]


def test_the_content_is_what_was_kept_byte_for_byte(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> httpx.Response:
        return await client.get((await made(client))["links"]["inhoud"])

    answer = service.run(work)
    assert answer.headers["Content-Type"] == "application/json"
    assert RunBody.model_validate_json(answer.content).model_dump_json().encode() == answer.content


def test_a_report_whose_earlier_one_is_removed_meanwhile_is_told_so(service: Service) -> None:
    async def work(client: httpx.AsyncClient) -> dict[str, Any]:
        first = (await made(client))["id"]
        knowledge = service.knowledge
        order = report_order(json.dumps(asked(sinds=first)).encode(), knowledge.municipalities, lambda _: True, DAY)
        knowledge.reports.remove(first, TaskKind.REPORT)
        task = knowledge.tasks.add(order.as_task())
        service.app.state.workers.wake()
        body = await ended(client, f"/v1/rapporten/{task.id}")
        assert body["fout"] == f"Sinds: er is geen rapport '{first}' dat klaar is; het is intussen verwijderd."
        return body

    assert service.run(work)["staat"] == "mislukt"


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
        slow.knowledge.may_compare.set()
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
