"""The register of document versions: which there are, which of them queries may see, and their texts."""

import time
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, delete, insert, or_, select, update

from corpus.database import Database
from corpus.document import Metadata
from corpus.errors import DataDirectoryError, NotFoundError
from corpus.register_feedback import Feedback
from corpus.register_reading import ReadingRegister
from corpus.register_refusals import drop_refusal, keep_refusal
from corpus.register_reports import Reports
from corpus.register_rows import generation_from, generation_row, json_text, passage_rows, term_rows, version_row
from corpus.register_schema import (
    GenerationState,
    State,
    generation,
    indexed,
    passage,
    register,
    version,
    version_term,
)
from corpus.register_tasks import Tasks, cancel_tasks, files_of_tasks, require_wanted
from corpus.register_upgrades import prepare
from corpus.register_wording import replace_wording
from corpus.stored import Generation, IndexedVersion, NewVersion, StoredDocument
from corpus.task import Task

_TOLD = ("path", "coverage", "problems", "proposals", "tables", "sketch", "boxes")


class Register(ReadingRegister):
    """Document versions in an SQL database; safe to use from several threads and, on a server, several processes.

    A version goes from pending to active to retired and is then forgotten; of one document at most one version is
    active. A call that returned is durable. Errors: DataDirectoryError (read-only, or of another version),
    MachineError (no room), HeldError, UnreachableError.
    """

    @classmethod
    def open(cls, url: str) -> "Register":
        """Open the register at an SQLAlchemy URL (SQLite or PostgreSQL), and make its tables in an empty database."""
        database = Database.open(url)
        with database.writing() as connection:
            prepare(connection, database.name)
        return cls(database)

    @property
    def tasks(self) -> Tasks:
        """The queue of tasks in the same database."""
        return Tasks(self._database)

    @property
    def reports(self) -> Reports:
        """The reports in the same database."""
        return Reports(self._database)

    @property
    def feedback(self) -> Feedback:
        """What was said of verdicts, in the same database."""
        return Feedback(self._database)

    def close(self) -> None:
        self._database.close()

    def add_pending(self, new: NewVersion, generation_id: str, index: IndexedVersion) -> None:
        """Keep a version that no query sees yet, in place of what a former try or a retirement left of it."""
        with self._database.writing() as connection:
            replaced = version.c.sha256 == new.document.version, version.c.state != State.ACTIVE
            connection.execute(delete(version).where(*replaced))
            row = version_row(new) | {"state": State.PENDING, "changed_at": time.time()}
            number = int(connection.execute(insert(version).values(row).returning(version.c.id)).scalar_one())
            connection.execute(insert(passage), passage_rows(number, new.passages))
            _index(connection, _generation_number(connection, generation_id), number, index)

    def refresh(self, new: NewVersion) -> None:
        """Put what is told about an active version, apart from its text and passages, in the place of what was.

        Changes nothing where that is the same.
        """
        row = version_row(new)
        told = {name: row[name] for name in _TOLD}
        differs = or_(*(version.c[name] != value for name, value in told.items()))
        with self._database.writing() as connection:
            changed = connection.execute(
                update(version)
                .where(version.c.sha256 == new.document.version, version.c.state == State.ACTIVE, differs)
                .values(told | {"changed_at": time.time()})
            )
            if changed.rowcount:
                _count_change(connection)

    def activate(self, sha256: str, task_id: str | None = None) -> tuple[str, ...]:
        """Let queries see a pending version instead of the one its document had; returns what was retired.

        CancelledError where the task that reads it was told to end. DataDirectoryError where the version is not
        pending or not in the current index any more, which another process on the same register can bring about.
        """
        with self._database.writing() as connection:
            require_wanted(connection, task_id)
            _count_change(connection)
            row = connection.execute(
                select(version.c.id, version.c.document_id)
                .join(indexed, indexed.c.version == version.c.id)
                .join(generation, generation.c.id == indexed.c.generation)
                .where(version.c.sha256 == sha256, version.c.state == State.PENDING)
                .where(generation.c.state == GenerationState.CURRENT)
            ).one_or_none()
            if row is None:
                raise DataDirectoryError(
                    f"Version {sha256} is not waiting to become active: another process removed it or changed the "
                    f"model. Ingest the document again"
                )
            retired = _retire(connection, row.document_id)
            _set_state(connection, row.id, State.ACTIVE)
        return retired

    def retire(self, document_id: str, concerned: Callable[[Task], bool] = lambda _: False) -> tuple[str, ...]:
        """Take a document out of every later query and forget its refusal; returns what was retired.

        In the same moment the `concerned` tasks, which would bring it back, are broken off. NotFoundError where there
        is none of all this.
        """
        with self._database.writing() as connection:
            _count_change(connection)
            cancelled = cancel_tasks(connection, concerned)
            retired = _retire(connection, document_id)
            if not drop_refusal(connection, document_id) and not retired and not cancelled:
                raise NotFoundError(f"Er is geen document {document_id!r}; `beleidswijzer status` noemt ze alle")
        return retired

    def hidden(self, state: State, quiet_for: float) -> tuple[str, ...]:
        """The versions that have been pending or retired for at least so many seconds."""
        before = time.time() - quiet_for
        with self._database.reading() as connection:
            found = select(version.c.sha256).where(version.c.state == state, version.c.changed_at <= before)
            return tuple(connection.execute(found.order_by(version.c.id)).scalars())

    def forget(self, versions: Sequence[str]) -> None:
        """Remove versions that are not active, with all that belongs to them; unknown ones are no error."""
        with self._database.writing() as connection:
            for sha256 in versions:
                connection.execute(delete(version).where(version.c.sha256 == sha256, version.c.state != State.ACTIVE))

    def versions(self) -> dict[str, State]:
        """Every version that the register knows, with its state."""
        with self._database.reading() as connection:
            return {row[0]: State(row[1]) for row in connection.execute(select(version.c.sha256, version.c.state))}

    def files(self) -> frozenset[str]:
        """The sha256 of every original that some version was read from, or that waits for its task."""
        with self._database.reading() as connection:
            read = connection.execute(select(version.c.file_sha256).distinct()).scalars()
            return frozenset(read) | files_of_tasks(connection)

    def refuse(
        self,
        metadata: Metadata,
        path: str,
        file_sha256: str | None,
        reason: str,
        task_id: str | None = None,
        reader: str = "",
    ) -> None:
        """Keep why the file at `path` could not become this document, in place of what was kept of it before.

        `reader` is the fingerprint of what read it, empty where reading it again may go otherwise. CancelledError where
        the task that reads it was told to end.
        """
        with self._database.writing() as connection:
            require_wanted(connection, task_id)
            keep_refusal(connection, metadata, path, file_sha256, reason, reader)

    def forget_refusal(self, document_id: str) -> None:
        """The document was read after all, or its file is gone; one that was not refused is no error."""
        with self._database.writing() as connection:
            drop_refusal(connection, document_id)

    def begin(self, new: Generation) -> None:
        """Make room for another index beside the current one; one with this id that was begun before goes on."""
        with self._database.writing() as connection:
            known = select(generation.c.id).where(generation.c.name == new.id)
            if connection.execute(known).one_or_none() is None:
                row = generation_row(new) | {"state": GenerationState.BUILDING}
                connection.execute(insert(generation).values(row))

    def unindexed(self, generation_id: str) -> tuple[StoredDocument, ...]:
        """The active documents whose points a generation does not have yet."""
        with self._database.reading() as connection:
            here = select(indexed.c.version).where(
                indexed.c.generation == _generation_number(connection, generation_id)
            )
            found = select(version.c.sha256).where(version.c.state == State.ACTIVE, version.c.id.not_in(here))
            missing = set(connection.execute(found).scalars())
            documents = self._current(connection).snapshot.documents
        return tuple(document for document in documents if document.version in missing)

    def add_indexed(self, generation_id: str, sha256: str, index: IndexedVersion) -> None:
        """Say that all points of a version are in the index of a generation, after they are."""
        with self._database.writing() as connection:
            number = connection.execute(select(version.c.id).where(version.c.sha256 == sha256)).scalar_one_or_none()
            if number is not None:
                home = _generation_number(connection, generation_id)
                connection.execute(delete(indexed).where(indexed.c.generation == home, indexed.c.version == number))
                _index(connection, home, number, index)

    def remove_indexed(self, generation_id: str, sha256: str) -> None:
        """Say that the points of a version are not all in the index of a generation that is being built."""
        with self._database.writing() as connection:
            numbers = select(version.c.id).where(version.c.sha256 == sha256)
            home = _generation_number(connection, generation_id)
            connection.execute(delete(indexed).where(indexed.c.generation == home, indexed.c.version.in_(numbers)))

    def switch(self, generation_id: str) -> bool:
        """Let queries use another generation and forget the former; False where it lacks an active document."""
        with self._database.writing() as connection:
            _count_change(connection)
            number = _generation_number(connection, generation_id)
            here = select(indexed.c.version).where(indexed.c.generation == number)
            missing = select(version.c.id).where(version.c.state == State.ACTIVE, version.c.id.not_in(here)).limit(1)
            if connection.execute(missing).first() is not None:
                return False
            connection.execute(
                delete(generation).where(generation.c.state == GenerationState.CURRENT, generation.c.id != number)
            )
            connection.execute(
                update(generation).where(generation.c.id == number).values(state=GenerationState.CURRENT)
            )
        return True

    def abandon(self) -> tuple[Generation, ...]:
        """Forget the generations that were begun and never became current, and return them."""
        with self._database.writing() as connection:
            begun = generation.c.state == GenerationState.BUILDING
            abandoned = tuple(map(generation_from, connection.execute(select(generation).where(begun))))
            connection.execute(delete(generation).where(begun))
        return abandoned


def _generation_number(connection: Connection, generation_id: str) -> int:
    number = connection.execute(select(generation.c.id).where(generation.c.name == generation_id)).scalar_one_or_none()
    if number is None:
        raise DataDirectoryError(f"There is no index {generation_id!r}: another process changed the model; start again")
    return int(number)


def _index(connection: Connection, home: int, number: int, index: IndexedVersion) -> None:
    row = {
        "generation": home,
        "version": number,
        "problems": json_text(index.problems),
        "token_vectors": index.token_vectors,
    }
    connection.execute(insert(indexed).values(row))
    if index.terms:
        connection.execute(insert(version_term), term_rows(home, number, index.terms))
    replace_wording(connection, number, index.wording)


def _retire(connection: Connection, document_id: str) -> tuple[str, ...]:
    active = version.c.document_id == document_id, version.c.state == State.ACTIVE
    rows = connection.execute(select(version.c.id, version.c.sha256).where(*active)).all()
    for row in rows:
        _set_state(connection, row.id, State.RETIRED)
    return tuple(row.sha256 for row in rows)


def _set_state(connection: Connection, number: int, state: State) -> None:
    changed = {"state": state, "changed_at": time.time()}
    connection.execute(update(version).where(version.c.id == number).values(changed))


def _count_change(connection: Connection) -> None:
    """Tell every cache that something changes; on a server this also lets the changes go one after another."""
    connection.execute(update(register).values(changes=register.c.changes + 1))
