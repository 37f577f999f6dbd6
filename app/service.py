"""What the command line asks of the knowledge base, wherever that runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from app.answer import Question, Scope
from app.api.comparison_bodies import ComparisonBody
from app.api.feedback_bodies import FeedbackBody
from app.api.report_bodies import ReportBody, ReportsBody
from app.api.schemas import IngestBody, PassagesBody, ProgressBody, StatusBody
from app.report.order import ReportOrder


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report that was kept, with its file in the format that was asked for."""

    report: ReportBody
    content: bytes


class Service(Protocol):
    """The knowledge base in this process or in the service that holds it; both give the bodies of REST.

    Errors: the classes of `corpus.errors`, the same from both.
    """

    def passages(self, question: Question) -> PassagesBody:
        """The best passages, with a verdict for every municipality in scope."""
        ...

    def comparison(self, topic: str, scope: Scope, per_municipality: int, day: date | None) -> ComparisonBody:
        """One topic over municipalities, at most `per_municipality` passages each, as documents stand on `day`.

        Without a day that is the one of the scope, else today.
        """
        ...

    def status(self) -> StatusBody:
        """What the knowledge base holds."""
        ...

    def ingest(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[ProgressBody], None],
        *,
        prune: bool = False,
    ) -> IngestBody:
        """Read, encode and register files; without paths those of the catalogue. Documents that fail are listed.

        So are documents whose file is gone; `prune` takes them out.
        """
        ...

    def remove(self, document_id: str) -> None:
        """Take a document out, or forget that it was refused; NotFoundError where it is neither."""
        ...

    def report(self, order: ReportOrder, progress: Callable[[int, int], None]) -> MadeReport:
        """Make a report and keep it; `progress` hears the topics done and how many there are.

        A topic that fails is told in the result; where all do, its error is raised. An interrupt breaks it off, and
        nothing is kept of it then.
        """
        ...

    def reports(self) -> ReportsBody:
        """Every report that is kept or being made, the newest first."""
        ...

    def report_file(self, report_id: str, format_name: str | None = None) -> bytes:
        """A kept report as a file; without a format in that which was asked for. NotFoundError."""
        ...

    def remove_report(self, report_id: str) -> None:
        """Remove a report, and break it off where it is being made; NotFoundError."""
        ...

    def feedback(self) -> FeedbackBody:
        """What was said of verdicts, the oldest first."""
        ...

    def close(self) -> None:
        """Let go of the index or the connection."""
        ...
