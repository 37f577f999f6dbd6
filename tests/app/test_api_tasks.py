"""The tasks of documents that were sent: done in the end, once, or failed with the reason."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from corpus.errors import DocumentError, HeldError, MachineError
from corpus.reason import Why, because
from corpus.task import TaskState
from tests.app.api_client import Service
from tests.app.upload_forms import CONTENT, PATH, ended, sent


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def patient_for(service: Service, seconds: float) -> None:
    """Give a fault so long to pass."""
    for worker in service.app.state.workers._workers:
        worker._pause = seconds


def test_a_task_comes_to_its_end(service: Service) -> None:
    async def done(client: httpx.AsyncClient) -> dict[str, Any]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)}, data={"id": "nota"})
        return await ended(client, got.headers["location"])

    task = service.run(done)
    result = {"document": "nota", "versie": "f" * 64, "passages": 1, "ongewijzigd": False, "link": f"{PATH}/nota"}
    assert (task["staat"], task["voortgang"], task["fout"], task["resultaat"]) == ("klaar", 1.0, None, result)


def test_the_same_file_is_the_same_task_until_that_ends(service: Service) -> None:
    async def several(client: httpx.AsyncClient) -> tuple[list[str], list[str], dict[str, Any]]:
        async def send(**fields: str) -> str:
            got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)}, data=fields)
            assert got.status_code == 202
            return str(got.headers["location"])

        service.knowledge.may_take.clear()
        same = await asyncio.gather(*(send() for _ in range(4)))
        others = [await send(titel="Nota"), await send(id="nota")]
        service.knowledge.may_take.set()
        for address in (*same, *others):
            assert (await ended(client, address))["staat"] == "klaar"
        return list(same), others, await ended(client, await send())

    same, others, again = service.run(several)
    assert len(set(same)) == 1
    assert len({*same, *others, again["links"]["self"]}) == 4
    assert again["document"] == service.knowledge.taken[0].metadata.document_id
    assert again["resultaat"]["ongewijzigd"] is True


def test_a_document_that_cannot_be_read_has_a_task_that_failed(service: Service) -> None:
    service.knowledge.refuse = DocumentError("nota.txt", because(Why.EMPTY))

    async def failed(client: httpx.AsyncClient) -> dict[str, Any]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        return await ended(client, got.headers["location"])

    task = service.run(failed)
    assert (task["staat"], task["fout"], task["resultaat"]) == ("mislukt", because(Why.EMPTY).dutch, None)
    assert service.knowledge.tidied == 1


def test_a_stop_gives_the_task_back(service: Service) -> None:
    service.knowledge.may_take.clear()
    task_id = sent(service).json()["id"]
    task = service.knowledge.tasks.get(task_id)
    assert (task.state, task.attempts) == (TaskState.WAITING, 0)
    service.knowledge.may_take.set()

    async def done(client: httpx.AsyncClient) -> dict[str, Any]:
        return await ended(client, f"/v1/taken/{task_id}")

    assert service.run(done)["staat"] == "klaar"


@pytest.mark.parametrize("error", [HeldError("busy"), MachineError("no room")])
def test_a_fault_that_may_pass_is_tried_again(service: Service, error: Exception) -> None:
    service.knowledge.refuse = error
    patient_for(service, 0.01)

    async def passed(client: httpx.AsyncClient) -> dict[str, Any]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        while len(service.knowledge.taken) < 2:
            await asyncio.sleep(0.01)
        service.knowledge.refuse = None
        return await ended(client, got.headers["location"])

    assert service.run(passed)["staat"] == "klaar"


def test_a_fault_that_stays_is_told_after_three_times(service: Service) -> None:
    service.knowledge.refuse = MachineError("no room")
    patient_for(service, 0.01)

    async def failed(client: httpx.AsyncClient) -> dict[str, Any]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        return await ended(client, got.headers["location"])

    told = "De machine heeft geen ruimte meer of een andere storing. Meld het de beheerder."
    assert service.run(failed)["fout"] == f"Is 3 keer geprobeerd en telkens mislukt. {told}"
    assert len(service.knowledge.taken) == 3


def test_an_unforeseen_fault_stops_neither_the_queue_nor_tells_its_message(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    service.knowledge.refuse = ZeroDivisionError("geheim")

    async def both(client: httpx.AsyncClient) -> tuple[dict[str, Any], dict[str, Any]]:
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        first = await ended(client, got.headers["location"])
        service.knowledge.refuse = None
        got = await client.post(PATH, files={"bestand": ("nota.txt", CONTENT)})
        return first, await ended(client, got.headers["location"])

    first, second = service.run(both)
    assert (first["staat"], second["staat"]) == ("mislukt", "klaar")
    assert "ZeroDivisionError" in first["fout"]
    assert "geheim" not in json.dumps(first) + caplog.text


@pytest.mark.parametrize("task_id", ["x", "00000000-0000-0000-0000-000000000000", "../beheer", "%00"])
def test_a_task_that_is_not_there(service: Service, task_id: str) -> None:
    got = service.get(f"/v1/taken/{task_id}")
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")
