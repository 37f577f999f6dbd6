"""Forms that send a document to the service, and what becomes of them."""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx

from tests.app.api_client import Service

CONTENT = b"Elk kind groeit veilig op.\n"
PATH = "/v1/documenten"
BOUNDARY = "grens"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def part(name: str, content: bytes, file_name: str | None = None) -> bytes:
    named = "" if file_name is None else f'; filename="{file_name}"'
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def sent(service: Service, name: str = "nota.txt", content: bytes = CONTENT, **fields: Any) -> httpx.Response:
    return service.ask("POST", PATH, files={"bestand": (name, content)}, data=fields)


def originals(service: Service, folder: Path) -> set[str]:
    known = {document.file_sha256 for document in service.knowledge.snapshot().documents}
    return {path.name for path in (folder / "files").rglob("*") if path.is_file()} - known


async def ended(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    """The task at this address, once it has ended."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        got: dict[str, Any] = (await client.get(address)).json()
        if got["staat"] in ("klaar", "mislukt"):
            return got
        await asyncio.sleep(0.01)
    raise AssertionError(got)
