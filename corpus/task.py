"""Work that waits its turn and survives the process that does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_ATTEMPTS = 3


class TaskKind(StrEnum):
    """What a task does, as the wire calls it."""

    DOCUMENT = "document"
    REPORT = "rapport"


class TaskState(StrEnum):
    """How far a task is, as the wire calls it; the last two are final."""

    WAITING = "wacht"
    RUNNING = "bezig"
    DONE = "klaar"
    FAILED = "mislukt"


@dataclass(frozen=True, slots=True)
class NewTask:
    """Work to be queued; `order` is all that it needs, as JSON can hold it.

    Two tasks of the same kind and order are the same while neither has ended. `file_sha256` is the file that it needs
    until then, None where it needs none.
    """

    kind: TaskKind
    order: Mapping[str, object]
    file_sha256: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """A task at one moment; `progress` is from 0 to 1, `attempts` counts how often it was begun.

    `error` tells a reader in Dutch why it failed, `result` what came of it; each is None at every other state.
    `cancelled`: it failed because it was broken off on request, or it runs and has been told to end.
    """

    id: str
    kind: TaskKind
    order: Mapping[str, object]
    state: TaskState
    progress: float
    error: str | None
    result: Mapping[str, object] | None
    attempts: int
    cancelled: bool
    created_at: datetime
