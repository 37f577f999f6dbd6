"""What the command cannot use: an exit code, one message that names value and remedy, and nothing lost."""

import errno
import io
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.cli import run
from tests.embeddings.tiny_model import write_tiny_model
from tests.program import Program, Ran

GOOD = "De gemeente Zwolle bouwt in 2026 een jeugdhonk aan de Zwaluwstraat, met een muziekstudio.\n"
SEARCH = ("search", "jeugdhonk", "--gemeente", "Zwolle")
MEBIBYTE = 1 << 20


def here(program: Program, *argv: str, **settings: str) -> Ran:
    """Run a command in this process, where the libraries of the model are loaded once for all tests."""
    output, messages = io.StringIO(), io.StringIO()
    code = run(argv, program.environment | settings, output, messages)
    return Ran(code, output.getvalue(), messages.getvalue())


def check_refused(ran: Ran, code: int, *parts: str) -> None:
    """One message, on one line, with all of `parts`; nothing on stdout."""
    assert (ran.code, ran.output) == (code, ""), ran.messages
    assert ran.messages.startswith("beleidswijzer: ")
    assert ran.messages.endswith("\n")
    assert ran.messages.count("\n") == 1
    assert "Traceback" not in ran.messages
    assert "internal error" not in ran.messages
    for part in parts:
        assert part in ran.messages


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    """Two models of a few kilobytes with other weights."""
    folders = [tmp_path_factory.mktemp(name) for name in ("first", "second")]
    for seed, folder in enumerate(folders, start=1):
        write_tiny_model(folder, seed)
    return folders


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, models: Sequence[Path]) -> Program:
    """A knowledge base with one note; tests that write take a copy."""
    program = Program(tmp_path_factory.mktemp("original"), models[0])
    note = program.folder / "nota.txt"
    note.write_text(GOOD, encoding="utf-8")
    note.with_name("nota.txt.toml").write_text('id = "zwaluw"\nmunicipalities = ["Zwolle"]\n', encoding="utf-8")
    ran = here(program, "ingest", str(note))
    assert (ran.code, ran.messages) == (0, "")
    return program


@pytest.fixture
def filled(original: Program, tmp_path: Path) -> Program:
    shutil.copytree(original.data, tmp_path / "data")
    return Program(tmp_path, original.model)


@pytest.mark.parametrize(
    ("argv", "parts"),
    [
        (["search", ""], ["the question is empty", "give 1 to 1,000 characters"]),
        (["search", " \t\n "], ["the question is empty", "give 1 to 1,000 characters"]),
        (["search", "v" * 10_000], ["10000 characters", "at most 1000"]),
        (["compare", ""], ["the question is empty", "give 1 to 1,000 characters"]),
        (["compare", "v" * 10_000], ["10000 characters", "at most 1000"]),
        (["search", "jeugd", "--gemeente", "Zwole"], ["'Zwole'", "Zwolle"]),
        (["compare", "jeugd", "--gemeente", "GM9999"], ["'GM9999'"]),
        (["search", "jeugd", "--limit", "0"], ["--limit", "'0'", "from 1 to 50"]),
        (["search", "jeugd", "--limit", "51"], ["--limit", "'51'", "from 1 to 50"]),
        (["search", "jeugd", "--document", "geen-nota"], ["'geen-nota'", "beleidswijzer status"]),
        (["remove", "geen-nota"], ["'geen-nota'", "beleidswijzer status"]),
        (["ingest", "/er/is/niets"], ["/er/is/niets", "give a file or folder"]),
        (["evaluate", "/er/is/niets"], ["/er/is/niets", "vragen.jsonl"]),
        (["report", "/er/is/niets", "--format", "md", "--output", "x"], ["/er/is/niets", "give a readable"]),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_wrong_use_is_refused(original: Program, argv: list[str], parts: list[str]) -> None:
    check_refused(here(original, *argv), 2, *parts)


def test_nothing_ingested_yet_is_said_and_nothing_is_made(original: Program, tmp_path: Path) -> None:
    nothing = Program(tmp_path, original.model)
    for argv in (SEARCH, ("compare", "jeugd"), ("remove", "zwaluw")):
        check_refused(here(nothing, *argv), 2, str(nothing.data), "beleidswijzer ingest")
    assert list(tmp_path.iterdir()) == []


def test_files_that_cannot_be_read_are_named_and_the_others_get_in(filled: Program) -> None:
    notes = filled.folder / "notes"
    notes.mkdir()
    contents = {
        "empty.txt": b"",
        "latin.txt": "Een café in België".encode("latin-1"),
        "controls.txt": b"\x01\x02\x1b\x07",
        "spaces.txt": b" \n\t\n ",
        "good.txt": b"Goede nota over vrijwilligerswerk in de wijk.",
    }
    for name, content in contents.items():
        (notes / name).write_bytes(content)
    ran = here(filled, "ingest", str(notes))
    assert ran.code == 1
    assert ran.output.startswith("1 document, 1 passage, ")
    assert ", 4 problemen (" in ran.output
    messages = dict(line.removeprefix("beleidswijzer: ").split(": ", 1) for line in ran.messages.splitlines())
    assert messages.keys() == {str(notes / name) for name in contents if name != "good.txt"}
    assert "is leeg" in messages[str(notes / "empty.txt")]
    assert "het is geen UTF-8" in messages[str(notes / "latin.txt")]
    assert "sla het op als tekst in UTF-8" in messages[str(notes / "latin.txt")]
    assert "onzichtbare tekens" in messages[str(notes / "controls.txt")]
    assert "spaties en lege regels" in messages[str(notes / "spaces.txt")]
    assert here(filled, "status").output.count("good.txt") == 1
    assert GOOD.strip() in here(filled, *SEARCH).output


def test_another_model_is_refused_until_the_next_ingest(filled: Program, models: Sequence[Path]) -> None:
    other = Program(filled.folder, models[1])
    for argv in (SEARCH, ("compare", "jeugd")):
        check_refused(here(other, *argv), 2, str(models[0]), str(models[1]), "beleidswijzer ingest")
    assert GOOD.strip() in here(filled, *SEARCH).output
    note = filled.folder / "tweede.txt"
    note.write_text("Een tweede nota.\n", encoding="utf-8")
    assert here(other, "ingest", str(note)).code == 0
    assert GOOD.strip() in here(other, *SEARCH).output
    check_refused(here(filled, *SEARCH), 2, str(models[0]), str(models[1]))


def test_another_word_analysis_is_refused_until_the_next_ingest(filled: Program) -> None:
    edit(filled, "UPDATE generation SET lexical_version = 'oud 0'")
    check_refused(here(filled, *SEARCH), 2, "'oud 0'", "beleidswijzer ingest")
    note = filled.folder / "tweede.txt"
    note.write_text("Een tweede nota.\n", encoding="utf-8")
    assert here(filled, "ingest", str(note)).code == 0
    assert GOOD.strip() in here(filled, *SEARCH).output


@pytest.mark.parametrize("command", [SEARCH, ("ingest",), ("status",)], ids=lambda command: command[0])
def test_another_schema_is_refused_and_left_alone(filled: Program, command: tuple[str, ...]) -> None:
    edit(filled, "UPDATE register SET schema_version = 99")
    before = (filled.data / "register.db").read_bytes()
    check_refused(here(filled, *command), 2, str(filled.data), "99", "BELEIDSWIJZER_DATA_DIR")
    assert (filled.data / "register.db").read_bytes() == before


def test_a_database_of_something_else_is_refused(filled: Program) -> None:
    edit(filled, *(f"DROP TABLE {name}" for name in ("version_term", "indexed", "passage", "version", "register")))
    check_refused(here(filled, *SEARCH), 2, str(filled.data), "something else")


def edit(program: Program, *statements: str) -> None:
    with closing(sqlite3.connect(program.data / "register.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.parametrize("command", [SEARCH, ("ingest",), ("serve", "--port", "0")], ids=lambda command: command[0])
@pytest.mark.parametrize("below", ["", "map"])
def test_a_data_directory_that_is_a_file_is_refused(
    original: Program, tmp_path: Path, command: tuple[str, ...], below: str
) -> None:
    file = tmp_path / "bestand"
    file.write_text("van een ander", encoding="utf-8")
    place = str(file / below)
    check_refused(here(original, *command, BELEIDSWIJZER_DATA_DIR=place), 2, place, "BELEIDSWIJZER_DATA_DIR", "folder")
    assert file.read_text(encoding="utf-8") == "van een ander"


def test_an_unknown_setting_is_named(original: Program) -> None:
    ran = here(original, "status", BELEIDSWIJZER_DATA_DRI="/data")
    check_refused(ran, 2, "BELEIDSWIJZER_DATA_DRI", "did you mean BELEIDSWIJZER_DATA_DIR?")


def test_a_model_that_is_not_there_is_named(original: Program, tmp_path: Path) -> None:
    nothing = Program(tmp_path, tmp_path / "geen-model")
    note = original.folder / "nota.txt"
    check_refused(here(nothing, "ingest", str(note)), 2, str(tmp_path / "geen-model"))


def test_a_port_in_use_is_named(filled: Program) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        check_refused(filled.run("serve", "--port", port), 2, f"port {port}", "in use", "--port")
    assert not (filled.data / "address.json").exists()


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """Something mounted on `place`; skips the test where that is not permitted."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting takes root on Linux")
    done = subprocess.run(["mount", *options, str(place)], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"mounting is not permitted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which nothing can be written: by its rights, or for root by a mount."""
    if sys.platform == "win32":
        pytest.skip("rights of folders are other on Windows")
    if os.geteuid() == 0:
        with mounted(folder, "--bind", str(folder)):
            subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
            yield
        return
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


@pytest.mark.parametrize(
    "command", [SEARCH, ("ingest",), ("status",), ("remove", "zwaluw"), ("serve", "--port", "0")], ids=lambda c: c[0]
)
def test_a_read_only_data_directory_is_refused(filled: Program, command: tuple[str, ...]) -> None:
    with read_only(filled.data):
        check_refused(here(filled, *command), 2, str(filled.data), "BELEIDSWIJZER_DATA_DIR")
    assert GOOD.strip() in here(filled, *SEARCH).output


@pytest.mark.parametrize("room", [0, 64 << 10, MEBIBYTE, 4 * MEBIBYTE], ids=lambda room: f"{room >> 10}K")
def test_a_full_disk_loses_nothing_that_was_said_to_be_in(filled: Program, room: int) -> None:
    kept = filled.folder / "kept"
    filled.data.rename(kept)
    filled.data.mkdir()
    with mounted(filled.data, "-t", "tmpfs", "-o", "size=60m", "tmpfs"):
        subprocess.run(["cp", "-a", "--sparse=always", f"{kept}/.", str(filled.data)], check=True)
        fill(filled.data / "filler", leaving=room)
        stopped = filled.run("ingest")
        check_refused(stopped, 5, str(filled.data), "room")
        (filled.data / "filler").unlink()
        subprocess.run(["mount", "-o", "remount,size=300m", str(filled.data)], check=True)
        assert GOOD.strip() in here(filled, *SEARCH).output
        again = here(filled, "ingest")
        assert (again.code, again.messages) == (0, "")
        assert again.output.startswith("5 documenten, ")
        assert "6 documenten, " in here(filled, "status").output
        assert GOOD.strip() in here(filled, *SEARCH).output


def fill(path: Path, leaving: int) -> None:
    """Write a file that leaves so many bytes on its disk."""
    disk = os.statvfs(path.parent)
    try:
        with path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(disk.f_bavail * disk.f_frsize - leaving, 1))
    except OSError as error:
        assert error.errno == errno.ENOSPC  # noqa: PT017 - the last page is for the file itself
