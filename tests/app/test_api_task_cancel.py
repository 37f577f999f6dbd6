"""Breaking off tasks over REST, by themselves and with the document that they would bring in."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from app import running_task
from corpus.task import NewTask, TaskKind, TaskState
from tests.app.api_client import Service
from tests.app.fake_documents import refusal
from tests.app.upload_forms import CONTENT, PATH, ended

OVER = {"staat": "mislukt", "fout": "Afgebroken op verzoek.", "afgebroken": True, "resultaat": None}


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setattr(running_task, "_TELL_SECONDS", 0.02)
    return Service(tmp_path)


async def send(client: httpx.AsyncClient, name: str, document_id: str = "nota") -> str:
    """The address of the task of a file that was sent."""
    got = await client.post(PATH, files={"bestand": (name, CONTENT + name.encode())}, data={"id": document_id})
    assert got.status_code == 202
    assert got.json()["afgebroken"] is False
    return str(got.headers["location"])


async def begun(client: httpx.AsyncClient, address: str) -> None:
    while (await client.get(address)).json()["staat"] != "bezig":
        await asyncio.sleep(0.01)


def some_of(task: dict[str, Any]) -> dict[str, Any]:
    return {name: task[name] for name in OVER}


def test_one_that_waits_and_one_that_runs(service: Service) -> None:
    service.knowledge.may_take.clear()

    async def worked(client: httpx.AsyncClient) -> None:
        first, second, third = [await send(client, name, name[0]) for name in ("a.txt", "b.txt", "c.txt")]
        await begun(client, first)
        assert (await client.delete(second)).status_code == 204
        assert some_of((await client.get(second)).json()) == OVER
        assert service.knowledge.tidied == 1
        assert (await client.delete(first)).status_code == 204
        assert some_of(await ended(client, first)) == OVER
        assert service.knowledge.tidied == 2
        assert (await client.delete(second)).status_code == 204
        service.knowledge.may_take.set()
        done = await ended(client, third)
        assert (done["staat"], done["afgebroken"]) == ("klaar", False)

    service.run(worked)
    assert [each.metadata.document_id for each in service.knowledge.taken] == ["a", "c"]


def test_one_that_runs_is_told_before_it_has_ended(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_task, "_TELL_SECONDS", 3600)
    service.knowledge.may_take.clear()

    async def worked(client: httpx.AsyncClient) -> tuple[dict[str, Any], dict[str, Any]]:
        address = await send(client, "a.txt")
        await begun(client, address)
        assert (await client.delete(address)).status_code == 204
        told = (await client.get(address)).json()
        service.knowledge.may_take.set()
        return told, await ended(client, address)

    told, done = service.run(worked)
    assert (told["staat"], told["afgebroken"], told["fout"]) == ("bezig", True, None)
    assert (done["staat"], done["afgebroken"]) == ("klaar", False)  # it was too late


def test_one_that_has_ended_by_itself_cannot_be_broken_off(service: Service) -> None:
    async def worked(client: httpx.AsyncClient) -> httpx.Response:
        address = await send(client, "a.txt")
        await ended(client, address)
        return await client.delete(address)

    got = service.run(worked)
    assert (got.status_code, got.headers["content-type"]) == (409, "application/problem+json")
    assert (got.json()["title"], got.json()["detail"]) == (
        "Kan nu niet",
        "De taak is al afgelopen (klaar) en kan niet meer worden afgebroken.",
    )


@pytest.mark.parametrize("task_id", ["x", "00000000-0000-0000-0000-000000000000"])
def test_one_that_is_not_there(service: Service, task_id: str) -> None:
    got = service.ask("DELETE", f"/v1/taken/{task_id}")
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(("peer", "headers"), [("192.0.2.7", {}), ("127.0.0.1", {"Origin": "http://evil.example"})])
def test_nobody_else_breaks_off(service: Service, peer: str, headers: dict[str, str]) -> None:
    task = service.knowledge.tasks.add(NewTask(TaskKind.DOCUMENT, {"metadata": {"document_id": "nota"}}, None))
    service.knowledge.tasks.next()
    assert service.ask("DELETE", f"/v1/taken/{task.id}", peer=peer, headers=headers).status_code == 403
    assert not service.knowledge.tasks.get(task.id).cancelled


def test_a_document_that_is_still_to_be_read_is_taken_out(service: Service) -> None:
    service.knowledge.may_take.clear()

    async def worked(client: httpx.AsyncClient) -> None:
        first, second = [await send(client, name) for name in ("a.txt", "b.txt")]
        other = await send(client, "c.txt", "ander")
        await begun(client, first)
        assert (await client.delete(f"{PATH}/nota")).status_code == 204
        for address in (first, second):
            assert some_of(await ended(client, address)) == OVER
        assert (await client.delete(f"{PATH}/nota")).status_code == 404
        service.knowledge.may_take.set()
        assert (await ended(client, other))["staat"] == "klaar"

    service.run(worked)
    assert [each.metadata.document_id for each in service.knowledge.taken] == ["nota", "ander"]


def test_a_document_goes_with_its_refusal_and_its_tasks(service: Service) -> None:
    service.knowledge.may_take.clear()
    service.knowledge.refusals = (refusal("/map/nota.pdf", "utrecht-samenvatting"),)

    async def worked(client: httpx.AsyncClient) -> dict[str, Any]:
        address = await send(client, "a.txt", "utrecht-samenvatting")
        assert (await client.delete(f"{PATH}/utrecht-samenvatting")).status_code == 204
        assert (await client.get(f"{PATH}/utrecht-samenvatting")).status_code == 404
        return await ended(client, address)

    assert some_of(service.run(worked)) == OVER
    assert len(service.knowledge.refusals) == 0


def test_a_task_of_another_kind_has_no_document(service: Service) -> None:
    tasks = service.knowledge.tasks
    task = tasks.add(NewTask(TaskKind.REPORT, {"x": 1}, None))
    tasks.next((TaskKind.REPORT,))
    tasks.finish(task.id, {"report": "y"})
    assert tasks.get(task.id).state is TaskState.DONE
    got = service.get(f"/v1/taken/{task.id}").json()
    assert (got["soort"], got["staat"], got["document"], got["resultaat"]) == ("rapport", "klaar", None, None)
