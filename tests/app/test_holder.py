"""One process holds a data directory; the others find its address, and never a dead one's."""

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.holder import Address, Holder, Serving, find_service, held, is_held, local_url, refusal
from corpus.errors import DataDirectoryError, HeldError, MachineError

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from app.holder import Holder
holder = Holder.acquire(Path(sys.argv[1]))
if len(sys.argv) > 2:
    holder.publish(sys.argv[2], "secret")
print("held", flush=True)
time.sleep(60)
"""


@contextmanager
def other_process(folder: Path, *url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that holds `folder` and publishes `url`, if one is given, until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), *url], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_holder_makes_the_data_directory_and_keeps_others_out(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    with Holder.acquire(folder):
        assert is_held(folder)
        with pytest.raises(HeldError):
            Holder.acquire(folder, patience=0)
    assert not is_held(folder)
    Holder.acquire(folder, patience=0).release()


def test_a_refused_command_is_told_which_process_holds_what(tmp_path: Path) -> None:
    with other_process(tmp_path) as process:
        with pytest.raises(HeldError) as caught:
            Holder.acquire(tmp_path, patience=0)
        assert f"process {process.pid}" in str(caught.value)
        assert str(tmp_path) in str(caught.value)
        assert "stop it" in str(caught.value)


def test_a_holder_waits_for_one_that_ends(tmp_path: Path) -> None:
    first = Holder.acquire(tmp_path)
    threading.Timer(0.2, first.release).start()
    with Holder.acquire(tmp_path, patience=10):
        assert is_held(tmp_path)


def test_the_address_is_found_while_the_service_lives(tmp_path: Path) -> None:
    with Holder.acquire(tmp_path) as holder:
        published = holder.publish("http://127.0.0.1:8000")
        assert find_service(tmp_path) == published == Address(os.getpid(), "http://127.0.0.1:8000", published.token)
        assert len(published.token) >= 32
    assert find_service(tmp_path) is None
    assert not (tmp_path / "address.json").exists()


@pytest.mark.parametrize("database", [None, "postgresql://user:p4ss@host/name"])
def test_what_a_service_works_with_is_published_without_its_secrets(tmp_path: Path, database: str | None) -> None:
    serving = Serving.of("BAAI/bge-m3", database)
    with Holder.acquire(tmp_path) as holder:
        published = holder.publish("http://127.0.0.1:8000", "secret", serving)
        assert find_service(tmp_path) == published
        assert published.serving == serving
        note = json.loads((tmp_path / "address.json").read_text(encoding="utf-8"))
    assert note["model"] == "BAAI/bge-m3"
    assert note["database"] == (hashlib.sha256(database.encode()).hexdigest() if database else None)


@pytest.mark.parametrize("told", [{}, {"model": "x"}, {"model": 3, "database": None}, {"model": "x", "database": 3}])
def test_an_address_of_a_version_that_tells_less_is_still_an_address(tmp_path: Path, told: dict[str, object]) -> None:
    with Holder.acquire(tmp_path):
        note = {"pid": 7, "url": "http://127.0.0.1:9", "token": "secret", **told}
        (tmp_path / "address.json").write_text(json.dumps(note), encoding="utf-8")
        assert find_service(tmp_path) == Address(7, "http://127.0.0.1:9", "secret", serving=None)


def test_an_address_that_cannot_be_removed_lets_the_directory_go(tmp_path: Path) -> None:
    holder = Holder.acquire(tmp_path)
    (tmp_path / "address.json").unlink()
    (tmp_path / "address.json").mkdir()
    with pytest.raises(DataDirectoryError, match="BELEIDSWIJZER_DATA_DIR"):
        holder.release()
    assert not is_held(tmp_path)
    holder.release()


def test_the_address_is_for_its_owner_only(tmp_path: Path) -> None:
    with Holder.acquire(tmp_path) as holder:
        address = holder.publish("http://127.0.0.1:8000", "secret")
        assert (tmp_path / "address.json").stat().st_mode & 0o777 == 0o600
        assert "secret" not in repr(address)
        assert "secret" in (tmp_path / "address.json").read_text(encoding="utf-8")


def test_a_killed_service_leaves_an_address_that_nobody_uses(tmp_path: Path) -> None:
    with other_process(tmp_path, "http://127.0.0.1:9") as process:
        found = find_service(tmp_path)
        assert found == Address(process.pid, "http://127.0.0.1:9", "secret")
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (tmp_path / "address.json").exists()
        assert find_service(tmp_path) is None
        with Holder.acquire(tmp_path, patience=0):
            assert json.loads((tmp_path / "address.json").read_text(encoding="utf-8"))["url"] is None


def test_a_holder_without_address_is_waited_for_and_then_named(tmp_path: Path) -> None:
    with other_process(tmp_path) as process, pytest.raises(HeldError, match=f"process {process.pid}"):
        find_service(tmp_path, patience=0.2)


def test_an_address_that_comes_late_is_found(tmp_path: Path) -> None:
    with Holder.acquire(tmp_path) as holder:
        threading.Timer(0.2, holder.publish, ["http://127.0.0.1:8000", "secret"]).start()
        found = find_service(tmp_path, patience=10)
    assert found is not None
    assert found.token == "secret"


def test_a_service_that_does_not_answer_is_named_with_its_address(tmp_path: Path) -> None:
    with Holder.acquire(tmp_path) as holder:
        holder.publish("http://127.0.0.1:9")
        with pytest.raises(HeldError, match=r"does not answer at http://127\.0\.0\.1:9"):
            find_service(tmp_path, patience=0.1, reachable=lambda address: address.url == "elsewhere")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x"}', '{"url": 3, "pid": null}', "\udcff"])
def test_an_address_file_that_is_damaged_counts_as_none(tmp_path: Path, content: str) -> None:
    with Holder.acquire(tmp_path):
        (tmp_path / "address.json").write_bytes(content.encode("utf-8", "surrogateescape"))
        with pytest.raises(HeldError, match="another process"):
            find_service(tmp_path, patience=0)


def test_looking_for_a_service_makes_nothing(tmp_path: Path) -> None:
    assert find_service(tmp_path / "absent") is None
    assert not (tmp_path / "absent").exists()


def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("", encoding="utf-8")
    assert find_service(file) is None
    with pytest.raises(DataDirectoryError, match="BELEIDSWIJZER_DATA_DIR"):
        Holder.acquire(file)


def test_an_address_that_cannot_be_written_lets_the_directory_go(tmp_path: Path) -> None:
    (tmp_path / "address.part").mkdir()
    with pytest.raises(DataDirectoryError):
        Holder.acquire(tmp_path)
    assert not is_held(tmp_path)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EROFS, DataDirectoryError),
        (errno.EACCES, DataDirectoryError),
        (errno.EPERM, DataDirectoryError),
        (errno.ENOSPC, MachineError),
        (errno.EDQUOT, MachineError),
        (errno.EIO, MachineError),
    ],
)
def test_a_fault_of_the_system_names_directory_reason_and_remedy(
    tmp_path: Path, number: int, kind: type[Exception]
) -> None:
    error = refusal(tmp_path, OSError(number, os.strerror(number)))
    assert type(error) is kind
    assert str(tmp_path) in str(error)
    assert os.strerror(number) in str(error)
    assert "BELEIDSWIJZER_DATA_DIR" in str(error)


def test_a_second_service_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with Holder.acquire(tmp_path) as holder:
        holder.publish("http://127.0.0.1:8000")
        with pytest.raises(HeldError, match=r"which serves at http://127\.0\.0\.1:8000"):
            Holder.acquire(tmp_path, patience=0)


def test_an_unknown_holder_is_another_process(tmp_path: Path) -> None:
    assert "another process" in str(held(tmp_path))


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
        ("2001:db8::7", "http://[2001:db8::7]:8000"),
        ("localhost", "http://localhost:8000"),
    ],
)
def test_a_service_on_every_interface_is_reached_by_loopback(host: str, url: str) -> None:
    assert local_url(host, 8000) == url
