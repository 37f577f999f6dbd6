"""Reports asked for over REST, and waited for."""

import asyncio
from typing import Any

import httpx

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def asked(**values: Any) -> dict[str, Any]:
    """The body of a request."""
    return {"onderwerpen": ["conflictscheidingen", "woningen"], "formaat": "md"} | values


async def ended(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    """The report at a path, once it has ended."""
    for _ in range(500):
        body: dict[str, Any] = (await client.get(path)).json()
        if body["staat"] in ("klaar", "mislukt"):
            return body
        await asyncio.sleep(0.02)
    raise AssertionError(f"{path} does not end")


async def made(client: httpx.AsyncClient, **values: Any) -> dict[str, Any]:
    """A report that was asked for and has ended."""
    answer = await client.post("/v1/rapporten", json=asked(**values))
    assert answer.status_code == 202, answer.text
    return await ended(client, answer.headers["Location"])


def faults(response: httpx.Response) -> dict[str, str]:
    """What an answer says is wrong, by name."""
    assert response.status_code == 400, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    return {each["name"]: each["reason"] for each in response.json()["invalidParams"]}
