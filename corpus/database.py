"""The SQL database of the register: the one module that meets SQLAlchemy's exceptions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from corpus.errors import (
    BeleidswijzerError,
    DataDirectoryError,
    HeldError,
    MachineError,
    SettingsError,
    UnreachableError,
)

_WAIT_SECONDS = 30
_WRITING = "beleidswijzer_writing"
_WHERE = "BELEIDSWIJZER_DATA_DIR or BELEIDSWIJZER_DATABASE_URL"
_EXAMPLES = "such as postgresql://user@host/database, or leave it out for SQLite"

# PostgreSQL's SQLSTATE values; 28 is a class (https://www.postgresql.org/docs/current/errcodes-appendix.html)
_PG_NO_ROOM, _PG_READ_ONLY, _PG_NO_ACCESS, _PG_NO_DATABASE = "53100", "25006", "28", "3D000"


class Database:
    """Read and write transactions on SQLite or PostgreSQL; safe to use from several threads.

    A write is durable when its block ends. On SQLite writers wait for one another, readers for nobody (WAL).
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        consistent = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        self._readers = engine.execution_options(**consistent)

    @classmethod
    def open(cls, url: str) -> "Database":
        """Connect lazily; SettingsError for a URL that cannot be right or whose driver is not installed."""
        try:
            parsed = _parsed(url)
            engine = create_engine(parsed, hide_parameters=True, **_arguments(parsed))
        except ModuleNotFoundError as error:
            raise SettingsError(
                f"BELEIDSWIJZER_DATABASE_URL needs the Python package {error.name!r}: install it (pip install "
                f"'psycopg[binary]' for PostgreSQL), or leave the setting out for SQLite"
            ) from error
        except (ArgumentError, NoSuchModuleError, ValueError) as error:
            raise SettingsError(f"BELEIDSWIJZER_DATABASE_URL is not a database URL: give one {_EXAMPLES}") from error
        if parsed.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _configure_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return cls(engine)

    @property
    def name(self) -> str:
        """The database as messages name it, without a password."""
        url = self._engine.url
        return str(url.database) if self._engine.dialect.name == "sqlite" else url.render_as_string()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the database."""
        with self._translated(), self._readers.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: committed when the block ends, undone when it raises."""
        with (
            self._translated(),
            self._engine.connect().execution_options(**{_WRITING: True}) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise _translation(error, self.name) from error


def _parsed(url: str) -> URL:
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql") or not parsed.database:
        raise ValueError("a database that cannot hold the register")
    return parsed


def _arguments(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        return {"pool_pre_ping": True, "max_overflow": 32, "connect_args": {"connect_timeout": _WAIT_SECONDS}}
    return {"max_overflow": 32, "connect_args": {"timeout": _WAIT_SECONDS}}


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the "begin" listener says BEGIN, so that reads are transactions as well
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _translation(error: SQLAlchemyError, name: str) -> BeleidswijzerError:
    original = error.orig if isinstance(error, DBAPIError) else None
    sqlite_code = getattr(original, "sqlite_errorcode", None)
    sqlstate = getattr(original, "sqlstate", None)
    if sqlite_code is not None:
        no_room = int(sqlite_code) == sqlite3.SQLITE_IOERR_SHMSIZE  # for the index of the write-ahead log
        code = sqlite3.SQLITE_FULL if no_room else int(sqlite_code) & 0xFF
        return _sqlite_translation(code, name, str(original))
    if sqlstate == _PG_NO_ROOM:
        return MachineError(f"No room for the register in {name}: make room on the database server and run it again")
    if sqlstate == _PG_READ_ONLY:
        return DataDirectoryError(f"The register in {name} is read-only: give BELEIDSWIJZER_DATABASE_URL a primary")
    if sqlstate is not None and (sqlstate.startswith(_PG_NO_ACCESS) or sqlstate == _PG_NO_DATABASE):
        return SettingsError(f"The register in {name} cannot be opened ({original}): check BELEIDSWIJZER_DATABASE_URL")
    if sqlstate is None and isinstance(error, DBAPIError | PoolTimeoutError):
        reason = str(original or error).strip().partition("\n")[0]
        return UnreachableError(f"The register in {name} does not answer ({reason}): is the database server running?")
    return MachineError(f"The register in {name} failed: {original or error}")


def _sqlite_translation(code: int, name: str, reason: str) -> BeleidswijzerError:
    match code:
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return DataDirectoryError(
                f"The register {name} cannot be written ({reason}): make it writable, or set {_WHERE} to a "
                f"place you may write in"
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DataDirectoryError(
                f"The register {name} is no usable database ({reason}): restore a backup, or set {_WHERE} to "
                f"another place and ingest again"
            )
        case sqlite3.SQLITE_FULL:
            return MachineError(f"No room on disk for the register {name}: make room and run it again")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return HeldError(f"The register {name} is held by another process ({reason}): stop it and run this again")
        case _:
            return MachineError(f"The register {name} failed ({reason}): check the disk and run it again")
