"""The tables of the register."""

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

SCHEMA_VERSION = 5


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
    Column("cancelled", Boolean, nullable=False),  # somebody asked for that; one that runs ends when it hears of it
    Column("created_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
)
Index("task_state", task.c.state, task.c.number)
Index("task_key", task.c.key)

# A report that was made; `summary` is JSON, `content` all that it says, compressed.
report = Table(
    "report",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("format", String(10), nullable=False),
    Column("made_at", Float, nullable=False),
    Column("summary", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# The files that were made of a report, one of a format.
report_file = Table(
    "report_file",
    tables,
    Column("report", ForeignKey("report.number", ondelete="CASCADE"), primary_key=True),
    Column("format", String(10), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

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
    Column("reader", Text, nullable=False, server_default=""),  # the fingerprint of what read it, or nothing
)

# What somebody said of a verdict; `filters` is JSON, `made_with` tells model and word analysis.
verdict_feedback = Table(
    "verdict_feedback",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("question", Text, nullable=False),
    Column("municipality", String(10), nullable=False),
    Column("ruling", String(20), nullable=False),
    Column("certainty", Float),
    Column("right_ruling", String(20), nullable=False),
    Column("remark", Text, nullable=False),
    Column("filters", Text, nullable=False),
    Column("made_with", Text, nullable=False),
    Column("given_at", Float, nullable=False),
)
Index("verdict_feedback_given_at", verdict_feedback.c.given_at)
