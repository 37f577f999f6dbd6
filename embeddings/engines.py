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


def open_index(place: IndexPlace, id_: str, dimension: int, with_tokens: bool) -> Index:
    """The index with this id, made where it is absent; the engine that is not used is not imported.

    `with_tokens`: it holds token vectors for a second stage, or is to hold them.
    """
    if place.url is None:
        from embeddings.qdrant_edge import EdgeIndex

        return EdgeIndex.open(place.folder / id_, dimension, with_tokens)
    from embeddings.qdrant_server import ServerIndex

    return ServerIndex.open(place.url, place.api_key, _COLLECTION.format(id=id_), dimension, with_tokens=with_tokens)


def bytes_a_value(url: str | None) -> int:
    """What a value of a token vector takes on disk: a server keeps 16 bits, since not every version knows of 8."""
    return 1 if url is None else 2


def drop_index(place: IndexPlace, id_: str, dimension: int, with_tokens: bool) -> None:
    """Remove the index with this id, which nobody has open; one that is not there is no error."""
    if place.url is not None:
        open_index(place, id_, dimension, with_tokens).drop()
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
