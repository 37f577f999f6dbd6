"""The tables of the register."""

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from corpus.errors import DataDirectoryError

SCHEMA_VERSION = 3


class State(StrEnum):
    """Where a document version is in its life: no query sees it, every query may, none may any more."""

    PENDING = "pending"
    ACTIVE = "active"
    RETIRED = "retired"


class GenerationState(StrEnum):
    """Whether an index is being filled or answers the questions."""

    BUILDING = "building"
    CURRENT = "current"


tables = MetaData()

# One row. `changes` goes up in every transaction that changes what a query sees, so that a cache can tell.
register = Table(
    "register",
    tables,
    Column("id", Integer, primary_key=True),
    Column("schema_version", Integer, nullable=False),
    Column("changes", BigInteger, nullable=False),
)

generation = Table(
    "generation",
    tables,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("model", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("dimension", Integer, nullable=False),
    Column("lexical_version", Text, nullable=False),
    Column("second_stage", String(10), nullable=False),
    Column("state", String(10), nullable=False),
)
Index(
    "one_current_generation",
    generation.c.state,
    unique=True,
    sqlite_where=text("state = 'current'"),
    postgresql_where=text("state = 'current'"),
)

version = Table(
    "version",
    tables,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("document_id", String(200), nullable=False),
    Column("state", String(10), nullable=False),
    Column("changed_at", Float, nullable=False),  # seconds since 1970 of the last change of state, or of what is told
    Column("ingested_at", Float, nullable=False),
    Column("metadata", Text, nullable=False),  # this and the others below: JSON, see register_rows.py
    Column("file_sha256", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("parser", Text, nullable=False),
    Column("splitter", Text, nullable=False),
    Column("coverage", Text, nullable=False),
    Column("problems", Text, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("text", Text, nullable=False),
    Column("pages", Text, nullable=False),
    Column("sections", Text, nullable=False),
    Column("boxes", Text, nullable=False),
    Column("proposals", Text, nullable=False),
    Column("tables", Integer, nullable=False),
    Column("sketch", Text, nullable=False),
)
Index("version_document", version.c.document_id)
Index("version_state", version.c.state)
Index(
    "one_active_version",
    version.c.document_id,
    unique=True,
    sqlite_where=text("state = 'active'"),
    postgresql_where=text("state = 'active'"),
)

passage = Table(
    "passage",
    tables,
    Column("id", String(36), primary_key=True),
    Column("version", ForeignKey("version.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("page_from", Integer),
    Column("page_to", Integer),
    Column("problem", Text),  # of its text, such as damaged columns
    Column("in_table", Boolean, nullable=False),
    Column("by_ocr", Boolean, nullable=False),
)
Index("passage_version", passage.c.version, passage.c.ordinal, unique=True)

# A version whose points are all in the index of a generation; `problems` are those that the model has with it.
indexed = Table(
    "indexed",
    tables,
    Column("generation", ForeignKey("generation.id", ondelete="CASCADE"), primary_key=True),
    Column("version", ForeignKey("version.id", ondelete="CASCADE"), primary_key=True),
    Column("problems", Text, nullable=False),
    Column("token_vectors", Integer, nullable=False),  # of all its passages together
)
Index("indexed_version", indexed.c.version)

# In how many passages of a version a term occurs; summed over the active versions it is the document frequency.
version_term = Table(
    "version_term",
    tables,
    Column("generation", Integer, primary_key=True),
    Column("term", BigInteger, primary_key=True),  # unsigned 32 bits
    Column("version", Integer, primary_key=True),
    Column("passages", Integer, nullable=False),
    ForeignKeyConstraint(["generation", "version"], ["indexed.generation", "indexed.version"], ondelete="CASCADE"),
    sqlite_with_rowid=False,
)
Index("version_term_version", version_term.c.version, version_term.c.generation)

# In how many passages of a version a lower-case word form occurs, by its first letter: what slips are mended with.
version_word = Table(
    "version_word",
    tables,
    Column("initial", String(1), primary_key=True),
    Column("word", String(64), primary_key=True),
    Column("version", ForeignKey("version.id", ondelete="CASCADE"), primary_key=True),
    Column("passages", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("version_word_version", version_word.c.version)

# What a version says that its abbreviations stand for.
abbreviation = Table(
    "abbreviation",
    tables,
    Column("version", ForeignKey("version.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("short", Text, nullable=False),
    Column("long", Text, nullable=False),
)

# Work that was accepted, in the order of its number; `task_order` and `result` are JSON, `key` is a digest of kind and
# order. A task that has not ended keeps its file.
task = Table(
    "task",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("key", String(64), nullable=False),
    Column("task_order", Text, nullable=False),
    Column("file_sha256", String(64)),
    Column("state", String(10), nullable=False),
    Column("progress", Float, nullable=False),
    Column("error", Text),
    Column("result", Text),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
)
Index("task_state", task.c.state, task.c.number)
Index("task_key", task.c.key)

# A document whose file could not be read; `path` is where it was found, or the name under which it came in.
refusal = Table(
    "refusal",
    tables,
    Column("document_id", String(200), primary_key=True),
    Column("metadata", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("file_sha256", String(64)),
    Column("reason", Text, nullable=False),
    Column("at", Float, nullable=False),
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


_UPGRADES = {1: _to_second, 2: _to_third}
