"""The runs of a knowledge base: made, kept, and turned into files."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from app.api.report_bodies import FailedTopicBody, ReportSummaryBody, RunBody
from app.report.build import Compared, RunBuilder
from app.report.formats import rendered
from app.report.kept_run import KeptRun, kept_content
from app.report.order import ReportOrder
from app.report.since import changes
from corpus.errors import CancelledError
from corpus.register_reports import Reports
from corpus.report import KeptReport

_RENDERING = threading.Lock()  # a large run takes hundreds of megabytes while a file is made of it


@dataclass(frozen=True, slots=True)
class RunFile:
    """A kept run as a file of one format."""

    report: KeptReport
    format: str
    content: bytes


class Reporting(Compared, Protocol):
    """The knowledge base with its reports."""

    @property
    def reports(self) -> Reports: ...


class Runs:
    """Makes and keeps the runs of one knowledge base; safe to use from several threads."""

    def __init__(self, knowledge: Reporting) -> None:
        self._knowledge = knowledge
        self._reports = knowledge.reports

    def make(
        self,
        order: ReportOrder,
        run_id: str,
        progress: Callable[[int], None],
        stopped: Callable[[], bool],
        task_id: str | None = None,
    ) -> RunBody | None:
        """Make a run, keep it, and then its file too; None where `stopped` said so before all topics were done.

        `progress` hears the number of topics done. CancelledError where its task was broken off; NotFoundError where
        the run to compare with is not there.
        """
        earlier = None if order.since is None else self.run(order.since)
        made = RunBuilder(self._knowledge, order).run(run_id, datetime.now(UTC), progress, stopped)
        if made is None:
            return None
        if earlier is not None:
            made = made.model_copy(update={"since": changes(made, earlier)})
        kept = KeptReport(made.id, made.title, order.format, made.made_at, summary_of(made).model_dump(mode="json"))
        self._reports.keep(kept, kept_content(made), task_id)
        with _RENDERING:
            self._render(made, order.format)
        return made

    def run(self, run_id: str) -> RunBody:
        """A run that was kept; NotFoundError, and DataDirectoryError for one that a later version made."""
        return self._kept(run_id).run()

    def content(self, run_id: str) -> bytes:
        """The JSON of a run that was kept; errors as with `run`."""
        return self._kept(run_id).json()

    def file(self, run_id: str, format_name: str | None = None) -> RunFile:
        """A run as a file; without a format in that which was asked for. Errors as with `run`.

        What is not there yet is made, one file at a time and each once, however many ask for it.
        """
        kept = self._reports.get(run_id)
        wanted = format_name or kept.format
        content = self._reports.file(run_id, wanted)
        if content is None:
            with _RENDERING:
                content = self._reports.file(run_id, wanted) or self._render(self.run(run_id), wanted)
        return RunFile(kept, wanted, content)

    def _kept(self, run_id: str) -> KeptRun:
        return KeptRun.of(run_id, self._reports.content(run_id))

    def _render(self, run: RunBody, format_name: str) -> bytes:
        content = rendered(run, format_name)
        self._reports.keep_file(run.id, format_name, content)
        return content


def passing_file(knowledge: Compared, order: ReportOrder) -> bytes:
    """The file of a run that is not kept, in the format of its order; errors as with `RunBuilder`."""
    run = RunBuilder(knowledge, order).run(str(uuid.uuid4()), datetime.now(UTC), lambda _: None, lambda: False)
    if run is None:
        raise CancelledError("the comparison was broken off")
    with _RENDERING:
        return rendered(run, order.format)


def summary_of(run: RunBody) -> ReportSummaryBody:
    """What a list shows of a run."""
    return ReportSummaryBody(
        topics=len(run.results),
        failed=[
            FailedTopicBody(topic=result.topic.topic, error=result.error)
            for result in run.results
            if result.error is not None
        ],
        since=None if run.since is None else run.since.run,
    )
