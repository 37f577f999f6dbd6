"""The original files, kept under the sha256 of their content."""

import errno
import hashlib
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from corpus.errors import DataDirectoryError, DocumentError, MachineError
from corpus.reason import Why, because, of_system

HEAD_BYTES = 1 << 20
_BLOCK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HALF = ".half-"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST})


class IncomingFile:
    """A file on its way into a `FileStore`, written block by block; see `FileStore.receiving`.

    MachineError where there is no room.
    """

    def __init__(self, folder: Path, name: Path, half: BinaryIO, place: Callable[[str], Path]) -> None:
        self._folder = folder
        self._name = name
        self._half = half
        self._place = place
        self._digest = hashlib.sha256()
        self._head = bytearray()
        self.size = 0

    @property
    def head(self) -> bytes:
        """The first bytes that were written, at most `HEAD_BYTES`."""
        return bytes(self._head)

    @property
    def sha256(self) -> str:
        """Of what was written so far."""
        return self._digest.hexdigest()

    def write(self, block: bytes) -> None:
        with _writing(self._folder):
            self._half.write(block)
        self._digest.update(block)
        self._head += block[: HEAD_BYTES - len(self._head)]
        self.size += len(block)

    def keep(self) -> str:
        """Put what was written in the store, as a whole and for good, and return its sha256."""
        with _writing(self._folder):
            self._half.flush()
            os.fsync(self._half.fileno())
            place = self._place(self.sha256)
            if not place.parent.exists():
                place.parent.mkdir(exist_ok=True)
                _sync(self._folder)
            self._name.replace(place)
            _sync(place.parent)
        return self.sha256


class FileStore:
    """A folder of files named by their sha256, in 256 folders; a file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._settling = threading.Lock()
        self._halves: set[str] = set()
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the file with this content is, if it was put here."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not a sha256")
        return self._folder / sha256[:2] / sha256

    def put(self, source: Path) -> str:
        """Copy a file and return its sha256; once this returns the copy survives a power cut.

        DocumentError where the source cannot be read, MachineError where there is no room.
        """
        with _opened(source) as stream, self.receiving() as copy:
            for block in _blocks(source, stream):
                copy.write(block)
            return copy.keep()

    @contextmanager
    def receiving(self) -> Iterator[IncomingFile]:
        """A new file to write; nothing of it is left at the end unless it was kept, and no sweep takes it before.

        Waits for nobody: a sweep knows its name before it is there.
        """
        half = self._folder / f"{_HALF}{secrets.token_hex(8)}"
        self._halves.add(half.name)
        try:
            with _writing(self._folder):
                stream = _new_file(half)
            try:
                with _writing(self._folder), stream:
                    yield IncomingFile(self._folder, half, stream, self.path)
            finally:
                half.unlink(missing_ok=True)
        finally:
            self._halves.discard(half.name)

    @contextmanager
    def settling(self) -> Iterator[None]:
        """Hold this while a file is kept and referred to, or while what nothing refers to is swept: one at a time."""
        with self._settling:
            yield

    def remove(self, sha256: str) -> None:
        """Forget a file; one that is not there is no error."""
        with _writing(self._folder):
            self.path(sha256).unlink(missing_ok=True)

    def sweep(self, keep: Collection[str], older_than: float) -> None:
        """Remove what a crash left: half copies, and files outside `keep`, both untouched for `older_than` seconds.

        Hold `settling` from before `keep` is read, where files come in meanwhile.
        """
        before = time.time() - older_than
        with _writing(self._folder):
            for path in self._all():
                if path.name not in keep and path.name not in self._halves and _untouched_since(path, before):
                    path.unlink(missing_ok=True)

    def _all(self) -> Iterator[Path]:
        for path in self._folder.iterdir():
            if path.is_dir() and len(path.name) == 2:
                yield from (file for file in path.iterdir() if _SHA256.fullmatch(file.name))
            elif path.name.startswith(_HALF):
                yield path


def file_sha256(path: Path) -> str:
    """The sha256 of a file's content; DocumentError where it cannot be read."""
    with _opened(path) as stream:
        digest = hashlib.sha256()
        for block in _blocks(path, stream):
            digest.update(block)
        return digest.hexdigest()


def _untouched_since(path: Path, moment: float) -> bool:
    """Not of a file that is gone already: one that came in meanwhile."""
    try:
        return path.stat().st_mtime <= moment
    except FileNotFoundError:
        return False


def _new_file(path: Path) -> BinaryIO:
    """A file that was not there, for this user alone."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def _blocks(path: Path, stream: BinaryIO) -> Iterator[bytes]:
    while block := _read(path, stream):
        yield block


def _read(path: Path, stream: BinaryIO) -> bytes:
    try:
        return stream.read(_BLOCK)
    except OSError as error:
        raise DocumentError(str(path), of_system(error)) from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.exists() and not path.is_file():
        raise DocumentError(str(path), because(Why.NO_FILE))
    try:
        stream = path.open("rb")
    except OSError as error:
        raise DocumentError(str(path), of_system(error)) from error
    with stream:
        yield stream


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise MachineError(f"No room on disk for the files in {folder}: make room and run it again") from error
        if error.errno in _READ_ONLY:
            raise DataDirectoryError(
                f"Cannot write in {folder} ({error.strerror}): set BELEIDSWIJZER_DATA_DIR to a folder you may write in"
            ) from error
        raise MachineError(f"Cannot keep files in {folder}: {error.strerror}") from error


def _sync(folder: Path) -> None:
    """Make a rename in a folder survive a power cut; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
