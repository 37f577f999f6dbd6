"""One file's reading, whatever comes of it; made away from the thread that encodes and stores."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.entry import Entry
from corpus.errors import DocumentError
from corpus.files import FileStore, file_sha256
from corpus.stored import StoredDocument
from ingest.read import PARSERS
from ingest.reading import Reading, read_version
from ingest.split import SPLITTER

_SEVERAL = 3  # passages of a text that certainly has a sketch


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of reading a file: one of the first three, `unchanged` where it is the same as before.

    `file_sha256` is None where the file was not copied; `seconds` is what all this took.
    """

    reading: Reading | None
    unchanged: StoredDocument | None
    failure: DocumentError | None
    file_sha256: str | None
    seconds: float


def attempt(entry: Entry, known: StoredDocument | None, files: FileStore, read: Callable[[Path], Document]) -> Attempt:
    """Read a file with `read`, unless it is the same as what is `known` of it."""
    started = time.monotonic()
    reading = unchanged = failure = kept = None
    try:
        if entry.fault is not None:
            raise DocumentError(entry.fault)
        if known is not None and _is_unchanged(known, entry):
            unchanged = known
        else:
            kept = files.put(entry.path)
            reading = read_version(entry, kept, files, read)
    except DocumentError as error:
        failure = error
    return Attempt(reading, unchanged, failure, kept, time.monotonic() - started)


def _is_unchanged(known: StoredDocument, entry: Entry) -> bool:
    return (
        known.metadata == entry.metadata
        and known.splitter == SPLITTER
        and known.parser in PARSERS
        and (known.sketch.shingles > 0 or known.passages < _SEVERAL)  # else of a version that made none
        and known.file_sha256 == file_sha256(entry.path)
    )
