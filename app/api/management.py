"""What the other commands ask of the service that holds the index; for them only, so not in the description."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import StreamingResponse

from app.api.ingest_lines import (
    INGEST_PATH,
    STATUS_PATH,
    TOKEN_HEADER,
    IngestLineBody,
    IngestRequestBody,
    error_body,
)
from app.api.knowledge import Known, no_parameters
from app.api.origin import from_this_machine
from app.api.problems import ForbiddenError
from app.api.schemas import IngestBody, ProgressBody, StatusBody
from app.api.token import has_token
from app.api.wire import status_body
from app.faults import trace_of
from corpus.errors import BeleidswijzerError, UsageError

LOGGER = logging.getLogger("beleidswijzer.api")
MEDIA_TYPE = "application/x-ndjson"
MAX_REQUEST_BYTES = 8 * 1024 * 1024


class Ingest(Protocol):
    """Reads files into the knowledge base, as `app.service.Service.ingest` does, until `stopped` says so."""

    def __call__(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[ProgressBody], None],
        stopped: Callable[[], bool],
        prune: bool,
    ) -> IngestBody: ...


class Ingests:
    """The ingests that were asked for; each goes on until its end or `stop`, whether or not its client stays."""

    def __init__(self, ingest: Ingest) -> None:
        self._ingest = ingest
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()

    def start(self, wanted: IngestRequestBody) -> Iterator[bytes]:
        """Start an ingest; its lines as they come."""
        lines: queue.SimpleQueue[IngestLineBody | None] = queue.SimpleQueue()
        done: Future[IngestBody] = Future()
        thread = threading.Thread(target=self._run, args=(wanted, lines, done), name="ingest")
        self._threads = [each for each in self._threads if each.is_alive()]
        self._threads.append(thread)
        thread.start()
        return _told(lines, done)

    def stop(self) -> bool:
        """Let every ingest end after the document at hand; whether there is one to wait for."""
        self._stopping.set()
        return any(thread.is_alive() for thread in self._threads)

    def wait(self) -> None:
        """Return once no ingest runs any more."""
        for thread in self._threads:
            thread.join()

    def _run(
        self,
        wanted: IngestRequestBody,
        lines: "queue.SimpleQueue[IngestLineBody | None]",
        done: "Future[IngestBody]",
    ) -> None:
        def progress(body: ProgressBody) -> None:
            lines.put(IngestLineBody(progress=body, report=None, error=None))

        paths = [Path(path) for path in wanted.paths]
        catalogue = None if wanted.catalogue is None else Path(wanted.catalogue)
        try:
            done.set_result(self._ingest(paths, catalogue, wanted.force, progress, self._stopping.is_set, wanted.prune))
        except Exception as error:  # noqa: BLE001 - whatever it is goes to the client, and to the log unless it is ours
            if not isinstance(error, BeleidswijzerError):
                LOGGER.error("an ingest failed: %s", trace_of(error))
            done.set_exception(error)
        finally:
            lines.put(None)


def _told(lines: "queue.SimpleQueue[IngestLineBody | None]", done: "Future[IngestBody]") -> Iterator[bytes]:
    while (line := lines.get()) is not None:
        yield _encoded(line)
    error = done.exception()
    if error is not None:
        yield _encoded(IngestLineBody(progress=None, report=None, error=error_body(error)))
    else:
        yield _encoded(IngestLineBody(progress=None, report=done.result(), error=None))


def _encoded(line: IngestLineBody) -> bytes:
    return line.model_dump_json().encode() + b"\n"


def _with_token(request: Request) -> None:
    if not has_token(request):
        raise ForbiddenError(f"De header {TOKEN_HEADER} ontbreekt of klopt niet.")


def _ingests(request: Request) -> Ingests:
    ingests: Ingests = request.app.state.ingests
    return ingests


router = APIRouter(
    include_in_schema=False, dependencies=[Depends(from_this_machine), Depends(_with_token), Depends(no_parameters)]
)


@router.get(STATUS_PATH)
def status(knowledge: Known) -> StatusBody:
    return status_body(knowledge.holdings())


@router.post(INGEST_PATH)
async def ingest(request: Request, ingests: Annotated[Ingests, Depends(_ingests)]) -> StreamingResponse:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_REQUEST_BYTES:
            raise HTTPException(413)
    try:
        wanted = IngestRequestBody.model_validate_json(bytes(content))
    except ValidationError as error:
        raise UsageError(f"the body is no request to ingest: {error.error_count()} faults") from None
    return StreamingResponse(await run_in_threadpool(ingests.start, wanted), media_type=MEDIA_TYPE)
