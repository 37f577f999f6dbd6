"""Documents whose file is gone from the folders that it was read from."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from corpus.stored import Refusal, StoredDocument

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
