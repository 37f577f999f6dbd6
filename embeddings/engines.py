"""Which engine holds the index: Qdrant Edge in a folder, or a Qdrant server."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import DataDirectoryError
from embeddings.index import Index

_COLLECTION = "beleidswijzer-{id}"


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """Where indexes are kept: the server at `url`, or the folder where that is None."""

    folder: Path
    url: str | None
    api_key: str | None = field(repr=False)


def open_index(place: IndexPlace, id_: str, dimension: int) -> Index:
    """The index with this id, made where it is absent; the engine that is not used is not imported."""
    if place.url is None:
        from embeddings.qdrant_edge import EdgeIndex

        return EdgeIndex.open(place.folder / id_, dimension)
    from embeddings.qdrant_server import ServerIndex

    return ServerIndex.open(place.url, place.api_key, _COLLECTION.format(id=id_), dimension)


def drop_index(place: IndexPlace, id_: str, dimension: int) -> None:
    """Remove the index with this id, which nobody has open; one that is not there is no error."""
    if place.url is not None:
        open_index(place, id_, dimension).drop()
    elif (place.folder / id_).exists():
        _remove(place.folder / id_)


def sweep_indexes(place: IndexPlace, keep: str | None) -> None:
    """Remove every index in the folder but one: what a crash left. On a server others may have indexes of their own."""
    if place.url is None and place.folder.is_dir():
        for folder in place.folder.iterdir():
            if folder.name != keep:
                _remove(folder)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise DataDirectoryError(f"{folder} cannot be removed: {error.strerror}; remove it by hand") from error
