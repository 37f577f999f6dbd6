"""A file of results: written whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.errors import MachineError, UsageError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


class OutputFile:
    """A file that is tried before the work begins and filled in one step after it.

        with OutputFile(path) as output:
            output.write(content)

    What stood at `path` stays until `write` has the whole content on disk; a device or pipe is written directly.
    Raises UsageError for a path that cannot be written, MachineError without room.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._target = Path(os.path.realpath(path))
        self._part = self._target.with_name(f".beleidswijzer-{os.getpid()}.part")
        self._special = False

    def __enter__(self) -> Self:
        with self._explained():
            if self._target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if self._target.exists() and not os.access(self._target, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            self._special = self._target.exists() and not self._target.is_file()
            if not self._special:
                self._part.touch()
        return self

    @property
    def is_device(self) -> bool:
        """Whether it is a device or pipe, once it was tried."""
        return self._special

    def write(self, content: bytes) -> None:
        """Make `content` the whole content of the file."""
        with self._explained():
            self._fill(content)
            if not self._special:
                self._part.replace(self._target)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._special:
            self._part.unlink(missing_ok=True)

    def _fill(self, content: bytes) -> None:
        with (self._target if self._special else self._part).open("wb") as file:
            file.write(content)
            file.flush()
            if not self._special:
                os.fsync(file.fileno())

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise MachineError(f"output {self._path}: {error.strerror}; make room and try again") from error
            raise UsageError(
                f"output {self._path} cannot be written: {error.strerror}; choose a file in a folder you may write"
            ) from error
