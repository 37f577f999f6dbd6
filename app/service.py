"""What the command line asks of the knowledge base, wherever that runs."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from app.answer import Question, Scope
from app.api.comparison_bodies import ComparisonBody
from app.api.schemas import IngestBody, PassagesBody, ProgressBody, StatusBody


class Service(Protocol):
    """The knowledge base in this process or in the service that holds it; both give the bodies of REST.

    Errors: the classes of `corpus.errors`, the same from both.
    """

    def passages(self, question: Question) -> PassagesBody:
        """The best passages, with a verdict for every municipality in scope."""
        ...

    def comparison(self, topic: str, scope: Scope, per_municipality: int) -> ComparisonBody:
        """One topic over municipalities, at most `per_municipality` passages each."""
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

    def close(self) -> None:
        """Let go of the index or the connection."""
        ...
