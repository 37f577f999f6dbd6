"""What was said of verdicts, in a table of the register: kept until it is removed."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from corpus.database import Database
from corpus.errors import NotFoundError
from corpus.register_rows import json_text
from corpus.register_schema import verdict_feedback
from corpus.register_tasks import take_turns
from corpus.verdict_feedback import VerdictFeedback

SAME_SECONDS = 60.0

_SAID = ("question", "municipality", "ruling", "right_ruling", "remark", "filters")
_NEWEST_FIRST = (verdict_feedback.c.given_at.desc(), verdict_feedback.c.number.desc())


class Feedback:
    """What was said of verdicts; safe to use from several threads and processes.

    A call that returned is durable. Errors: those of `Register`; NotFoundError for an id that is not there.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: VerdictFeedback, most: int) -> VerdictFeedback | None:
        """Keep what was said, or give the same that was said less than a minute before; None where `most` are kept."""
        row = _row(new)
        same = [verdict_feedback.c[name] == row[name] for name in _SAID]
        moment = new.given_at.timestamp()
        close = verdict_feedback.c.given_at.between(moment - SAME_SECONDS, moment + SAME_SECONDS)
        with self._database.writing() as connection:
            take_turns(connection)
            found = select(verdict_feedback).where(*same, close)
            known = connection.execute(found.order_by(*_NEWEST_FIRST)).first()
            if known is not None:
                return _feedback_from(known)
            if connection.execute(select(func.count()).select_from(verdict_feedback)).scalar_one() >= most:
                return None
            connection.execute(insert(verdict_feedback).values(row))
        return new

    def get(self, feedback_id: str) -> VerdictFeedback:
        """What was said, by its id."""
        with self._database.reading() as connection:
            found = select(verdict_feedback).where(verdict_feedback.c.id == feedback_id)
            row = connection.execute(found).one_or_none()
        if row is None:
            raise _unknown(feedback_id)
        return _feedback_from(row)

    def all(self, first: int = 0, most: int | None = None) -> tuple[VerdictFeedback, ...]:
        """All of it, the newest first; `first` and `most` say which stretch of that."""
        with self._database.reading() as connection:
            rows = connection.execute(select(verdict_feedback).order_by(*_NEWEST_FIRST).offset(first).limit(most))
            return tuple(_feedback_from(row) for row in rows)

    def count(self) -> int:
        """How much of it is kept."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(verdict_feedback)).scalar_one())

    def remove(self, feedback_id: str) -> None:
        """Forget what was said."""
        with self._database.writing() as connection:
            gone = delete(verdict_feedback).where(verdict_feedback.c.id == feedback_id)
            if not connection.execute(gone).rowcount:
                raise _unknown(feedback_id)


def _row(new: VerdictFeedback) -> dict[str, object]:
    return {
        "id": new.id,
        "question": new.question,
        "municipality": new.municipality,
        "ruling": new.ruling,
        "certainty": new.certainty,
        "right_ruling": new.right_ruling,
        "remark": new.remark,
        "filters": json_text(dict(sorted(new.filters.items()))),
        "made_with": new.index,
        "given_at": new.given_at.timestamp(),
    }


def _feedback_from(row: Any) -> VerdictFeedback:
    return VerdictFeedback(
        id=row.id,
        question=row.question,
        municipality=row.municipality,
        ruling=row.ruling,
        certainty=row.certainty,
        right_ruling=row.right_ruling,
        remark=row.remark,
        filters=json.loads(row.filters),
        index=row.made_with,
        given_at=datetime.fromtimestamp(row.given_at, UTC),
    )


def _unknown(feedback_id: str) -> NotFoundError:
    return NotFoundError(f"Er is geen opmerking {feedback_id!r} over een oordeel; misschien is ze al ingetrokken")
