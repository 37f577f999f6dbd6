"""Documents sent to the service: streamed to disk, then queued to be read."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from app.api.form_data import MAX_TEXT_BYTES, FormReader
from app.api.knowledge import Known, no_parameters
from app.api.origin import from_this_machine
from app.api.problems import FormError, StalledError, TooLargeError, UnsupportedTypeError, described, problem
from app.api.task_bodies import TaskBody
from app.api.task_wire import task_body
from app.api.upload_fields import FILE, form_schema, metadata_of
from app.task_workers import TaskWorkers
from corpus.errors import DocumentError
from corpus.files import FileStore, IncomingFile
from ingest.file_type import refusal

MAX_FILE_BYTES = 100_000_000
MOST_IDLE_SECONDS = 60.0  # between two blocks of a body
_MAX_BODY_BYTES = MAX_FILE_BYTES + 2 * MAX_TEXT_BYTES  # with the fields, and the lines that part them
_BLOCK = 1 << 20
_MOST_UNREAD = 2 * _MAX_BODY_BYTES  # of a body that is refused, so that its client comes to reading why
_TOO_LARGE = f"Het bestand is groter dan {MAX_FILE_BYTES // 1_000_000} MB; deel het op of maak het kleiner."
_TOO_LONG = (
    f"Het verzoek is te groot: stuur in het veld {FILE} een bestand van hoogstens {MAX_FILE_BYTES // 1_000_000} MB, "
    "en niets na het einde van het formulier."
)
_STALLED = "Er kwam te lang niets meer van het bestand binnen; stuur het opnieuw."

router = APIRouter(tags=["documenten"], dependencies=[Depends(from_this_machine), Depends(no_parameters)])


def _workers(request: Request) -> TaskWorkers:
    workers: TaskWorkers = request.app.state.workers
    return workers


@router.post(
    "/v1/documenten",
    operation_id="stuurDocument",
    summary="Stuur een document",
    description="Bewaart een bestand en zet het klaar om ingelezen te worden; `GET /v1/taken/{id}` zegt hoe ver dat "
    "is. Hetzelfde bestand met dezelfde gegevens wordt hetzelfde document. Hoogstens "
    f"{MAX_FILE_BYTES // 1_000_000} MB. Kan alleen vanaf de machine waarop de dienst draait.",
    response_model=TaskBody,
    response_description="Het bestand is bewaard en wacht op inlezen",
    status_code=202,
    responses=described(400, 403, 408, 413, 415, 503, 507),
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form_schema()}}}},
)
async def send(request: Request, knowledge: Known, workers: Annotated[TaskWorkers, Depends(_workers)]) -> Response:
    body = request.stream()
    try:
        async with _receiving(knowledge.files) as incoming:
            try:
                _require_size(request)
                reader = FormReader(request.headers.get("Content-Type", ""), FILE)
                await _receive(body, reader, incoming)
                form = reader.finish()
            except (FormError, TooLargeError, UnsupportedTypeError):
                await _pass_over(request, body)
                raise
            metadata = metadata_of(form, incoming.size, incoming.sha256, knowledge.municipalities)
            await run_in_threadpool(_require_type, incoming, metadata.source_file)
            task = await run_in_threadpool(knowledge.accept, incoming, metadata)
    except ClientDisconnect:
        return problem(request, 400, "De verbinding is verbroken voor het bestand er was.")
    workers.wake()
    told = task_body(task)
    return JSONResponse(told.model_dump(mode="json"), 202, headers={"Location": told.links.self})


@asynccontextmanager
async def _receiving(files: FileStore) -> AsyncIterator[IncomingFile]:
    """A new file to write, made and ended beside the event loop, also where the request is cancelled."""
    file = files.receiving()
    incoming = await run_in_threadpool(file.__enter__)
    try:
        yield incoming
    finally:
        await run_in_threadpool(file.__exit__, *sys.exc_info())


def _require_size(request: Request) -> None:
    told = request.headers.get("Content-Length", "0")
    if told.isdigit() and int(told) > _MAX_BODY_BYTES:
        raise TooLargeError(_TOO_LARGE)


def _require_type(incoming: IncomingFile, name: str) -> None:
    """Refuse at once what its first bytes tell can never be read; of a long archive they do not."""
    head = incoming.head
    if head.startswith(b"PK") and len(head) < incoming.size:
        return
    try:
        reason = refusal(name, head)
    except DocumentError as error:
        reason = error.reason
    if reason is not None:
        raise UnsupportedTypeError(f"Dit bestand kan niet worden ingelezen. {reason.dutch}")


async def _receive(body: AsyncIterator[bytes], reader: FormReader, incoming: IncomingFile) -> None:
    """Write the file in a form to disk as it comes in, in blocks, beside the event loop."""
    waiting = bytearray()
    received = 0
    while (chunk := await next_block(body)) is not None:
        waiting += reader.feed(chunk)
        if incoming.size + len(waiting) > MAX_FILE_BYTES:
            raise TooLargeError(_TOO_LARGE)
        received += len(chunk)
        if received > _MAX_BODY_BYTES:
            raise TooLargeError(_TOO_LONG)
        if len(waiting) >= _BLOCK:
            await run_in_threadpool(incoming.write, bytes(waiting))
            waiting.clear()
    await run_in_threadpool(incoming.write, bytes(waiting))


async def _pass_over(request: Request, body: AsyncIterator[bytes]) -> None:
    """Read on without keeping anything: who sends a body first and reads the answer after would get none."""
    if request.headers.get("Expect", "").lower() == "100-continue":
        return
    unread = 0
    try:
        while unread <= _MOST_UNREAD and (chunk := await next_block(body)) is not None:
            unread += len(chunk)
    except StalledError:
        return


async def next_block(body: AsyncIterator[bytes]) -> bytes | None:
    """The next block of a body, None after the last; StalledError where it is too long in coming."""
    try:
        async with asyncio.timeout(MOST_IDLE_SECONDS):
            return await anext(body, None)
    except TimeoutError:
        raise StalledError(_STALLED) from None
