"""What REST asks of the knowledge base, and how a request reaches it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Annotated, Protocol

from fastapi import Depends
from starlette.requests import Request

from app.answer import Answer, PassageInContext, Question, Scope
from app.api.query import Query
from app.api.readiness import Readiness
from app.comparison import Comparison
from app.holdings import Holdings, Ledger
from app.suggestions.suggester import Suggester
from app.upload import TakenIn, Upload
from corpus.document import Metadata
from corpus.files import FileStore, IncomingFile
from corpus.municipalities import Municipalities
from corpus.register_feedback import Feedback
from corpus.register_reports import Reports
from corpus.register_tasks import Tasks
from corpus.stored import CanonicalText, Snapshot, StoredDocument
from corpus.task import Task


class Knowledge(Protocol):
    """The knowledge base, safe to call from several threads; errors are those of `corpus.errors`."""

    @property
    def municipalities(self) -> Municipalities: ...

    @property
    def files(self) -> FileStore: ...

    @property
    def tasks(self) -> Tasks: ...

    @property
    def reports(self) -> Reports: ...

    @property
    def feedback(self) -> Feedback: ...

    @property
    def suggester(self) -> Suggester: ...

    @property
    def shared(self) -> bool:
        """Whether other processes work on the same register."""
        ...

    def load_model(self) -> None: ...

    def snapshot(self) -> Snapshot: ...

    def ledger(self) -> Ledger: ...

    def holdings(self) -> Holdings: ...

    def search(self, question: Question) -> Answer: ...

    def compare(self, topic: str, scope: Scope, per_municipality: int, day: date | None = None) -> Comparison: ...

    def passage(self, passage_id: str) -> PassageInContext:
        """NotFoundError for an id that is not there, as with `document` and `text`."""
        ...

    def document(self, document_id: str) -> StoredDocument: ...

    def text(self, document_id: str) -> CanonicalText: ...

    def remove(self, document_id: str) -> None:
        """Take a document out and break off what would bring it in; NotFoundError where there is neither."""
        ...

    def accept(self, incoming: IncomingFile, metadata: Metadata) -> Task:
        """Keep a file that came in and queue its reading, both for good."""
        ...

    def turn(self, wait_on: Callable[[], bool]) -> AbstractContextManager[bool]:
        """The turn of this thread to take documents in, as long as it is held; False where `wait_on` said no more."""
        ...

    def take_in(
        self,
        upload: Upload,
        progress: Callable[[float], None],
        stopped: Callable[[], bool],
        task_id: str | None = None,
    ) -> TakenIn | None:
        """Read a file that came in; None where `stopped` said so first. DocumentError where it cannot be read.

        CancelledError where its task was told to end, and then nothing came of it.
        """
        ...

    def tidy(self) -> None:
        """Remove the originals that nothing refers to any more."""
        ...


def no_parameters(request: Request) -> None:
    """For an address without query parameters: any is an error."""
    Query(request).finish()


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


def readiness(request: Request) -> Readiness:
    """The readiness of the service that this request reached."""
    state: Readiness = request.app.state.readiness
    return state


def _ready(request: Request) -> Knowledge:
    readiness(request).require()
    return _knowledge(request)


Known = Annotated[Knowledge, Depends(_knowledge)]
"""The knowledge base, whether or not the model is loaded."""

Ready = Annotated[Knowledge, Depends(_ready)]
"""The knowledge base with its model loaded; 503 until then."""
