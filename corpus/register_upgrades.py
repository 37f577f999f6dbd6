"""The tables in a database, empty or made by an older release."""

from sqlalchemy import Connection, Table, insert, inspect, select, text, update

from corpus.errors import DataDirectoryError
from corpus.register_schema import (
    SCHEMA_VERSION,
    abbreviation,
    refusal,
    register,
    report,
    report_file,
    tables,
    task,
    verdict_feedback,
    version_word,
)


def prepare(connection: Connection, name: str) -> None:
    """Make the tables in an empty database and bring older ones up to date, in the transaction of the caller.

    DataDirectoryError for a database of a later version or of another product.

    Writes in any case, so that a read-only database is noticed here and not halfway through an ingest.
    """
    present = set(inspect(connection).get_table_names())
    if not present:
        tables.create_all(connection)
        connection.execute(insert(register).values(id=1, schema_version=SCHEMA_VERSION, changes=0))
        return
    if register.name not in present:
        raise DataDirectoryError(f"{name} is a database of something else: choose another, or an empty one")
    made_by = connection.execute(select(register.c.schema_version).with_for_update()).scalar()
    if made_by not in (*_UPGRADES, SCHEMA_VERSION):
        raise DataDirectoryError(
            f"The register {name} has schema version {made_by}, this Beleidswijzer reads {SCHEMA_VERSION}: use the "
            f"Beleidswijzer that made it, or set BELEIDSWIJZER_DATA_DIR to another folder and ingest again"
        )
    for older in range(made_by, SCHEMA_VERSION):
        _UPGRADES[older](connection)
    connection.execute(update(register).values(schema_version=SCHEMA_VERSION))


def _to_second(connection: Connection) -> None:
    """Words, abbreviations and problems of passages, which schema 1 did not have.

    The tables stay empty until the index is made anew, which the word analysis of the same release asks for: the
    words of a text are not read here but in `ingest`, and they are those of the index.
    """
    tables.create_all(connection, tables=[version_word, abbreviation])
    connection.execute(text("ALTER TABLE passage ADD COLUMN problem TEXT"))
    connection.execute(text("ALTER TABLE indexed ADD COLUMN token_vectors INTEGER DEFAULT 0 NOT NULL"))
    connection.execute(text("ALTER TABLE generation ADD COLUMN second_stage VARCHAR(10) DEFAULT 'off' NOT NULL"))


def _to_third(connection: Connection) -> None:
    """Boxes, proposals, tables and text recognition, which come when a document is read again; tasks and refusals."""
    tables.create_all(connection, tables=[task, refusal])
    for column in ("boxes", "proposals", "sketch"):
        connection.execute(text(f"ALTER TABLE version ADD COLUMN {column} TEXT DEFAULT '[]' NOT NULL"))
    connection.execute(text("ALTER TABLE version ADD COLUMN tables INTEGER DEFAULT 0 NOT NULL"))
    for column in ("in_table", "by_ocr"):
        connection.execute(text(f"ALTER TABLE passage ADD COLUMN {column} BOOLEAN DEFAULT FALSE NOT NULL"))


def _to_fourth(connection: Connection) -> None:
    """Tasks that were broken off; what read a file that was refused; reports."""
    tables.create_all(connection, tables=[report, report_file])
    _add_column(connection, task, "cancelled BOOLEAN DEFAULT FALSE NOT NULL")
    _add_column(connection, refusal, "reader TEXT DEFAULT '' NOT NULL")


def _to_fifth(connection: Connection) -> None:
    """What people say of verdicts."""
    tables.create_all(connection, tables=[verdict_feedback])


def _add_column(connection: Connection, table: Table, declared: str) -> None:
    """Add a column to a table, unless it was made a moment ago on the way from an older schema, with all it has now."""
    name = declared.partition(" ")[0]
    if name not in {column["name"] for column in inspect(connection).get_columns(table.name)}:
        connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {declared}"))


_UPGRADES = {1: _to_second, 2: _to_third, 3: _to_fourth, 4: _to_fifth}
