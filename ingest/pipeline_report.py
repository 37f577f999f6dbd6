"""How far an ingest is, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Stage(StrEnum):
    """What happens to a document; the last three end its turn."""

    READING = "reading"
    ENCODING = "encoding"
    STORING = "storing"
    ACTIVE = "active"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """Documents done of all, and of the document at hand its file, its id and the passages encoded of all.

    At stage ACTIVE the document is durable and found by every query from now on.
    """

    documents_done: int
    documents: int
    file: str
    document_id: str
    passages_done: int
    passages: int
    stage: Stage


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not become a document, and why, in Dutch."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Vanished:
    """A document whose file is not there any more, and whether it was taken out for that."""

    document_id: str
    path: str
    removed: bool


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did: documents and passages that are in the index now, of which `unchanged` documents were before.

    `encoded` counts the texts that the model encoded (the others came from the cache); `stopped` says that it was
    told to end before all documents had their turn, and so did not look for documents whose file has `vanished`.
    """

    documents: int
    passages: int
    encoded: int
    seconds: float
    unchanged: int
    failures: tuple[Failure, ...]
    vanished: tuple[Vanished, ...]
    stopped: bool
