"""What the register knows of files that are gone, or that are read once more."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from corpus.entry import Entry
from corpus.stored import Refusal, StoredDocument
from ingest.reading import place_of

_UNREADABLE = "\ufffd"  # in a path as it is kept: some of its bytes are not known any more


def vanished_documents(
    documents: Iterable[StoredDocument], folders: Sequence[Path], offered: Collection[str]
) -> Iterator[StoredDocument]:
    """Those that were read from a file below one of these folders which is not there, apart from the ids `offered`."""
    places = _places(folders)
    for document in documents:
        if document.metadata.document_id not in offered and _is_gone(document.path, places):
            yield document


def vanished_refusals(refusals: Iterable[Refusal], folders: Sequence[Path]) -> Iterator[Refusal]:
    """Those of files below one of these folders that are not there."""
    places = _places(folders)
    return (refusal for refusal in refusals if _is_gone(refusal.path, places))


def refusals_of(entry: Entry, refusals: Sequence[Refusal]) -> set[str]:
    """The document ids of the refusals that reading a file takes the place of: of its document, and of its place.

    The id of a file in a folder changes with its sidecar, its place does not; the name of a received file is no place.
    """
    place = None if entry.received else place_of(entry)
    ids = {refusal.metadata.document_id for refusal in refusals if refusal.path == place}
    return ids | {entry.metadata.document_id} & {refusal.metadata.document_id for refusal in refusals}


def _places(folders: Sequence[Path]) -> frozenset[Path]:
    return frozenset(place for folder in folders for place in (folder.absolute(), folder.resolve()))


def _is_gone(name: str, places: frozenset[Path]) -> bool:
    """Whether this file is below one of the places and certainly not there; what cannot be seen is not gone."""
    path = Path(name)
    if not path.is_absolute() or _UNREADABLE in name:
        return False
    try:
        if places.isdisjoint((*path.parents, *path.resolve().parents)):
            return False
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, RuntimeError):  # RuntimeError: links in a loop, up to Python 3.12
        return False
    return False
