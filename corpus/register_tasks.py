"""The queue of tasks in the register: what was accepted is done, whatever becomes of the process meanwhile."""

import hashlib
import json
import time
import uuid
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, insert, not_, select, true, update

from corpus.database import Database
from corpus.errors import CancelledError, NotFoundError
from corpus.register_rows import json_text
from corpus.register_schema import register, task
from corpus.task import MOST_ATTEMPTS, NewTask, Task, TaskKind, TaskState

KEPT_SECONDS = 30 * 24 * 3600.0
CANCELLED = "Afgebroken op verzoek."
_OPEN = (TaskState.WAITING, TaskState.RUNNING)
_EVERY_KIND = tuple(TaskKind)
_GIVEN_UP = f"Is {MOST_ATTEMPTS} keer begonnen en nooit afgemaakt: de dienst stopte telkens tijdens dit werk. "
_REMEDIES = {
    TaskKind.DOCUMENT: "Kijk het bestand na en bied het opnieuw aan.",
    TaskKind.REPORT: "Vraag het rapport opnieuw aan, zo nodig met minder onderwerpen.",
}


class Tasks:
    """Tasks in the order in which they came; safe to use from several threads and, on a server, several processes.

    A call that returned is durable. Errors: those of `Register`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: NewTask) -> Task:
        """Queue a task, or give the same one that has not ended yet; forgets those that ended long ago.

        One that is being broken off is not the same: what is asked for after that is done.
        """
        order = json_text(new.order)
        key = hashlib.sha256(f"{new.kind} {order}".encode()).hexdigest()
        now = time.time()
        with self._database.writing() as connection:
            take_turns(connection)
            connection.execute(delete(task).where(task.c.state.not_in(_OPEN), task.c.changed_at < now - KEPT_SECONDS))
            same = select(task).where(task.c.key == key, task.c.state.in_(_OPEN), not_(task.c.cancelled))
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
                    "cancelled": False,
                    "created_at": now,
                    "changed_at": now,
                }
                row = connection.execute(insert(task).values(values).returning(task)).one()
            return _task_from(row)

    def get(self, task_id: str) -> Task:
        """A task by its id; NotFoundError where there is none, or where it ended more than 30 days ago."""
        with self._database.reading() as connection:
            return _task_of(connection, task_id)

    def of_kind(self, kind: TaskKind) -> tuple[Task, ...]:
        """Every task of a kind that is still known, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(task).where(task.c.kind == kind).order_by(task.c.number.desc()))
            return tuple(_task_from(row) for row in rows)

    def waits(self, kinds: Collection[TaskKind] = _EVERY_KIND) -> bool:
        """Whether a task of these kinds waits."""
        with self._database.reading() as connection:
            return connection.execute(_first_waiting(kinds)).first() is not None

    def next(self, kinds: Collection[TaskKind] = _EVERY_KIND) -> Task | None:
        """Begin the task of these kinds that waits longest, None where none waits; each goes to one caller only."""
        if not self.waits(kinds):
            return None
        with self._database.writing() as connection:
            take_turns(connection)
            number = connection.execute(_first_waiting(kinds)).scalar_one_or_none()
            if number is None:
                return None
            begun = {"state": TaskState.RUNNING, "attempts": task.c.attempts + 1, "progress": 0.0}
            changed = update(task).where(task.c.number == number).values(begun | {"changed_at": time.time()})
            return _task_from(connection.execute(changed.returning(task)).one())

    def progress(self, task_id: str, share: float) -> None:
        """Say how far a running task is, from 0 to 1."""
        self._change(task_id, {"progress": min(max(share, 0.0), 1.0)})

    def alive(self, task_id: str) -> None:
        """Say that a running task is still being worked on, as its progress does."""
        self._change(task_id, {"progress": task.c.progress})

    def cancel(self, task_id: str) -> Task:
        """Break off a task: one that waits ends at once, one that runs is told; returns what became of it.

        One that has ended stays as it is. NotFoundError where there is none.
        """
        with self._database.writing() as connection:
            take_turns(connection)
            _cancel(connection, task.c.id == task_id)
            return _task_of(connection, task_id)

    def finish(self, task_id: str, result: Mapping[str, object]) -> None:
        """A running task is done, also where it was told too late to end."""
        done = {"state": TaskState.DONE, "progress": 1.0, "result": json_text(result), "cancelled": False}
        self._change(task_id, done)

    def fail(self, task_id: str, error: str) -> None:
        """A running task is given up; `error` tells a reader why, in Dutch, unless it was told to end."""
        told = case((task.c.cancelled, CANCELLED), else_=error)
        self._change(task_id, {"state": TaskState.FAILED, "error": told})

    def give_back(self, task_id: str, counted: bool) -> bool:
        """Let a running task wait for its turn again, or end where it was told to; whether it waits.

        `counted`: this was one of its attempts.
        """
        attempts = {} if counted else {"attempts": task.c.attempts - 1}
        with self._database.writing() as connection:
            running = task.c.id == task_id, task.c.state == TaskState.RUNNING
            _end_cancelled(connection, *running)
            waits = {"state": TaskState.WAITING, "progress": 0.0, "changed_at": time.time()}
            return connection.execute(update(task).where(*running).values(waits | attempts)).rowcount > 0

    def recover(self, quiet_for: float, kinds: Collection[TaskKind] = _EVERY_KIND) -> None:
        """Let what a process left running wait again, or fail where it has been tried often enough.

        Only what is of these kinds and has said nothing for so many seconds: another worker of this process may be at
        work on another kind, and on a server another process on the same. What was told to end has ended.
        """
        left = and_(
            task.c.state == TaskState.RUNNING, task.c.kind.in_(kinds), task.c.changed_at <= time.time() - quiet_for
        )
        with self._database.reading() as connection:
            if connection.execute(select(task.c.number).where(left).limit(1)).first() is None:
                return
        with self._database.writing() as connection:
            _end_cancelled(connection, left)
            tried = task.c.attempts >= MOST_ATTEMPTS
            told = case({kind: _GIVEN_UP + remedy for kind, remedy in _REMEDIES.items()}, value=task.c.kind)
            given_up = {"state": TaskState.FAILED, "error": told, "changed_at": time.time()}
            connection.execute(update(task).where(left, tried).values(given_up))
            connection.execute(update(task).where(left).values(state=TaskState.WAITING, progress=0.0))

    def _change(self, task_id: str, values: Mapping[str, object]) -> None:
        running: tuple[ColumnElement[bool], ...] = (task.c.id == task_id, task.c.state == TaskState.RUNNING)
        with self._database.writing() as connection:
            connection.execute(update(task).where(*running).values({**values, "changed_at": time.time()}))


def files_of_tasks(connection: Connection) -> set[str]:
    """The files that tasks need which have not ended."""
    needed = select(task.c.file_sha256).where(task.c.state.in_(_OPEN), task.c.file_sha256.is_not(None))
    return set(connection.execute(needed).scalars())


def cancel_tasks(connection: Connection, concerned: Callable[[Task], bool]) -> bool:
    """Break off every task that is concerned and has not ended, as `Tasks.cancel` does; whether there was one."""
    rows = connection.execute(select(task).where(task.c.state.in_(_OPEN), not_(task.c.cancelled))).all()
    found = [row.number for row in rows if concerned(_task_from(row))]
    for number in found:
        _cancel(connection, task.c.number == number)
    return bool(found)


def require_wanted(connection: Connection, task_id: str | None) -> None:
    """CancelledError where this task, if any, was told to end; nothing can tell it so before the transaction ends."""
    take_turns(connection)
    if task_id is not None and connection.execute(select(task.c.cancelled).where(task.c.id == task_id)).scalar():
        raise CancelledError(CANCELLED)


def take_turns(connection: Connection) -> None:
    """Let changes of the queue go one after another, also on a server (SQLite has one writer at a time)."""
    connection.execute(select(register.c.id).with_for_update())


def _first_waiting(kinds: Collection[TaskKind]) -> Select[tuple[int]]:
    waiting = select(task.c.number).where(task.c.state == TaskState.WAITING, task.c.kind.in_(kinds))
    return waiting.order_by(task.c.number).limit(1)


def _cancel(connection: Connection, which: ColumnElement[bool]) -> None:
    told = {"cancelled": true(), "changed_at": time.time()}
    connection.execute(update(task).where(which, task.c.state.in_(_OPEN)).values(told))
    _end_cancelled(connection, which, task.c.state == TaskState.WAITING)


def _end_cancelled(connection: Connection, *which: ColumnElement[bool]) -> None:
    ended = {"state": TaskState.FAILED, "error": CANCELLED, "changed_at": time.time()}
    connection.execute(update(task).where(*which, task.c.cancelled).values(ended))


def _task_of(connection: Connection, task_id: str) -> Task:
    row = connection.execute(select(task).where(task.c.id == task_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"Er is geen taak {task_id!r}; een taak die klaar is wordt 30 dagen bewaard")
    return _task_from(row)


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
        cancelled=row.cancelled,
        created_at=datetime.fromtimestamp(row.created_at, UTC),
    )
