"""The knowledge base in this process, spoken to as if it were the service."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Self

from app.answer import Question, Scope
from app.api.comparison_bodies import ComparisonBody
from app.api.schemas import (
    FailureBody,
    IngestBody,
    PassagesBody,
    ProgressBody,
    StatusBody,
    VanishedBody,
)
from app.api.wire import comparison_body, passages_body, status_body
from app.interrupts import heeding_interrupts
from app.knowledge_base import KnowledgeBase
from app.settings import Settings
from corpus.entry import readable
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

    def comparison(self, topic: str, scope: Scope, per_municipality: int) -> ComparisonBody:
        return comparison_body(self._knowledge_base.compare(topic, scope, per_municipality))

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
    ) -> IngestBody:
        """Without `stopped`, Ctrl-C ends it after the document at hand."""

        def told(step: Progress) -> None:
            progress(progress_body(step))

        with nullcontext(stopped) if stopped else heeding_interrupts(self._notify) as stops:
            return ingest_body(self._knowledge_base.ingest(paths, catalogue, force, told, stops, prune))

    def remove(self, document_id: str) -> None:
        self._knowledge_base.remove(document_id)

    def close(self) -> None:
        self._knowledge_base.close()


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
