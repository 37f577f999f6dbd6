"""What can go wrong with the database, each as one of our errors; real SQLite throughout."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError

from corpus.database import Database, _translation
from corpus.errors import (
    BeleidswijzerError,
    DataDirectoryError,
    HeldError,
    MachineError,
    SettingsError,
    UnreachableError,
)
from corpus.register import Register
from tests.corpus.register_samples import add, with_generation


def url(path: Path, options: str = "") -> str:
    return f"sqlite:///{path}{options}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An existing register with one document."""
    path = tmp_path / "register.sqlite"
    register = with_generation(Register.open(url(path)))
    register.activate(add(register))
    register.close()
    return path


def test_a_write_is_fully_synchronous_and_readers_do_not_wait(path: Path) -> None:
    database = Database.open(url(path))
    with database.reading() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        with database.writing() as writer:
            writer.exec_driver_sql("UPDATE register SET changes = 99")
            assert connection.exec_driver_sql("SELECT changes FROM register").scalar() != 99
        assert connection.exec_driver_sql("SELECT changes FROM register").scalar() != 99
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}
    database.close()


def test_a_write_that_fails_is_undone(path: Path) -> None:
    database = Database.open(url(path))

    def fail() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("UPDATE register SET changes = 99")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT changes FROM register").scalar() != 99
    database.close()


def test_a_read_only_file_can_be_said(path: Path) -> None:
    with pytest.raises(DataDirectoryError, match=r"register\.sqlite.*readonly.*BELEIDSWIJZER_DATA_DIR"):
        Register.open(f"sqlite:///file:{path}?mode=ro&uri=true")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataDirectoryError, match="unable to open") as raised:
        Register.open(url(tmp_path / "geen" / "register.sqlite"))
    assert "BELEIDSWIJZER_DATA_DIR or BELEIDSWIJZER_DATABASE_URL" in str(raised.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"geen database, wel een bestand" * 100)
    with pytest.raises(DataDirectoryError, match="no usable database"):
        Register.open(url(tmp_path / "register.sqlite"))


def test_a_damaged_register(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[200:] = b"\x55" * (len(content) - 200)
    path.write_bytes(content)
    with pytest.raises(DataDirectoryError, match="no usable database"):
        Register.open(url(path)).snapshot()


def test_a_database_of_something_else(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ander.sqlite") as connection:
        connection.execute("CREATE TABLE klanten (naam TEXT)")
    connection.close()
    with pytest.raises(DataDirectoryError, match="something else"):
        Register.open(url(tmp_path / "ander.sqlite"))


def test_a_register_of_another_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE register SET schema_version = 99")
    connection.close()
    with pytest.raises(DataDirectoryError, match=r"schema version 99.*BELEIDSWIJZER_DATA_DIR"):
        Register.open(url(path))


def test_a_full_disk_loses_nothing_that_was_there(path: Path) -> None:
    register = Register.open(url(path))

    def allow_no_growth(connection: DBAPIConnection, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes this as "no larger than it is now"
        cursor.close()

    event.listen(register._database._engine, "checkout", allow_no_growth)
    with pytest.raises(MachineError, match=r"No room on disk.*make room"):
        add(register, "groot", "woord " * 3000)
    assert [document.metadata.document_id for document in register.snapshot().documents] == ["nota"]
    assert len(register.versions()) == 1
    register.close()


def test_a_database_that_another_process_keeps_locked(path: Path) -> None:
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    database = Database.open(url(path))

    def give_up_at_once(connection: DBAPIConnection, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 0")
        cursor.close()

    event.listen(database._engine, "checkout", give_up_at_once)
    with pytest.raises(HeldError, match=r"register\.sqlite is held"), database.writing():
        pass
    holder.close()
    database.close()


@pytest.mark.parametrize("bad", ["onzin", "mysql://u@h/d", "sqlite://", "bestaatniet://h/d", "", "postgresql://u@h"])
def test_a_url_that_cannot_be_right(bad: str) -> None:
    with pytest.raises(SettingsError, match="BELEIDSWIJZER_DATABASE_URL"):
        Database.open(bad)


def test_a_driver_that_is_not_installed_is_named_with_the_remedy() -> None:
    with pytest.raises(SettingsError, match=r"'pg8000'.*pip install"):
        Database.open("postgresql+pg8000://u:geheim@h/d")


class ServerError(Exception):
    """An exception as a PostgreSQL driver raises it."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("boodschap van de server")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "expected"),
    [
        (None, UnreachableError),
        ("53100", MachineError),
        ("25006", DataDirectoryError),
        ("28P01", SettingsError),
        ("3D000", SettingsError),
        ("XX000", MachineError),
    ],
)
def test_what_a_database_server_can_answer(sqlstate: str | None, expected: type[BeleidswijzerError]) -> None:
    error = OperationalError("SELECT geheim", {"vraag": "geheim"}, ServerError(sqlstate), hide_parameters=True)
    translated = _translation(error, "postgresql+psycopg://u:***@h/d")
    assert type(translated) is expected
    assert "postgresql+psycopg://u:***@h/d" in str(translated)
    assert "geheim" not in str(translated)


def test_a_register_that_was_moved(path: Path, tmp_path: Path) -> None:
    opened: Callable[[Path], Register] = lambda place: Register.open(url(place))  # noqa: E731
    register = opened(path)
    register.close()
    moved = tmp_path / "elders" / "register.sqlite"
    moved.parent.mkdir()
    shutil.move(path, moved)
    register = opened(moved)
    assert [document.metadata.document_id for document in register.snapshot().documents] == ["nota"]
    register.close()
