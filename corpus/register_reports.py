"""The reports that were made, in tables of the register: kept until they are removed."""

import json
import zlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from corpus.database import Database
from corpus.errors import CancelledError, NotFoundError
from corpus.register_rows import json_text
from corpus.register_schema import report, report_file, task
from corpus.register_tasks import CANCELLED, take_turns
from corpus.report import KeptReport

_TOLD = (report.c.id, report.c.title, report.c.format, report.c.made_at, report.c.summary)


class Reports:
    """Reports with their content and the files made of it; safe to use from several threads and processes.

    A call that returned is durable. Errors: those of `Register`; NotFoundError for the id of no report.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, new: KeptReport, content: bytes, task_id: str | None = None) -> None:
        """Keep a report with its content (compressed here), in place of one with this id.

        CancelledError where it has a task, and that was broken off or removed.
        """
        row = {
            "id": new.id,
            "title": new.title,
            "format": new.format,
            "made_at": new.made_at.timestamp(),
            "summary": json_text(new.summary),
            "content": zlib.compress(content),
        }
        with self._database.writing() as connection:
            take_turns(connection)
            if task_id is not None and not _is_wanted(connection, task_id):
                raise CancelledError(CANCELLED)
            connection.execute(delete(report).where(report.c.id == new.id))
            connection.execute(insert(report).values(row))

    def find(self, report_id: str) -> KeptReport | None:
        """The report of an id, if there is one."""
        with self._database.reading() as connection:
            row = connection.execute(select(*_TOLD).where(report.c.id == report_id)).one_or_none()
        return None if row is None else _report_from(row)

    def get(self, report_id: str) -> KeptReport:
        """A report by its id."""
        found = self.find(report_id)
        if found is None:
            raise _unknown(report_id)
        return found

    def all(self) -> tuple[KeptReport, ...]:
        """Every report, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(*_TOLD).order_by(report.c.made_at.desc(), report.c.number.desc()))
            return tuple(_report_from(row) for row in rows)

    def content(self, report_id: str) -> bytes:
        """The content of a report as it was kept."""
        with self._database.reading() as connection:
            found = connection.execute(select(report.c.content).where(report.c.id == report_id)).scalar_one_or_none()
        if found is None:
            raise _unknown(report_id)
        return zlib.decompress(found)

    def file(self, report_id: str, format_name: str) -> bytes | None:
        """The file of a report in a format; None where none was kept."""
        found = (
            select(report_file.c.content)
            .join(report, report.c.number == report_file.c.report)
            .where(report.c.id == report_id, report_file.c.format == format_name)
        )
        with self._database.reading() as connection:
            return connection.execute(found).scalar_one_or_none()

    def keep_file(self, report_id: str, format_name: str, content: bytes) -> None:
        """Keep the file of a report in a format, in place of what was kept of it; nothing where the report is gone."""
        with self._database.writing() as connection:
            take_turns(connection)
            number = connection.execute(select(report.c.number).where(report.c.id == report_id)).scalar_one_or_none()
            if number is None:
                return
            same = report_file.c.report == number, report_file.c.format == format_name
            connection.execute(delete(report_file).where(*same))
            connection.execute(insert(report_file).values(report=number, format=format_name, content=content))

    def remove(self, report_id: str, kind: str) -> None:
        """Remove a report with its files and its task, which must be of this kind, however far that is."""
        with self._database.writing() as connection:
            take_turns(connection)
            kept = connection.execute(delete(report).where(report.c.id == report_id)).rowcount
            asked = connection.execute(delete(task).where(task.c.id == report_id, task.c.kind == kind)).rowcount
            if not kept and not asked:
                raise _unknown(report_id)

    def is_wanted(self, task_id: str) -> bool:
        """Whether the task of a report is there and was not broken off."""
        with self._database.reading() as connection:
            return _is_wanted(connection, task_id)


def _is_wanted(connection: Connection, task_id: str) -> bool:
    return connection.execute(select(task.c.cancelled).where(task.c.id == task_id)).scalar_one_or_none() is False


def _report_from(row: Any) -> KeptReport:
    made_at = datetime.fromtimestamp(row.made_at, UTC)
    return KeptReport(row.id, row.title, row.format, made_at, json.loads(row.summary))


def _unknown(report_id: str) -> NotFoundError:
    return NotFoundError(f"Er is geen rapport {report_id!r}; `beleidswijzer reports list` noemt ze alle")
