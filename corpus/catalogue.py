"""The catalogue: which files are documents, and what is known about each."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Metadata
from corpus.entry import Entry, Table, unknown_metadata
from corpus.errors import CatalogueError
from corpus.kinds import KINDS, STATUSES
from corpus.municipalities import Municipalities, load_municipalities
from corpus.reason import Reason, Why, because

__all__ = ["KINDS", "STATUSES", "Catalogue", "Entry", "packaged_catalogue", "read_sidecar", "unknown_metadata"]

_LINE = re.compile(r"\(at line (\d+)")  # in what tomllib says
_PACKAGED = Path(__file__).parent / "catalogue.toml"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of one catalogue file, in its order; every path exists and every id is there once."""

    path: Path
    entries: tuple[Entry, ...]

    @classmethod
    def load(cls, path: Path, municipalities: Municipalities | None = None) -> "Catalogue":
        """Read a TOML file of [[document]] tables; CatalogueError lists all its faults at once.

        `file` is a path from the catalogue's folder; a key that is not there is unknown.
        """
        municipalities = municipalities or load_municipalities()
        content = _toml(path)
        faults = [f"unknown key {key!r}; a catalogue holds [[document]] tables" for key in content if key != "document"]
        tables = content.get("document", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables) or not tables:
            raise CatalogueError(str(path), [*faults, "no documents: it needs [[document]] tables"])
        entries: list[Entry] = []
        for number, values in enumerate(tables, start=1):
            table = Table(values, municipalities, extra=("file",))
            entry = _entry(path.parent, table, values)
            entries.append(entry)
            name = f"document {number}" + (f" ({entry.metadata.document_id})" if entry.metadata.document_id else "")
            faults += [f"{name}: {fault.english}" for fault in table.faults]
        faults += _doubles(entries)
        if faults:
            raise CatalogueError(str(path), faults)
        return cls(path, tuple(entries))


def packaged_catalogue() -> Catalogue:
    """The five notes that come with the product."""
    return Catalogue.load(_PACKAGED)


def read_sidecar(path: Path, file: Path, municipalities: Municipalities | None = None) -> Metadata:
    """What the TOML file `path` says about `file`; the keys of a [[document]] table, without `file`."""
    values = _toml(path)
    table = Table(values, municipalities or load_municipalities(), extra=())
    unknown = unknown_metadata(file)
    metadata = table.metadata(document_id=unknown.document_id, source_file=unknown.source_file)
    if table.faults:
        raise _unusable(path, *table.faults)
    return metadata


def _entry(folder: Path, table: Table, values: Mapping[str, object]) -> Entry:
    file = table.text("file")
    if "file" not in values:
        table.faults.append(because(Why.NO_FILE_KEY))
    if "id" not in values:
        table.faults.append(because(Why.NO_ID_KEY))
    path = folder / (file or "")
    if file and not path.is_file():
        table.faults.append(because(Why.NO_SUCH_FILE, file=file, place=str(path)))
    return Entry(path, table.metadata(document_id="", source_file=path.name))


def _doubles(entries: list[Entry]) -> list[str]:
    ids = Counter(entry.metadata.document_id for entry in entries if entry.metadata.document_id)
    files = Counter(entry.path.resolve() for entry in entries if entry.path.is_file())
    return [
        *(f"id {document_id!r} is used {times} times" for document_id, times in ids.items() if times > 1),
        *(f"file {str(file)!r} is listed {times} times" for file, times in files.items() if times > 1),
    ]


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _unusable(path, because(Why.SIDECAR_GONE)) from error
    except OSError as error:
        told, number = error.strerror or type(error).__name__, error.errno or 0
        raise _unusable(path, because(Why.SIDECAR_UNREADABLE, error=told, number=number)) from error
    except UnicodeDecodeError as error:
        raise _unusable(path, because(Why.SIDECAR_ENCODING, position=error.start)) from error
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        told = f"regel {line[1]}" if line else "aan het einde"
        raise _unusable(path, because(Why.SIDECAR_NO_TOML, error=str(error), place=told)) from error


def _unusable(path: Path, *faults: Reason) -> CatalogueError:
    return CatalogueError(str(path), [fault.english for fault in faults], faults)
