"""Documents sent to the service: streamed to disk, then queued to be read."""

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from app.api.form_data import MAX_TEXT_BYTES, Form, FormReader
from app.api.knowledge import Knowledge, Known, no_parameters
from app.api.origin import from_this_machine
from app.api.problems import FormError, StalledError, TooLargeError, UnsupportedTypeError, described, problem
from app.api.task_bodies import TaskBody
from app.api.task_wire import task_body
from app.api.upload_fields import FILE, form_schema, metadata_of
from app.task_workers import TaskWorkers
from corpus.errors import DocumentError
from corpus.files import FileStore, IncomingFile
from corpus.task import Task
from ingest.file_type import refusal

MAX_FILE_BYTES = 100_000_000
MAX_TOGETHER_BYTES = 500_000_000  # of several files in one form
MOST_IDLE_SECONDS = 60.0  # between two blocks of a body
_MAX_BODY_BYTES = MAX_FILE_BYTES + 2 * MAX_TEXT_BYTES  # with the fields, and the lines that part them
_BLOCK = 1 << 20
_TOO_LARGE = f"Het bestand is groter dan {MAX_FILE_BYTES // 1_000_000} MB; deel het op of maak het kleiner."
_TOO_LONG = (
    f"Het verzoek is te groot: stuur in het veld {FILE} een bestand van hoogstens {MAX_FILE_BYTES // 1_000_000} MB, "
    "en niets na het einde van het formulier."
)
_OF_NOTHING = hashlib.sha256().hexdigest()
GONE = "De verbinding is verbroken voor het bestand er was."
_STALLED = "Er kwam te lang niets meer van het bestand binnen; stuur het opnieuw."

router = APIRouter(tags=["documenten"], dependencies=[Depends(from_this_machine), Depends(no_parameters)])


def workers_of(request: Request) -> TaskWorkers:
    """Who does the tasks of the service that this request reached."""
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
async def send(request: Request, knowledge: Known, workers: Annotated[TaskWorkers, Depends(workers_of)]) -> Response:
    try:
        async with receiving(request, knowledge.files) as (form, sent):
            task = await accepted(knowledge, form, sent[0].incoming if sent else None)
    except ClientDisconnect:
        return problem(request, 400, GONE)
    workers.wake()
    told = task_body(task)
    return JSONResponse(told.model_dump(mode="json"), 202, headers={"Location": told.links.self})


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came in, under the name it was sent with."""

    name: str
    incoming: IncomingFile


async def accepted(knowledge: Knowledge, form: Form, incoming: IncomingFile | None) -> Task:
    """The task that reads a file that came in with a form; InvalidParametersError, UnsupportedTypeError."""
    size, sha256 = (0, _OF_NOTHING) if incoming is None else (incoming.size, incoming.sha256)
    metadata = metadata_of(form, size, sha256, knowledge.municipalities)
    if incoming is None:
        raise ValueError("a form without a file was taken for one with it")
    await run_in_threadpool(_require_type, incoming, metadata.source_file)
    return await run_in_threadpool(knowledge.accept, incoming, metadata)


@asynccontextmanager
async def receiving(
    request: Request, files: FileStore, most_files: int = 1
) -> AsyncIterator[tuple[Form, list[SentFile]]]:
    """The form of a request with its files, written to disk as they came in; what is not kept is gone at the end.

    FormError, TooLargeError, UnsupportedTypeError, StalledError; ClientDisconnect where the client went away.
    """
    body = request.stream()
    most_bytes = _MAX_BODY_BYTES if most_files == 1 else max(_MAX_BODY_BYTES, MAX_TOGETHER_BYTES)
    async with AsyncExitStack() as stack:
        sent: list[IncomingFile] = []

        async def of(number: int) -> IncomingFile:
            while len(sent) <= number:
                sent.append(await stack.enter_async_context(_new_file(files)))
            return sent[number]

        try:
            _require_size(request, most_bytes)
            reader = FormReader(request.headers.get("Content-Type", ""), FILE, most_files)
            await _receive(body, reader, of, most_bytes)
            form = reader.finish()
            if reader.file_names:
                await of(len(reader.file_names) - 1)  # the last may be empty
        except (FormError, TooLargeError, UnsupportedTypeError):
            await _pass_over(request, body, most_bytes)
            raise
        yield form, [SentFile(name, file) for name, file in zip(reader.file_names, sent, strict=True)]


@asynccontextmanager
async def _new_file(files: FileStore) -> AsyncIterator[IncomingFile]:
    """A new file to write, made and ended beside the event loop, also where the request is cancelled."""
    file = files.receiving()
    incoming = await run_in_threadpool(file.__enter__)
    try:
        yield incoming
    finally:
        await run_in_threadpool(file.__exit__, *sys.exc_info())


def _require_size(request: Request, most_bytes: int) -> None:
    told = request.headers.get("Content-Length", "0")
    if told.isdigit() and int(told) > most_bytes:
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


async def _receive(
    body: AsyncIterator[bytes],
    reader: FormReader,
    file_of: Callable[[int], Awaitable[IncomingFile]],
    most_bytes: int,
) -> None:
    """Write the files in a form to disk as they come in, in blocks, beside the event loop."""
    waiting = bytearray()
    number = received = 0

    async def write() -> None:
        if waiting:
            await run_in_threadpool((await file_of(number)).write, bytes(waiting))
            waiting.clear()

    while (chunk := await next_block(body)) is not None:
        for piece in reader.feed(chunk):
            if piece.number != number:
                await write()
                number = piece.number
            waiting += piece.content
            if (await file_of(number)).size + len(waiting) > MAX_FILE_BYTES:
                raise TooLargeError(_TOO_LARGE)
        received += len(chunk)
        if received > most_bytes:
            raise TooLargeError(_TOO_LONG)
        if len(waiting) >= _BLOCK:
            await write()
    await write()


async def _pass_over(request: Request, body: AsyncIterator[bytes], most_bytes: int) -> None:
    """Read on without keeping anything: who sends a body first and reads the answer after would get none."""
    if request.headers.get("Expect", "").lower() == "100-continue":
        return
    unread = 0  # of a body that is refused, so that its client comes to reading why
    try:
        while unread <= 2 * most_bytes and (chunk := await next_block(body)) is not None:
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
