"""The REST service as one ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from app.access_log import AccessLog
from app.api import (
    comparisons,
    description,
    documents,
    health,
    management,
    municipalities,
    passages,
    reports,
    suggestions,
    tasks,
    uploads,
)
from app.api.compression import Compression
from app.api.ingests import Ingest, Ingests
from app.api.knowledge import Knowledge
from app.api.layers import FaultBarrier, HeadAsGet, SafeHeaders
from app.api.problems import of_beleidswijzer, of_http, of_validation
from app.api.readiness import Readiness
from app.report.task import report_run
from app.task_worker import Run
from app.task_workers import TaskWorkers
from app.upload import Upload
from app.web import (
    about,
    assets,
    compare,
    compare_export,
    errors,
    feedback,
    intake,
    page_picture,
    reading,
    removing,
    search,
    updating,
    uploading,
)
from app.web import documents as document_pages
from app.web import reports as report_pages
from corpus.errors import BeleidswijzerError
from corpus.task import Task, TaskKind

ROUTERS = (
    search.router,
    compare.router,
    feedback.router,
    compare_export.router,
    document_pages.router,
    uploading.router,
    updating.router,
    removing.router,
    intake.router,
    reading.router,
    page_picture.router,
    report_pages.router,
    about.router,
    assets.router,
    passages.router,
    suggestions.router,
    comparisons.router,
    documents.router,
    uploads.router,
    tasks.router,
    reports.router,
    municipalities.router,
    health.router,
    description.router,
    management.router,
)


def create_app(
    knowledge: Knowledge,
    ingest: Ingest,
    token: str,
    on_model_failure: Callable[[Exception], None],
) -> FastAPI:
    """The service over an open knowledge base, which it does not close.

    The model is loaded when the application starts; `on_model_failure` is told where it cannot be. `token` is what
    the other commands show to manage the knowledge base.
    """
    readiness = Readiness(knowledge.load_model, on_model_failure)
    ingests = Ingests(ingest)
    runs = {TaskKind.DOCUMENT: document_run(knowledge), TaskKind.REPORT: report_run(knowledge)}
    turns = {TaskKind.DOCUMENT: knowledge.turn}
    workers = TaskWorkers(knowledge.tasks, runs, knowledge.shared, knowledge.tidy, turns)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        workers.start()
        try:
            async with readiness.loading():
                yield
            await run_in_threadpool(ingests.wait)
        finally:
            workers.stop()
            await run_in_threadpool(workers.wait)

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan)
    app.state.knowledge = knowledge
    app.state.readiness = readiness
    app.state.ingests = ingests
    app.state.workers = workers
    app.state.token = token
    app.state.comparison_files = asyncio.Semaphore(compare_export.MOST_AT_ONCE)
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(BeleidswijzerError, errors.told(of_beleidswijzer))
    app.add_exception_handler(RequestValidationError, errors.told(of_validation))
    app.add_exception_handler(HTTPException, errors.told(_of_http))
    app.add_middleware(FaultBarrier, told=errors.as_page)
    for layer in (Compression, SafeHeaders, HeadAsGet, AccessLog):  # the last is the outermost
        app.add_middleware(layer)
    return app


def document_run(knowledge: Knowledge) -> Run:
    """What reads the documents that were sent."""

    def run(task: Task, progress: Callable[[float], None], stopped: Callable[[], bool]) -> Mapping[str, object] | None:
        taken_in = knowledge.take_in(Upload.of_task(task), progress, stopped, task.id)
        return None if taken_in is None else taken_in.as_result()

    return run


def _of_http(request: Request, error: Exception) -> Response:
    response = of_http(request, error)
    if response.status_code == 405:
        response.headers["Allow"] = ", ".join(sorted(_methods(request)))
    return response


def _methods(request: Request) -> set[str]:
    """Every method that some route answers at this address."""
    methods: set[str] = set()
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE:
                methods |= route.methods or set()
    return methods | {"HEAD"} if "GET" in methods else methods
