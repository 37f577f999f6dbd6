"""Reports: asked for, made as a task, and kept until they are removed."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from app.api.file_name import plain_name
from app.api.ids import uuid_of
from app.api.knowledge import Knowledge, Known, no_parameters
from app.api.origin import from_this_machine
from app.api.original_file import content_disposition
from app.api.parameters import choice
from app.api.parameters import described as with_parameters
from app.api.problems import TooLargeError, TooLateError, UnsupportedTypeError, described, problem
from app.api.query import InvalidParameter, InvalidParametersError, Query, Single
from app.api.report_bodies import ReportBody, ReportsBody, RunBody
from app.api.report_request import MAX_REQUEST_BYTES, report_order, request_schema
from app.api.report_wire import asked_body, report_body, reports_body
from app.api.uploads import next_block
from app.report.formats import FORMATS
from app.report.runs import Runs
from app.task_workers import TaskWorkers
from corpus.task import Task, TaskKind, TaskState

router = APIRouter(tags=["rapporten"], dependencies=[Depends(from_this_machine)])

_LONGEST_NAME = 100
_HERE = " Kan alleen vanaf de machine waarop de dienst draait."
_ReportId = Annotated[str, Path(alias="id", description="uuid van het rapport.")]
_FORMAT: Single[str | None] = Single(
    "formaat",
    "Een ander formaat van hetzelfde rapport; zonder: het formaat dat gevraagd is.",
    {"type": "string", "enum": list(FORMATS)},
    False,
    None,
    choice(tuple(FORMATS)),
)
_FILE = {
    "content": {
        each.media_type.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
        for each in FORMATS.values()
    }
}


@router.post(
    "/v1/rapporten",
    operation_id="vraagRapport",
    summary="Vraag een rapport",
    description="Zet een rapport klaar om gemaakt te worden: elk onderwerp vergeleken over dezelfde gemeenten. "
    "`GET /v1/rapporten/{id}` zegt hoe ver het is. Elke vraag is een rapport van zichzelf; het blijft bewaard tot het "
    f"wordt verwijderd.{_HERE}",
    response_model=ReportBody,
    response_description="Het rapport wacht op zijn beurt",
    status_code=202,
    responses=described(400, 403, 408, 413, 415, 503, 507),
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": request_schema()}}}},
    dependencies=[Depends(no_parameters)],
)
async def ask(request: Request, knowledge: Known) -> Response:
    try:
        content = await _body(request)
    except ClientDisconnect:
        return problem(request, 400, "De verbinding is verbroken voor het verzoek er was.")
    task = await run_in_threadpool(queued, knowledge, content)
    workers: TaskWorkers = request.app.state.workers
    workers.wake()
    told = asked_body(task)
    return JSONResponse(told.model_dump(mode="json"), 202, headers={"Location": told.links.self})


@router.get(
    "/v1/rapporten",
    operation_id="haalRapporten",
    summary="Haal de rapporten",
    description=f"Elk rapport dat bewaard is of gemaakt wordt, het nieuwste eerst.{_HERE}",
    response_description="De rapporten",
    responses=described(400, 403, 503),
    dependencies=[Depends(no_parameters)],
)
def reports(knowledge: Known) -> ReportsBody:
    return reports_body(knowledge.reports.all(), knowledge.tasks.of_kind(TaskKind.REPORT))


@router.get(
    "/v1/rapporten/{id}",
    operation_id="haalRapport",
    summary="Haal één rapport",
    description=f"Hoe ver een rapport is, en welke onderwerpen niet gelukt zijn.{_HERE}",
    response_description="Het rapport",
    responses=described(400, 403, 404, 503),
    dependencies=[Depends(no_parameters)],
)
def report(report_id: _ReportId, knowledge: Known) -> ReportBody:
    return report_body(report_id_of(report_id), knowledge.reports, knowledge.tasks)


@router.get(
    "/v1/rapporten/{id}/bestand",
    operation_id="haalRapportbestand",
    summary="Haal het bestand van een rapport",
    description="Het rapport als bestand, ook in een ander formaat dan gevraagd was. 409 zolang het niet klaar is, "
    f"en waar het mislukt is.{_HERE}",
    response_description="Het bestand",
    response_class=Response,
    responses={200: _FILE, **described(400, 403, 404, 409, 503, 507)},
    openapi_extra=with_parameters(_FORMAT),
)
def file(report_id: _ReportId, knowledge: Known, request: Request) -> Response:
    query = Query(request)
    format_name = query.one(_FORMAT)
    query.finish()
    canonical = _ready(report_id_of(report_id), knowledge)
    found = Runs(knowledge).file(canonical, format_name)
    return file_response(found.content, found.report.title, found.format)


@router.get(
    "/v1/rapporten/{id}/inhoud",
    operation_id="haalRapportinhoud",
    summary="Haal de inhoud van een rapport",
    description=f"Alles wat het rapport zegt, als gegevens. 409 zolang het niet klaar is.{_HERE}",
    response_description="De inhoud",
    response_model=RunBody,
    responses=described(400, 403, 404, 409, 503),
    dependencies=[Depends(no_parameters)],
)
def content(report_id: _ReportId, knowledge: Known) -> Response:
    found = Runs(knowledge).content(_ready(report_id_of(report_id), knowledge))
    return Response(found, media_type="application/json")


@router.delete(
    "/v1/rapporten/{id}",
    operation_id="verwijderRapport",
    summary="Verwijder een rapport",
    description=f"Verwijdert een rapport met zijn bestanden; een dat wacht of bezig is wordt afgebroken.{_HERE}",
    response_description="Het rapport is verwijderd",
    status_code=204,
    responses=described(400, 403, 404, 503, 507),
    dependencies=[Depends(no_parameters)],
)
def remove(report_id: _ReportId, knowledge: Known) -> Response:
    knowledge.reports.remove(report_id_of(report_id), TaskKind.REPORT)
    return Response(status_code=204)


def file_response(content: bytes, title: str, format_name: str) -> Response:
    """A report as a download that a browser never runs as a page of ours."""
    return Response(
        content,
        media_type=FORMATS[format_name].media_type,
        headers={
            "Content-Disposition": content_disposition(file_name(title, format_name)),
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        },
    )


def file_name(title: str, format_name: str) -> str:
    """The name of the file of a report, after its title."""
    plain = " ".join(title.replace("/", "-").replace("\\", "-").split())
    return plain_name(f"{plain[:_LONGEST_NAME].strip(' .') or 'rapport'}.{format_name}")


async def _body(request: Request) -> bytes:
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise UnsupportedTypeError("Stuur het verzoek als JSON, met de header Content-Type: application/json.")
    content = bytearray()
    body = request.stream()
    while (block := await next_block(body)) is not None:
        content += block
        if len(content) > MAX_REQUEST_BYTES:
            raise TooLargeError(f"Het verzoek is groter dan {MAX_REQUEST_BYTES // 1_000_000} MB.")
    return bytes(content)


def queued(knowledge: Knowledge, content: bytes) -> Task:
    """The task that makes the report that a body asks for; errors as `report_order`."""

    def is_kept(report_id: str) -> bool:
        return knowledge.reports.find(report_id) is not None

    order = report_order(content, knowledge.municipalities, is_kept, date.today())
    if (fault := order.size_fault(knowledge.snapshot())) is not None:
        raise InvalidParametersError([InvalidParameter("onderwerpen", fault)])
    return knowledge.tasks.add(order.as_task())


def report_id_of(report_id: str) -> str:
    """The id as the register knows it; NotFoundError where it is none."""
    return uuid_of(report_id, "een rapport")


def _ready(report_id: str, knowledge: Knowledge) -> str:
    """The id of a report that was made; TooLateError where it is not, or could not be."""
    if knowledge.reports.find(report_id) is not None:
        return report_id
    body = report_body(report_id, knowledge.reports, knowledge.tasks)
    if body.state is TaskState.FAILED:
        raise TooLateError(f"Het rapport is mislukt, dus er is geen bestand: {body.error}")
    raise TooLateError(f"Het rapport is nog niet klaar ({body.state}); probeer het straks opnieuw.")
