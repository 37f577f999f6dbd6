"""A file that was sent to be read: what its task needs, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from corpus.document import Metadata
from corpus.metadata_json import metadata_from, metadata_values
from corpus.task import NewTask, Task, TaskKind


@dataclass(frozen=True, slots=True)
class Upload:
    """A file among the originals, by its sha256, with what was said about it."""

    file_sha256: str
    metadata: Metadata

    def as_task(self) -> NewTask:
        """The task that reads it."""
        order = {"file_sha256": self.file_sha256, "metadata": metadata_values(self.metadata)}
        return NewTask(TaskKind.DOCUMENT, order, self.file_sha256)

    @classmethod
    def of_task(cls, task: Task) -> Self:
        """What `as_task` queued."""
        order: Mapping[str, Any] = task.order
        return cls(order["file_sha256"], metadata_from(order["metadata"]))


def document_of(task: Task) -> str | None:
    """The id of the document that a task brings in; None for a task of another kind."""
    if task.kind is not TaskKind.DOCUMENT:
        return None
    order: Mapping[str, Any] = task.order
    return str(order["metadata"]["document_id"])


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The document that an upload became; `unchanged`: it was there already, just so."""

    document_id: str
    version: str
    passages: int
    unchanged: bool

    def as_result(self) -> dict[str, object]:
        """This as a task keeps it."""
        return {
            "document_id": self.document_id,
            "version": self.version,
            "passages": self.passages,
            "unchanged": self.unchanged,
        }
