"""The command line in this process, over a knowledge base of two small documents."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.answer import Question, Scope
from app.api.comparison_bodies import ComparisonBody
from app.api.schemas import IngestBody, PassagesBody, ProgressBody, StatusBody
from app.api.wire import comparison_body, passages_body, status_body
from app.cli import run
from app.settings import Settings
from corpus.errors import BeleidswijzerError
from tests.app.fake_knowledge_base import FakeIngest, FakeKnowledgeBase


class FakeService:
    """A `Service` over the fake knowledge base; counts how often it was closed.

    `fail` is raised by every search, `failing_topics` by the comparison of these topics; `stopped`: an
    ingest is told to stop.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.knowledge = FakeKnowledgeBase(folder)
        self.ingests = FakeIngest()
        self.closed = 0
        self.stopped = False
        self.fail: BaseException | None = None
        self.failing_topics: dict[str, BeleidswijzerError] = {}

    def passages(self, question: Question) -> PassagesBody:
        if self.fail is not None:
            raise self.fail
        return passages_body(self.knowledge.search(question))

    def comparison(self, topic: str, scope: Scope, per_municipality: int) -> ComparisonBody:
        if topic in self.failing_topics:
            raise self.failing_topics[topic]
        return comparison_body(self.knowledge.compare(topic, scope, per_municipality))

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
