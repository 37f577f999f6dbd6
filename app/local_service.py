"""The knowledge base in this process, spoken to as if it were the service."""

import uuid
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import Self

from app.alone import WAITS, WaitOn
from app.answer import Question, Scope
from app.api.comparison_bodies import ComparisonBody
from app.api.comparison_wire import comparison_body
from app.api.feedback_bodies import FeedbackBody
from app.api.feedback_wire import feedback_body
from app.api.report_bodies import ReportsBody
from app.api.report_wire import made_body, reports_body
from app.api.schemas import (
    FailureBody,
    IngestBody,
    PassagesBody,
    ProgressBody,
    StatusBody,
    VanishedBody,
)
from app.api.wire import passages_body, status_body
from app.interrupts import heeding_interrupts
from app.knowledge_base import KnowledgeBase
from app.report.order import ReportOrder, no_report_words
from app.report.runs import Reporting, Runs
from app.service import MadeReport
from app.settings import Settings
from corpus.entry import readable
from corpus.errors import NotFoundError, UsageError
from corpus.task import TaskKind
from ingest.pipeline_report import IngestReport, Progress, Stage

_STEPS = 100


class LocalService:
    """A `Service` over an open knowledge base; `close` closes that too."""

    def __init__(self, knowledge_base: KnowledgeBase, notify: Callable[[str], None] = lambda _: None) -> None:
        self._knowledge_base = knowledge_base
        self._notify = notify

    @classmethod
    def open(cls, settings: Settings, notify: Callable[[str], None]) -> Self:
        """Open the knowledge base of these settings; `notify` hears of anything that takes long."""
        return cls(KnowledgeBase.open(settings, notify), notify)

    def passages(self, question: Question) -> PassagesBody:
        return passages_body(self._knowledge_base.search(question))

    def comparison(self, topic: str, scope: Scope, per_municipality: int, day: date | None) -> ComparisonBody:
        return comparison_body(self._knowledge_base.compare(topic, scope, per_municipality, day))

    def status(self) -> StatusBody:
        return status_body(self._knowledge_base.holdings())

    def ingest(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[ProgressBody], None],
        stopped: Callable[[], bool] | None = None,
        prune: bool = False,
        wait_on: WaitOn | None = None,
    ) -> IngestBody:
        """Without `stopped`, Ctrl-C ends it after the document at hand, or at once while it waits for its turn.

        Without `wait_on` it waits for that as long as it takes, and says so.
        """
        waiting = False

        def told(step: Progress) -> None:
            nonlocal waiting
            waiting = False
            progress(progress_body(step))

        def told_to_wait() -> bool:
            nonlocal waiting
            if not waiting:
                waiting = True
                self._notify(WAITS)
            return True

        def interrupted(message: str) -> None:
            if waiting:
                raise KeyboardInterrupt
            self._notify(message)

        with nullcontext(stopped) if stopped else heeding_interrupts(interrupted) as stops:
            waits = wait_on or told_to_wait
            return ingest_body(self._knowledge_base.ingest(paths, catalogue, force, told, stops, prune, waits))

    def remove(self, document_id: str) -> None:
        self._knowledge_base.remove(document_id)

    def report(self, order: ReportOrder, progress: Callable[[int, int], None]) -> MadeReport:
        return made_report(self._knowledge_base, order, progress)

    def reports(self) -> ReportsBody:
        knowledge_base = self._knowledge_base
        return reports_body(knowledge_base.reports.all(), knowledge_base.tasks.of_kind(TaskKind.REPORT))

    def report_file(self, report_id: str, format_name: str | None = None) -> bytes:
        return Runs(self._knowledge_base).file(report_id, format_name).content

    def remove_report(self, report_id: str) -> None:
        self._knowledge_base.reports.remove(report_id, TaskKind.REPORT)

    def feedback(self) -> FeedbackBody:
        return feedback_body(self._knowledge_base.feedback, self._knowledge_base.municipalities)

    def close(self) -> None:
        self._knowledge_base.close()


def made_report(knowledge: Reporting, order: ReportOrder, progress: Callable[[int, int], None]) -> MadeReport:
    """Make a report in this process; Ctrl-C ends it before anything is kept."""
    runs, report_id = Runs(knowledge), str(uuid.uuid4())
    if order.since is not None and knowledge.reports.find(order.since) is None:
        raise UsageError(f"sinds: {no_report_words(order.since)}")
    if (fault := order.size_fault(knowledge.snapshot())) is not None:
        raise UsageError(f"onderwerpen: {fault}")
    try:
        runs.make(order, report_id, lambda done: progress(done, len(order.topics)), lambda: False)
        made = runs.file(report_id)
    except KeyboardInterrupt:
        with suppress(NotFoundError):
            knowledge.reports.remove(report_id, TaskKind.REPORT)
        raise KeyboardInterrupt("the report is broken off, nothing of it is kept") from None
    return MadeReport(made_body(made.report), made.content)


def progress_body(step: Progress) -> ProgressBody:
    """A step of the pipeline as it goes over the wire: each document counts for a hundred."""
    encoded = _STEPS * step.passages_done // step.passages if step.passages else 0
    current = encoded if step.stage in (Stage.ENCODING, Stage.STORING) else 0
    return ProgressBody(
        document=step.file,
        done=step.documents_done * _STEPS + current,
        total=step.documents * _STEPS,
    )


def ingest_body(report: IngestReport) -> IngestBody:
    """The report of the pipeline as it goes over the wire."""
    return IngestBody(
        documents=report.documents,
        unchanged=report.unchanged,
        passages=report.passages,
        encoded=report.encoded,
        seconds=report.seconds,
        failures=[FailureBody(path=readable(failure.path), reason=failure.reason) for failure in report.failures],
        vanished=[
            VanishedBody(document=each.document_id, path=each.path, removed=each.removed) for each in report.vanished
        ],
        stopped=report.stopped,
    )
