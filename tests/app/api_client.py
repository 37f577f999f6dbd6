"""A client of the whole application in this process, its model loaded."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from fastapi import FastAPI

from app.api.application import create_app
from tests.app.fake_ingest import FakeIngest
from tests.app.fake_knowledge_base import FakeKnowledgeBase

TOKEN = "token-of-this-test"
_Result = TypeVar("_Result")


class Service:
    """The application over a fake knowledge base in `folder`, asked by one call at a time."""

    def __init__(self, folder: Path) -> None:
        self.knowledge = FakeKnowledgeBase(folder)
        self.ingest = FakeIngest()
        self.model_failures: list[Exception] = []
        self.app: FastAPI = create_app(self.knowledge, self.ingest, TOKEN, self.model_failures.append)

    @asynccontextmanager
    async def running(self, peer: str = "127.0.0.1", ready: bool = True) -> AsyncIterator[httpx.AsyncClient]:
        """A client from the address `peer` while the application runs."""
        transport = httpx.ASGITransport(app=self.app, client=(peer, 50000))
        async with (
            self.app.router.lifespan_context(self.app),
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client,
        ):
            while ready and (await client.get("/readyz")).status_code != 200:
                await asyncio.sleep(0.01)
            yield client

    def get(self, path: str, params: Any = None, **options: Any) -> httpx.Response:
        return self.ask("GET", path, params=params, **options)

    def ask(self, method: str, path: str, peer: str = "127.0.0.1", **options: Any) -> httpx.Response:
        """One request; `params` may be a list of pairs."""

        async def asked(client: httpx.AsyncClient) -> httpx.Response:
            return await client.request(method, path, **options)

        return self.run(asked, peer)

    def run(
        self, work: Callable[[httpx.AsyncClient], Coroutine[Any, Any, _Result]], peer: str = "127.0.0.1"
    ) -> _Result:
        """Whatever `work` does with a client."""

        async def worked() -> _Result:
            async with self.running(peer) as client:
                return await work(client)

        return asyncio.run(worked())
