"""The pages on which reports are asked for, followed, fetched and removed."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.api.ids import as_uuid
from app.api.knowledge import Knowledge, Known, no_parameters
from app.api.origin import from_this_machine, on_this_machine
from app.api.problems import TooLateError
from app.api.query import FormQuery, InvalidParametersError, Single
from app.api.report_bodies import ReportBody, RunBody
from app.api.report_wire import report_body, reports_body
from app.api.reports import queued, report_id_of
from app.api.uploads import workers_of
from app.report.runs import Runs
from app.task_workers import TaskWorkers
from app.web.offered import Offered
from app.web.posted import Posted
from app.web.refreshing import refreshes
from app.web.rendering import page
from app.web.report_form import FORMAT_WORDS, ReportForm
from corpus.errors import UsageError
from corpus.task import TaskKind, TaskState

router = APIRouter(include_in_schema=False)
_PLACE = "/rapporten"
_LOOK = [Depends(on_this_machine)]
_ACT = [Depends(from_this_machine), Depends(no_parameters)]


def _uuid(value: str) -> str:
    found = as_uuid(value)
    if found is None:
        raise UsageError("is geen kenmerk van een rapport")
    return found


_AGAIN: Single[str | None] = Single("opnieuw", "Rapport om nog eens te maken.", {"type": "string"}, False, None, _uuid)


@router.get(_PLACE, dependencies=_LOOK)
def reports_page(request: Request, knowledge: Known) -> Response:
    query = FormQuery(request)
    again = query.one(_AGAIN)
    form = ReportForm.asked_for(query, knowledge.municipalities)
    if again is not None and form != ReportForm():
        query.fault(_AGAIN.name, "gaat niet samen met andere vragen; laat een van de twee weg")
    query.finish()
    if again is not None:
        form = _made_again(Runs(knowledge).run(again))
    return page("reports.html", _values(knowledge, form))


@router.post(_PLACE, dependencies=_ACT)
def ask(posted: Posted, knowledge: Known, workers: Annotated[TaskWorkers, Depends(workers_of)]) -> Response:
    form = ReportForm.of(posted)
    try:
        task = queued(knowledge, form.as_request())
    except InvalidParametersError as error:
        return page("reports.html", _values(knowledge, form.with_faults(error.invalid)), status=400)
    workers.wake()
    return RedirectResponse(f"{_PLACE}/{task.id}", 303)


@router.get(_PLACE + "/{id}", dependencies=_LOOK)
def report_page(id: str, request: Request, knowledge: Known) -> Response:
    refreshing = refreshes(request)
    report = _report(knowledge, id)
    run = Runs(knowledge).run(report.id) if report.state is TaskState.DONE else None
    values = {
        "here": _PLACE,
        "report": report,
        "busy": _is_open(report),
        "refreshing": refreshing,
        "run": run,
        "earlier": None if run is None or run.since is None else knowledge.reports.find(run.since.run),
        "formats": FORMAT_WORDS,
    }
    return page("report.html", values)


@router.get(_PLACE + "/{id}/verwijderen", dependencies=[*_LOOK, Depends(no_parameters)])
def removal_page(id: str, knowledge: Known) -> Response:
    report = _report(knowledge, id)
    return page("remove_report.html", {"here": _PLACE, "report": report, "busy": _is_open(report)})


@router.post(_PLACE + "/{id}/verwijderen", dependencies=_ACT)
def remove(id: str, knowledge: Known) -> Response:
    knowledge.reports.remove(report_id_of(id), TaskKind.REPORT)
    return RedirectResponse(_PLACE, 303)


def _report(knowledge: Knowledge, report_id: str) -> ReportBody:
    return report_body(report_id_of(report_id), knowledge.reports, knowledge.tasks)


def _is_open(report: ReportBody) -> bool:
    return report.state in (TaskState.WAITING, TaskState.RUNNING)


def _made_again(run: RunBody) -> ReportForm:
    """The same questions, to see what changed since; a topic that was asked otherwise keeps its question."""
    if any(result.topic.question for result in run.results):
        raise TooLateError(
            "Dit rapport heeft onderwerpen met een eigen zoekvraag; die kan dit formulier niet opnieuw stellen. Maak "
            "het opnieuw met beleidswijzer report of over de API."
        )
    return ReportForm(
        topics="\n".join(result.topic.topic for result in run.results),
        municipalities=tuple(each.code for each in run.settings.municipalities),
        texts={"sinds": run.id, "titel": run.title},
        per_municipality=str(run.settings.per_municipality),
    )


def _values(knowledge: Knowledge, form: ReportForm) -> Mapping[str, Any]:
    reports = reports_body(knowledge.reports.all(), knowledge.tasks.of_kind(TaskKind.REPORT)).reports
    return {
        "here": _PLACE,
        "form": form,
        "reports": reports,
        "made": [each for each in reports if each.state is TaskState.DONE],
        "formats": FORMAT_WORDS,
        "municipalities": Offered.of(
            knowledge.municipalities, knowledge.snapshot(), form.municipalities
        ).municipalities,
    }
