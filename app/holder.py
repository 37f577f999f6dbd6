"""The one process that holds a data directory, and the address at which the others find it."""

import errno
import json
import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from corpus.errors import BeleidswijzerError, DataDirectoryError, HeldError, MachineError

PATIENCE = 10.0
_LOCK = "lock"
_ADDRESS = "address.json"
_INTERVAL = 0.05
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.EIO})


@dataclass(frozen=True, slots=True)
class Serving:
    """What a service works with: the name of its model, and `database`, a digest of its database URL (None: none)."""

    model: str
    database: str | None

    @classmethod
    def of(cls, model: str, database_url: str | None) -> Self:
        """The same without the URL itself, which may hold a password."""
        return cls(model, sha256(database_url.encode("utf-8", "surrogateescape")).hexdigest() if database_url else None)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service that holds a data directory answers, with the token that only its owner can read.

    `serving` is None where the service was of a version that did not tell.
    """

    pid: int
    url: str
    token: str = field(repr=False)
    serving: Serving | None = None


class Holder:
    """A data directory held by this process until `release` or the end of the process, however it ends."""

    def __init__(self, data_dir: Path, lock: FileLock) -> None:
        self._data_dir = data_dir
        self._lock = lock

    @classmethod
    def acquire(cls, data_dir: Path, patience: float = PATIENCE) -> Self:
        """Hold `data_dir`, made where it is absent; wait at most `patience` seconds for another holder.

        Raises HeldError, DataDirectoryError (read-only, or not a directory) or MachineError (no room).
        """
        lock = FileLock(data_dir / _LOCK, thread_local=False)
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=patience, poll_interval=_INTERVAL)
        except Timeout:
            raise held(data_dir) from None
        except OSError as error:
            raise refusal(data_dir, error) from error
        holder = cls(data_dir, lock)
        try:
            holder._write({"url": None, "token": None})
        except BeleidswijzerError:
            lock.release()
            raise
        return holder

    def publish(self, url: str, token: str | None = None, serving: Serving | None = None) -> Address:
        """Write the address at which this process answers, and what with; `token` is drawn where none is given.

        Call it once the socket is bound. The file is replaced at once and readable for its owner only.
        """
        address = Address(os.getpid(), url, token or secrets.token_urlsafe(32), serving)
        told = {"model": serving.model, "database": serving.database} if serving else {}
        self._write({"url": address.url, "token": address.token, **told})
        return address

    def release(self) -> None:
        """Remove the address and let go; a second call does nothing.

        Raises DataDirectoryError or MachineError where the address cannot be removed; let go of it is all the same.
        """
        if not self._lock.is_locked:
            return
        try:
            (self._data_dir / _ADDRESS).unlink(missing_ok=True)
        except OSError as error:
            raise refusal(self._data_dir, error) from error
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _write(self, note: Mapping[str, str | None]) -> None:
        path = self._data_dir / _ADDRESS
        part = path.with_suffix(".part")
        try:
            part.unlink(missing_ok=True)
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump({"pid": os.getpid(), **note}, file)
            part.replace(path)
        except OSError as error:
            raise refusal(self._data_dir, error) from error


def find_service(
    data_dir: Path, patience: float = PATIENCE, reachable: Callable[[Address], bool] | None = None
) -> Address | None:
    """The address of the service that holds `data_dir`, or None where nobody holds it.

    An address that a dead process left behind is ignored. Where a live process holds the directory and no reachable
    address is there within `patience` seconds: HeldError.
    """
    deadline = time.monotonic() + patience
    while is_held(data_dir):
        address = _read(data_dir)[1]
        if address is not None and (reachable is None or reachable(address)):
            return address
        if time.monotonic() >= deadline:
            raise held(data_dir, "which does not answer at")
        time.sleep(_INTERVAL)
    return None


def is_held(data_dir: Path) -> bool:
    """Whether a live process holds `data_dir`; nothing is made where it does not exist."""
    path = data_dir / _LOCK
    try:
        if not path.exists():
            return False
        with FileLock(path, thread_local=False).acquire(blocking=False):
            return False
    except Timeout:
        return True
    except OSError as error:
        raise refusal(data_dir, error) from error


def held(data_dir: Path, how: str = "which serves at") -> HeldError:
    """The error that names the process that holds `data_dir`, and its address with `how` it is there."""
    pid, address = _read(data_dir)
    process = "another process" if pid is None else f"process {pid}"
    place = "which answers no other command" if address is None else f"{how} {address.url}"
    return HeldError(
        f"data directory {data_dir} is held by {process}, {place}; wait until it is done or stop it, then try again"
    )


def refusal(data_dir: Path, error: OSError) -> DataDirectoryError | MachineError:
    """What an operating system error on `data_dir` means to the user."""
    reason = error.strerror or str(error)
    if error.errno in _NO_ROOM:
        return MachineError(f"data directory {data_dir}: {reason}; make room or choose another BELEIDSWIJZER_DATA_DIR")
    return DataDirectoryError(
        f"data directory {data_dir} cannot be written: {reason}; "
        "give write permission or set BELEIDSWIJZER_DATA_DIR to another folder"
    )


def local_url(host: str, port: int) -> str:
    """The URL at which a service bound to `host` answers on this machine: every interface becomes loopback."""
    try:
        address = ip_address(host)
    except ValueError:
        return f"http://{host or '127.0.0.1'}:{port}"
    if address.is_unspecified:
        address = ip_address("::1" if isinstance(address, IPv6Address) else "127.0.0.1")
    return f"http://[{address}]:{port}" if isinstance(address, IPv6Address) else f"http://{address}:{port}"


def _read(data_dir: Path) -> tuple[int | None, Address | None]:
    """The process and address that the last holder wrote; None for what is not there or not ours."""
    try:
        note = json.loads((data_dir / _ADDRESS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None, None
    match note:
        case {"pid": int(pid), "url": str(url), "token": str(token)}:
            return pid, Address(pid, url, token, _serving(note))
        case {"pid": int(pid)}:
            return pid, None
    return None, None


def _serving(note: Mapping[str, object]) -> Serving | None:
    """What the holder said it works with; None where it said nothing."""
    match note:
        case {"model": str(model), "database": str(database)}:
            return Serving(model, database)
        case {"model": str(model), "database": None}:
            return Serving(model, None)
    return None
