"""The pages over a knowledge base of a test, asked in this process."""

import asyncio
from collections.abc import Sequence

import httpx

from app.api.application import create_app
from app.api.knowledge import Knowledge
from tests.app.fake_ingest import FakeIngest
from tests.app.web.html_page import HTML

Parameters = Sequence[tuple[str, str]]


class Pages:
    """The whole application over `knowledge`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._app = create_app(knowledge, FakeIngest(), "token", _raised)

    def get(self, path: str, *parameters: tuple[str, str], **headers: str) -> httpx.Response:
        """What a browser on this machine gets."""
        return self.all((path, parameters), **headers)[0]

    def all(self, *asked: tuple[str, Parameters], **headers: str) -> list[httpx.Response]:
        """What it gets at several addresses, one after another."""

        async def answers() -> list[httpx.Response]:
            transport = httpx.ASGITransport(app=self._app, client=("127.0.0.1", 50000))
            async with (
                self._app.router.lifespan_context(self._app),
                httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", timeout=60) as client,
            ):
                while (await client.get("/readyz")).status_code != 200:
                    await asyncio.sleep(0.01)
                return [
                    await client.get(path, params=list(parameters) or None, headers=HTML | headers)
                    for path, parameters in asked
                ]

        return asyncio.run(answers())


def _raised(error: Exception) -> None:
    raise error
