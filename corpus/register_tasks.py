"""The queue of tasks in the register: what was accepted is done, whatever becomes of the process meanwhile."""

import hashlib
import json
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from corpus.database import Database
from corpus.errors import NotFoundError
from corpus.register_rows import json_text
from corpus.register_schema import register, task
from corpus.task import MOST_ATTEMPTS, NewTask, Task, TaskKind, TaskState

KEPT_SECONDS = 30 * 24 * 3600.0
_OPEN = (TaskState.WAITING, TaskState.RUNNING)
_GIVEN_UP = (
    f"Is {MOST_ATTEMPTS} keer begonnen en nooit afgemaakt: de dienst stopte telkens tijdens dit werk. Kijk het bestand "
    f"na en bied het opnieuw aan."
)


class Tasks:
    """Tasks in the order in which they came; safe to use from several threads and, on a server, several processes.

    A call that returned is durable. Errors: those of `Register`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: NewTask) -> Task:
        """Queue a task, or give the same one that has not ended yet; forgets those that ended long ago."""
        order = json_text(new.order)
        key = hashlib.sha256(f"{new.kind} {order}".encode()).hexdigest()
        now = time.time()
        with self._database.writing() as connection:
            _take_turns(connection)
            connection.execute(delete(task).where(task.c.state.not_in(_OPEN), task.c.changed_at < now - KEPT_SECONDS))
            same = select(task).where(task.c.key == key, task.c.state.in_(_OPEN))
            row = connection.execute(same.order_by(task.c.number)).first()
            if row is None:
                values = {
                    "id": str(uuid.uuid4()),
                    "kind": new.kind,
                    "key": key,
                    "task_order": order,
                    "file_sha256": new.file_sha256,
                    "state": TaskState.WAITING,
                    "progress": 0.0,
                    "attempts": 0,
                    "created_at": now,
                    "changed_at": now,
                }
                row = connection.execute(insert(task).values(values).returning(task)).one()
            return _task_from(row)

    def get(self, task_id: str) -> Task:
        """A task by its id; NotFoundError where there is none, or where it ended more than 30 days ago."""
        with self._database.reading() as connection:
            row = connection.execute(select(task).where(task.c.id == task_id)).one_or_none()
        if row is None:
            raise NotFoundError(f"Er is geen taak {task_id!r}; een taak die klaar is wordt 30 dagen bewaard")
        return _task_from(row)

    def next(self) -> Task | None:
        """Begin the task that waits longest, None where none waits; each goes to one caller only."""
        waiting = select(task.c.number).where(task.c.state == TaskState.WAITING).order_by(task.c.number).limit(1)
        with self._database.reading() as connection:
            if connection.execute(waiting).first() is None:
                return None
        with self._database.writing() as connection:
            _take_turns(connection)
            number = connection.execute(waiting).scalar_one_or_none()
            if number is None:
                return None
            begun = {"state": TaskState.RUNNING, "attempts": task.c.attempts + 1, "progress": 0.0}
            changed = update(task).where(task.c.number == number).values(begun | {"changed_at": time.time()})
            return _task_from(connection.execute(changed.returning(task)).one())

    def progress(self, task_id: str, share: float) -> None:
        """Say how far a running task is, from 0 to 1."""
        self._change(task_id, {"progress": min(max(share, 0.0), 1.0)})

    def finish(self, task_id: str, result: Mapping[str, object]) -> None:
        """A running task is done."""
        self._change(task_id, {"state": TaskState.DONE, "progress": 1.0, "result": json_text(result)})

    def fail(self, task_id: str, error: str) -> None:
        """A running task is given up; `error` tells a reader why, in Dutch."""
        self._change(task_id, {"state": TaskState.FAILED, "error": error})

    def give_back(self, task_id: str, counted: bool) -> None:
        """Let a running task wait for its turn again; `counted`: this was one of its attempts."""
        attempts = {} if counted else {"attempts": task.c.attempts - 1}
        self._change(task_id, {"state": TaskState.WAITING, "progress": 0.0} | attempts)

    def recover(self, quiet_for: float) -> None:
        """Let what a process left running wait again, or fail where it has been tried often enough.

        Only what has said nothing for so many seconds: on a server another process may still be at work on it.
        """
        left = task.c.state == TaskState.RUNNING, task.c.changed_at <= time.time() - quiet_for
        with self._database.reading() as connection:
            if connection.execute(select(task.c.number).where(*left).limit(1)).first() is None:
                return
        with self._database.writing() as connection:
            tried = task.c.attempts >= MOST_ATTEMPTS
            given_up = {"state": TaskState.FAILED, "error": _GIVEN_UP, "changed_at": time.time()}
            connection.execute(update(task).where(*left, tried).values(given_up))
            connection.execute(update(task).where(*left).values(state=TaskState.WAITING, progress=0.0))

    def _change(self, task_id: str, values: Mapping[str, object]) -> None:
        running: tuple[ColumnElement[bool], ...] = (task.c.id == task_id, task.c.state == TaskState.RUNNING)
        with self._database.writing() as connection:
            connection.execute(update(task).where(*running).values({**values, "changed_at": time.time()}))


def files_of_tasks(connection: Connection) -> set[str]:
    """The files that tasks need which have not ended."""
    needed = select(task.c.file_sha256).where(task.c.state.in_(_OPEN), task.c.file_sha256.is_not(None))
    return set(connection.execute(needed).scalars())


def _take_turns(connection: Connection) -> None:
    """Let changes of the queue go one after another, also on a server (SQLite has one writer at a time)."""
    connection.execute(select(register.c.id).with_for_update())


def _task_from(row: Any) -> Task:
    return Task(
        id=row.id,
        kind=TaskKind(row.kind),
        order=json.loads(row.task_order),
        state=TaskState(row.state),
        progress=row.progress,
        error=row.error,
        result=None if row.result is None else json.loads(row.result),
        attempts=row.attempts,
        created_at=datetime.fromtimestamp(row.created_at, UTC),
    )
