"""/healthz and /readyz, and what is answered before the model is loaded."""

import asyncio
from pathlib import Path

import httpx
import pytest

from corpus.errors import ModelError
from tests.app.api_client import Service


def test_a_ready_service(tmp_path: Path) -> None:
    service = Service(tmp_path)
    assert service.get("/healthz").json() == {"status": "ok"}
    assert service.get("/readyz").json() == {"status": "ok"}


def test_before_the_model_is_loaded(tmp_path: Path) -> None:
    service = Service(tmp_path)
    service.knowledge.may_load.clear()

    async def asked() -> dict[str, httpx.Response]:
        async with service.running(ready=False) as client:
            paths = (
                "/healthz",
                "/readyz",
                "/v1/documenten",
                "/v1/gemeenten",
                "/v1/passages?vraag=kind",
                "/v1/vergelijkingen?onderwerp=kind",
            )
            got = {path: await client.get(path) for path in paths}
            service.knowledge.may_load.set()
            while (await client.get("/readyz")).status_code != 200:
                await asyncio.sleep(0.01)
            return got | {"later": await client.get("/v1/passages?vraag=kind")}

    got = asyncio.run(asked())
    assert {path: response.status_code for path, response in got.items()} == {
        "/healthz": 200,
        "/readyz": 503,
        "/v1/documenten": 200,
        "/v1/gemeenten": 200,
        "/v1/passages?vraag=kind": 503,
        "/v1/vergelijkingen?onderwerp=kind": 503,
        "later": 200,
    }
    for path in ("/readyz", "/v1/passages?vraag=kind"):
        assert got[path].headers["retry-after"] == "5"
        assert got[path].headers["content-type"] == "application/problem+json"
        assert "het model wordt geladen" in got[path].json()["detail"]


@pytest.mark.parametrize(
    ("failure", "detail"),
    [
        (ModelError("model 'x' does not exist"), "Het model kan niet geladen worden: model 'x' does not exist"),
        (RuntimeError("secret"), "Het model kan niet geladen worden: RuntimeError"),
    ],
)
def test_a_model_that_cannot_be_loaded(
    tmp_path: Path, failure: Exception, detail: str, caplog: pytest.LogCaptureFixture
) -> None:
    service = Service(tmp_path)
    service.knowledge.load_failure = failure

    async def asked() -> httpx.Response:
        async with service.running(ready=False) as client:
            while not service.model_failures:
                await asyncio.sleep(0.01)
            assert (await client.get("/healthz")).status_code == 200
            return await client.get("/readyz")

    got = asyncio.run(asked())
    assert (got.status_code, got.json()["detail"]) == (503, detail)
    assert "retry-after" not in got.headers
    assert service.model_failures == [failure]
    assert "secret" not in caplog.text
    assert ("in load_model" in caplog.text) is isinstance(failure, RuntimeError)
    assert ("model 'x' does not exist" in caplog.text) is isinstance(failure, ModelError)


def test_the_model_is_loaded_once(tmp_path: Path) -> None:
    service = Service(tmp_path)

    async def asked() -> None:
        async with service.running() as client:
            await asyncio.gather(*(client.get("/v1/passages?vraag=kind") for _ in range(20)))

    asyncio.run(asked())
    assert service.knowledge.loads == 1


def test_a_slow_answer_does_not_hold_up_another(tmp_path: Path) -> None:
    service = Service(tmp_path)
    asked: list[str] = []
    release = asyncio.Event()

    async def both() -> None:
        async with service.running() as client:
            loop = asyncio.get_running_loop()

            def slow(text: str) -> Exception:
                asked.append(text)
                asyncio.run_coroutine_threadsafe(release.wait(), loop).result(timeout=30)
                return ModelError("done waiting")

            service.knowledge.fail = slow
            waiting = asyncio.create_task(client.get("/v1/passages?vraag=kind"))
            while not asked:
                await asyncio.sleep(0.01)
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/v1/documenten")).status_code == 200
            assert not waiting.done()
            release.set()
            assert (await waiting).status_code == 500

    asyncio.run(both())
