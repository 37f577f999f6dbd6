"""Originals, kept by content."""

import hashlib
import os
import threading
from pathlib import Path

import pytest

from corpus.errors import DataDirectoryError, DocumentError, MachineError
from corpus.files import FileStore, file_sha256


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "bestanden")


def test_keeps_a_file_under_its_sha256(store: FileStore, tmp_path: Path) -> None:
    content = os.urandom(3 << 20)
    source = tmp_path / "a.pdf"
    source.write_bytes(content)
    kept = store.put(source)
    assert kept == sha256(content) == file_sha256(source)
    assert store.path(kept).read_bytes() == content
    assert store.put(source) == kept
    store.remove(kept)
    store.remove(kept)
    assert not store.path(kept).exists()


def test_leaves_no_half_copy(store: FileStore, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"a")
    store.put(source)
    assert [path.name for path in (tmp_path / "bestanden").rglob("*") if path.is_file()] == [sha256(b"a")]


def test_a_sweep_removes_what_nobody_refers_to(store: FileStore, tmp_path: Path) -> None:
    for content in (b"a", b"b"):
        (tmp_path / "bron").write_bytes(content)
        store.put(tmp_path / "bron")
    (tmp_path / "bestanden" / ".half-x").write_bytes(b"half")
    (tmp_path / "bestanden" / "LEESMIJ").write_bytes(b"not ours")
    store.sweep(keep={sha256(b"a")}, older_than=60)
    assert store.path(sha256(b"b")).exists()
    store.sweep(keep={sha256(b"a")}, older_than=0)
    left = {path.name for path in (tmp_path / "bestanden").rglob("*") if path.is_file()}
    assert left == {sha256(b"a"), "LEESMIJ"}


@pytest.mark.parametrize("name", ["geen.txt", "map", "pijp"])
def test_a_source_that_cannot_be_read(store: FileStore, tmp_path: Path, name: str) -> None:
    (tmp_path / "map").mkdir()
    os.mkfifo(tmp_path / "pijp")
    for read in (store.put, file_sha256):
        with pytest.raises(DocumentError, match=name):
            read(tmp_path / name)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_bytes(b"")
    with pytest.raises(DataDirectoryError, match="BELEIDSWIJZER_DATA_DIR"):
        FileStore(tmp_path / "bestand")
    with pytest.raises(DataDirectoryError, match="bestand"):
        FileStore(tmp_path / "bestand" / "sub")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_no_room_is_said(tmp_path: Path) -> None:
    class FullStore(FileStore):
        """A store whose every place is on a full disk."""

        def path(self, sha256: str) -> Path:
            with Path("/dev/full").open("wb", buffering=0) as full:
                full.write(b"x")
            return super().path(sha256)

    (tmp_path / "a").write_bytes(b"a")
    store = FullStore(tmp_path / "bestanden")
    with pytest.raises(MachineError, match="No room on disk"):
        store.put(tmp_path / "a")
    assert list((tmp_path / "bestanden").iterdir()) == []


def test_only_a_sha256_is_a_place(store: FileStore) -> None:
    with pytest.raises(ValueError, match=r"\.\./x"):
        store.path("../x")


def test_what_comes_in_is_kept_as_a_whole_or_not_at_all(store: FileStore, tmp_path: Path) -> None:
    with store.receiving() as incoming:
        incoming.write(b"a" * 100_000)
        incoming.write(b"b")
        assert incoming.size == 100_001
        kept = incoming.keep()
    assert kept == incoming.sha256 == sha256(b"a" * 100_000 + b"b")
    assert store.path(kept).stat().st_size == 100_001

    def broken_off() -> None:
        with store.receiving() as incoming:
            incoming.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    with store.receiving() as incoming:
        incoming.write(b"half")
    assert [path for path in (tmp_path / "bestanden").rglob("*") if path.is_file()] == [store.path(kept)]


def test_no_sweep_takes_what_is_coming_in(store: FileStore) -> None:
    with store.receiving() as incoming:
        incoming.write(b"een")
        store.sweep(keep=(), older_than=0)
        incoming.write(b" twee")
        kept = incoming.keep()
    assert store.path(kept).read_bytes() == b"een twee"
    store.sweep(keep=(), older_than=0)
    assert not store.path(kept).exists()


def test_a_file_comes_in_while_others_are_being_referred_to(store: FileStore) -> None:
    """Whoever keeps one waits for the register; nobody who sends another waits for that."""
    done: list[str] = []

    def receive() -> None:
        with store.receiving() as incoming:
            incoming.write(b"een")
            done.append(incoming.sha256)

    thread = threading.Thread(target=receive, daemon=True)
    with store.settling():
        thread.start()
        thread.join(timeout=10)
        assert done == [sha256(b"een")]


def test_a_file_that_cannot_begin_tells_why(store: FileStore, tmp_path: Path) -> None:
    (tmp_path / "bestanden").rmdir()
    (tmp_path / "bestanden").write_bytes(b"")
    with pytest.raises(DataDirectoryError, match="Cannot write in"), store.receiving():
        raise AssertionError("was begun")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_file_that_comes_in_is_for_its_user_alone(store: FileStore) -> None:
    with store.receiving() as incoming:
        kept = incoming.keep()
    assert store.path(kept).stat().st_mode & 0o077 == 0


def test_a_sweep_waits_for_what_is_being_referred_to(store: FileStore) -> None:
    """A file that is kept and told of in one breath is seen by the sweep that comes after it."""
    known: set[str] = set()
    kept, may_go_on = threading.Event(), threading.Event()

    def keep() -> None:
        with store.receiving() as incoming, store.settling():
            incoming.write(b"een")
            sha = incoming.keep()
            kept.set()
            may_go_on.wait()
            known.add(sha)

    thread = threading.Thread(target=keep)
    thread.start()
    kept.wait()
    threading.Timer(0.05, may_go_on.set).start()
    with store.settling():
        store.sweep(keep=known, older_than=0)
    thread.join()
    assert store.path(sha256(b"een")).exists()
