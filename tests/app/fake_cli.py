"""The command line in this process, over a knowledge base of two small documents."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.answer import Question, Scope
from app.api.comparison_bodies import ComparisonBody
from app.api.comparison_wire import comparison_body
from app.api.feedback_bodies import FeedbackBody
from app.api.feedback_wire import feedback_body
from app.api.report_bodies import ReportsBody
from app.api.report_wire import reports_body
from app.api.schemas import IngestBody, PassagesBody, ProgressBody, StatusBody
from app.api.wire import passages_body, status_body
from app.cli import run
from app.local_service import made_report
from app.report.order import ReportOrder
from app.report.runs import Runs
from app.service import MadeReport
from app.settings import Settings
from corpus.task import TaskKind
from tests.app.fake_ingest import FakeIngest
from tests.app.fake_knowledge_base import FakeKnowledgeBase


class FakeService:
    """A `Service` over the fake knowledge base; counts how often it was closed.

    `fail` is raised by every search; `stopped`: an ingest is told to stop.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.knowledge = FakeKnowledgeBase(folder)
        self.ingests = FakeIngest()
        self.closed = 0
        self.stopped = False
        self.fail: BaseException | None = None

    def passages(self, question: Question) -> PassagesBody:
        if self.fail is not None:
            raise self.fail
        return passages_body(self.knowledge.search(question))

    def comparison(self, topic: str, scope: Scope, per_municipality: int, day: date | None) -> ComparisonBody:
        return comparison_body(self.knowledge.compare(topic, scope, per_municipality, day))

    def status(self) -> StatusBody:
        return status_body(self.knowledge.holdings())

    def ingest(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[ProgressBody], None],
        *,
        prune: bool = False,
    ) -> IngestBody:
        return self.ingests(paths, catalogue, force, progress, lambda: self.stopped, prune)

    def remove(self, document_id: str) -> None:
        self.knowledge.remove(document_id)

    def report(self, order: ReportOrder, progress: Callable[[int, int], None]) -> MadeReport:
        return made_report(self.knowledge, order, progress)

    def reports(self) -> ReportsBody:
        return reports_body(self.knowledge.reports.all(), self.knowledge.tasks.of_kind(TaskKind.REPORT))

    def report_file(self, report_id: str, format_name: str | None = None) -> bytes:
        return Runs(self.knowledge).file(report_id, format_name).content

    def remove_report(self, report_id: str) -> None:
        self.knowledge.reports.remove(report_id, TaskKind.REPORT)

    def feedback(self) -> FeedbackBody:
        return feedback_body(self.knowledge.feedback, self.knowledge.municipalities)

    def close(self) -> None:
        self.closed += 1


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to."""

    code: int
    output: str
    messages: str


class CommandLine:
    """Runs commands against one service, with the data directory `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.service = FakeService(folder.parent / "originals")
        self.connections = 0

    def __call__(
        self,
        *argv: str,
        environment: Mapping[str, str] | None = None,
        output: io.StringIO | None = None,
        messages: io.StringIO | None = None,
    ) -> Ran:
        output = output or io.StringIO()
        messages = messages or io.StringIO()
        settings = {"BELEIDSWIJZER_DATA_DIR": str(self.folder)} | dict(environment or {})
        code = run(argv, settings, output, messages, self._connect)
        return Ran(code, output.getvalue(), messages.getvalue())

    def _connect(self, _: Settings, __: Callable[[str], None]) -> FakeService:
        self.connections += 1
        return self.service
