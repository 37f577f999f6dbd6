"""Which entries a list of files and folders stands for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.catalogue import Catalogue, read_sidecar
from corpus.entry import Entry, readable, unknown_metadata
from corpus.errors import CatalogueError, UsageError
from corpus.municipalities import Municipalities
from corpus.reason import Why, because

_SIDECAR = ".toml"
_CATALOGUE = "catalogue.toml"
_ByPath = Mapping[Path, Entry]


def entries_for(paths: Sequence[Path], catalogue: Catalogue | None, municipalities: Municipalities) -> list[Entry]:
    """The documents at `paths` (files, or folders with all that is in them), each file once.

    What is known comes from the catalogue given (by path, else by a file name that is unique), else from the
    sidecar `FILE.toml`, else from the `catalogue.toml` of the folder given, else nothing is known. Hidden files are
    passed over. A sidecar that cannot be used is the fault of its own file only. UsageError names a path that is not
    there, holds no documents or links to itself; CatalogueError tells the faults of a catalogue.
    """
    found: dict[Path, tuple[Path, _ByPath]] = {}
    for path in paths:
        for file, own in _files(path, municipalities):
            found.setdefault(_real(file), (file, own))
    described = _described([file for file, _ in found.values()], catalogue) if catalogue else {}
    return [described.get(file) or _from_folder(file, own, municipalities) for file, own in found.values()]


def _files(path: Path, municipalities: Municipalities) -> Iterator[tuple[Path, _ByPath]]:
    """The documents at a path, each with the entries of the catalogue in that folder."""
    if path.is_dir():
        catalogue = path / _CATALOGUE
        own = _by_path(Catalogue.load(catalogue, municipalities)) if catalogue.is_file() else {}
        files = list(_walk(path, set()))
        if not files:
            raise UsageError(f"Folder {str(path)!r} holds no documents; give a folder with files in it")
        yield from ((file, own) for file in files)
    elif not path.exists():
        raise UsageError(f"{str(path)!r} does not exist; give the path of a file or folder")
    elif path.suffix.lower() == _SIDECAR:
        raise UsageError(f"{str(path)!r} is no document; a catalogue is given with --catalogue")
    else:
        yield path, {}


def _walk(folder: Path, seen: set[Path]) -> Iterator[Path]:
    """The documents under a folder in the order of their names; each real folder once, so that a link cannot loop."""
    if (real := _real(folder)) in seen:
        return
    seen.add(real)
    try:
        members = sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(f"Folder {str(folder)!r} cannot be read: {error.strerror}") from error
    for member in members:
        if member.name.startswith("."):
            continue
        if member.is_dir():
            yield from _walk(member, seen)
        elif member.suffix.lower() != _SIDECAR:
            yield member


def _described(files: Sequence[Path], catalogue: Catalogue) -> dict[Path, Entry]:
    """The files that a catalogue knows: by path, and what is left by name where only one can be meant."""
    by_path = _by_path(catalogue)
    known = {file: by_path[real] for file in files if (real := _real(file)) in by_path}
    listed = Counter(entry.path.name for entry in catalogue.entries)
    offered = Counter(file.name for file in files if file not in known)
    left = {entry.path.name: entry for entry in catalogue.entries if entry not in known.values()}
    for file in files:
        if file not in known and file.name in left and listed[file.name] == offered[file.name] == 1:
            known[file] = left[file.name]
    return {file: Entry(file, entry.metadata) for file, entry in known.items()}


def _by_path(catalogue: Catalogue) -> dict[Path, Entry]:
    return {_real(entry.path): entry for entry in catalogue.entries}


def _from_folder(file: Path, own: _ByPath, municipalities: Municipalities) -> Entry:
    sidecar = file.with_name(file.name + _SIDECAR)
    if sidecar.is_file():
        try:
            return Entry(file, read_sidecar(sidecar, file, municipalities))
        except CatalogueError as error:
            told = "; ".join(reason.dutch for reason in error.reasons)
            faults, name = "; ".join(error.faults), readable(Path(sidecar.name))
            fault = because(Why.SIDECAR, sidecar=readable(sidecar), naam=name, faults=faults, fouten=told)
            return Entry(file, unknown_metadata(file), fault=fault)
    known = own.get(_real(file))
    return Entry(file, known.metadata if known else unknown_metadata(file))


def _real(path: Path) -> Path:
    """The path without links; UsageError for links that lead to themselves (one that is broken fails by itself)."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop, up to Python 3.12
        raise UsageError(f"{str(path)!r} cannot be followed, such as a link to itself; remove the link") from error
