"""The cache directory: where it is, and what its faults mean to the user."""

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import BeleidswijzerError, DataDirectoryError, MachineError

if sys.platform != "win32":
    import pwd

_FOLDER = "beleidswijzer"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG}
REMEDY = "Choose another cache directory with BELEIDSWIJZER_CACHE_DIR."


def default_cache_dir(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """The user's cache directory on this platform; DataDirectoryError when there is no home directory to put it in."""
    environ = os.environ if environ is None else environ
    if platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"]) / _FOLDER / "Cache"
    chosen = environ.get("XDG_CACHE_HOME", "")
    if platform not in ("win32", "darwin") and Path(chosen).is_absolute():
        return Path(chosen) / _FOLDER
    home = environ.get("USERPROFILE" if platform == "win32" else "HOME") or _home_of_account()
    if not Path(home).is_absolute():
        raise DataDirectoryError(f"There is no home directory for the cache (HOME is {home!r}). {REMEDY}")
    if platform == "win32":
        return Path(home) / "AppData" / "Local" / _FOLDER / "Cache"
    return Path(home) / ("Library/Caches" if platform == "darwin" else ".cache") / _FOLDER


@contextmanager
def cache_faults(path: Path, remedy: str = REMEDY) -> Iterator[None]:
    """Give an OSError in the block the meaning it has for the cache at `path`: MachineError or DataDirectoryError."""
    try:
        yield
    except OSError as error:
        raise cache_fault(path, error, remedy) from error


def cache_fault(path: Path, error: OSError, remedy: str = REMEDY) -> BeleidswijzerError:
    """The error to raise for `error`, which came up while the cache at `path` was used."""
    reason = error.strerror or str(error)
    if error.errno in _NO_ROOM:
        return no_room(path, reason, remedy)
    if error.errno in _NOT_ALLOWED or isinstance(error, PermissionError):
        return DataDirectoryError(f"The cache {path} cannot be written ({reason}). {remedy}")
    return MachineError(f"The cache {path} cannot be used ({reason}). {remedy}")


def no_room(path: Path, reason: str, remedy: str = REMEDY) -> MachineError:
    """The error for a full disk."""
    return MachineError(f"There is no room for the cache {path} ({reason}). Make room, or: {remedy}")


def _home_of_account() -> str:
    """The home directory that the system knows for this account, or nothing."""
    if sys.platform == "win32":
        return ""
    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return ""
