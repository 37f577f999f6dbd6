"""From tasks and reports of the register to what goes over the wire."""

from collections.abc import Iterable
from datetime import datetime

from app.api.report_bodies import REPORTS_PATH, ReportBody, ReportLinksBody, ReportsBody, ReportSummaryBody
from app.report.order import ReportOrder
from corpus.errors import NotFoundError
from corpus.register_reports import Reports
from corpus.register_tasks import Tasks
from corpus.report import KeptReport
from corpus.task import Task, TaskKind, TaskState


def report_body(report_id: str, reports: Reports, tasks: Tasks) -> ReportBody:
    """A report that is kept or being made; NotFoundError where it is neither."""
    try:
        task = tasks.get(report_id)
    except NotFoundError:
        return made_body(reports.get(report_id))
    if task.kind is not TaskKind.REPORT:
        return made_body(reports.get(report_id))
    return _asked_body(task, reports.find(report_id))


def reports_body(kept: Iterable[KeptReport], tasks: Iterable[Task]) -> ReportsBody:
    """Every report that is kept or being made, or could not be; the newest first."""
    made = {report.id: report for report in kept}
    bodies = {task.id: _asked_body(task, made.get(task.id)) for task in tasks}
    bodies |= {each.id: made_body(each) for each in made.values() if each.id not in bodies}
    newest = sorted(bodies.values(), key=lambda body: (body.created_at, body.id), reverse=True)
    return ReportsBody(reports=newest)


def asked_body(task: Task) -> ReportBody:
    """A report that was asked for a moment ago."""
    return _asked_body(task, None)


def made_body(kept: KeptReport) -> ReportBody:
    """A report of which there is no task, or none any more."""
    summary = ReportSummaryBody.model_validate(kept.summary)
    return _body(kept.id, kept.title, kept.format, summary, kept.made_at, None)


def _asked_body(task: Task, kept: KeptReport | None) -> ReportBody:
    order = ReportOrder.of_task(task.order)
    summary = ReportSummaryBody(topics=len(order.topics), failed=[], since=order.since)
    if kept is not None:
        summary = ReportSummaryBody.model_validate(kept.summary)
    return _body(task.id, order.title, order.format, summary, task.created_at, task)


def _body(
    report_id: str, title: str, format_name: str, summary: ReportSummaryBody, at: datetime, task: Task | None
) -> ReportBody:
    address = report_path(report_id)
    return ReportBody(
        **dict(summary),
        id=report_id,
        state=task.state if task else TaskState.DONE,
        progress=task.progress if task else 1.0,
        error=task.error if task else None,
        cancelled=task.cancelled if task else False,
        title=title,
        format=format_name,
        created_at=at,
        links=ReportLinksBody(
            self=address,
            file=f"{address}/bestand",
            content=f"{address}/inhoud",
            task=f"/v1/taken/{task.id}" if task else None,
        ),
    )


def report_path(report_id: str) -> str:
    """The address of a report under the API."""
    return f"{REPORTS_PATH}/{report_id}"
