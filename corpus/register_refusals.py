"""Files that could not become documents, and why, in the table of the register."""

import time
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from corpus.register_schema import refusal
from corpus.stored import Refusal


def keep_refusal(connection: Connection, path: str, file_sha256: str | None, reason: str) -> None:
    """Keep why the file at `path` was refused, in place of what was kept of it before."""
    drop_refusal(connection, path)
    row = {"path": path, "file_sha256": file_sha256, "reason": reason, "at": time.time()}
    connection.execute(insert(refusal).values(row))


def drop_refusal(connection: Connection, path: str) -> None:
    """Forget a refusal; none is no error."""
    connection.execute(delete(refusal).where(refusal.c.path == path))


def every_refusal(connection: Connection) -> tuple[Refusal, ...]:
    """All of them in the order of their paths."""
    rows = connection.execute(select(refusal).order_by(refusal.c.path))
    return tuple(Refusal(row.path, row.file_sha256, row.reason, datetime.fromtimestamp(row.at, UTC)) for row in rows)
