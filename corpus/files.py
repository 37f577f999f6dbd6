"""The original files, kept under the sha256 of their content."""

import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from corpus.errors import DataDirectoryError, DocumentError, MachineError

_BLOCK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HALF = ".half-"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST})


class FileStore:
    """A folder of files named by their sha256, in 256 folders; a file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
        with _opened(source) as stream, _writing(self._folder):
            half, name = tempfile.mkstemp(prefix=_HALF, dir=self._folder)
            try:
                with os.fdopen(half, "wb") as copy:
                    sha256 = _digest(source, stream, copy.write)
                    copy.flush()
                    os.fsync(copy.fileno())
                place = self.path(sha256)
                if not place.parent.exists():
                    place.parent.mkdir(exist_ok=True)
                    _sync(self._folder)
                Path(name).replace(place)
                _sync(place.parent)
            finally:
                Path(name).unlink(missing_ok=True)
        return sha256

    def remove(self, sha256: str) -> None:
        """Forget a file; one that is not there is no error."""
        with _writing(self._folder):
            self.path(sha256).unlink(missing_ok=True)

    def sweep(self, keep: Collection[str], older_than: float) -> None:
        """Remove what a crash left: half copies, and files outside `keep`, both untouched for `older_than` seconds."""
        before = time.time() - older_than
        with _writing(self._folder):
            for path in self._all():
                if path.name not in keep and path.stat().st_mtime <= before:
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
        return _digest(path, stream, lambda _: None)


def _digest(path: Path, stream: BinaryIO, write: Callable[[bytes], object]) -> str:
    digest = hashlib.sha256()
    while block := _read(path, stream):
        digest.update(block)
        write(block)
    return digest.hexdigest()


def _read(path: Path, stream: BinaryIO) -> bytes:
    try:
        return stream.read(_BLOCK)
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}; check the path and its rights") from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.exists() and not path.is_file():
        raise DocumentError(f"{path} is not a file; give a file or a folder")
    try:
        stream = path.open("rb")
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}; check the path and its rights") from error
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
