"""Documents whose file could not be read, and why, in the table of the register."""

import json
import time
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from corpus.document import Metadata
from corpus.metadata_json import metadata_from, metadata_values
from corpus.register_rows import json_text
from corpus.register_schema import refusal
from corpus.stored import Refusal


def keep_refusal(
    connection: Connection, metadata: Metadata, path: str, file_sha256: str | None, reason: str, reader: str
) -> None:
    """Keep why the file of a document was refused, in place of what was kept of that document before."""
    drop_refusal(connection, metadata.document_id)
    row = {
        "document_id": metadata.document_id,
        "metadata": json_text(metadata_values(metadata)),
        "path": path,
        "file_sha256": file_sha256,
        "reason": reason,
        "at": time.time(),
        "reader": reader,
    }
    connection.execute(insert(refusal).values(row))


def drop_refusal(connection: Connection, document_id: str) -> bool:
    """Forget the refusal of a document; whether there was one."""
    return connection.execute(delete(refusal).where(refusal.c.document_id == document_id)).rowcount > 0


def every_refusal(connection: Connection) -> tuple[Refusal, ...]:
    """All of them in the order of their paths."""
    rows = connection.execute(select(refusal).order_by(refusal.c.path, refusal.c.document_id))
    return tuple(
        Refusal(
            metadata_from(json.loads(row.metadata)),
            row.path,
            row.file_sha256,
            row.reason,
            datetime.fromtimestamp(row.at, UTC),
            row.reader,
        )
        for row in rows
    )
