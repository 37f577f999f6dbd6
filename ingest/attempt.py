"""One file's reading, whatever comes of it; made away from the thread that encodes and stores."""

import time
from dataclasses import dataclass

from corpus.entry import Entry
from corpus.errors import DocumentError
from corpus.files import FileStore, file_sha256
from corpus.reason import Why, because
from corpus.stored import Refusal, StoredDocument
from ingest.document_reader import DocumentReader
from ingest.read import PARSERS, was_recognised
from ingest.reading import Reading, read_version
from ingest.split import SPLITTER

_SEVERAL = 3  # passages of a text that certainly has a sketch


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of reading a file: one of the first three, `unchanged` where it is the same as before.

    `refused`, beside a failure: nothing changed since the file was refused, so it was not read again. `file_sha256` is
    None where the file was not copied; `seconds` is what all this took.
    """

    reading: Reading | None
    unchanged: StoredDocument | None
    failure: DocumentError | None
    file_sha256: str | None
    refused: Refusal | None
    seconds: float


def attempt(
    entry: Entry, known: StoredDocument | None, refused: Refusal | None, files: FileStore, reader: DocumentReader
) -> Attempt:
    """Read a file, unless it is the same as what is `known` of it, or as when it was `refused`."""
    started = time.monotonic()
    reading = unchanged = failure = kept = again = None
    try:
        if entry.fault is not None:
            raise DocumentError(entry.shown, entry.fault)
        if known is not None and _is_unchanged(known, entry, reader):
            unchanged = known
        elif refused is not None and _is_as_refused(refused, entry, reader):
            again, kept = refused, refused.file_sha256
            failure = DocumentError(entry.shown, because(Why.TOLD, told=refused.reason))
        else:
            kept = files.put(entry.path)
            reading = read_version(entry, kept, files, reader.read)
    except DocumentError as error:
        failure = error
    return Attempt(reading, unchanged, failure, kept, again, time.monotonic() - started)


def _is_as_refused(refused: Refusal, entry: Entry, reader: DocumentReader) -> bool:
    """Whether reading a file once more would be in vain; one that is sent once more is meant to be tried."""
    return (
        not entry.received
        and refused.file_sha256 is not None
        and refused.reader == reader.fingerprint
        and refused.file_sha256 == file_sha256(entry.path)
    )


def _is_unchanged(known: StoredDocument, entry: Entry, reader: DocumentReader) -> bool:
    return (
        known.metadata == entry.metadata
        and known.splitter == SPLITTER
        and known.parser in PARSERS
        and (known.sketch.shingles > 0 or known.passages < _SEVERAL)  # else of a version that made none
        and known.file_sha256 == file_sha256(entry.path)
        and not _wants_recognition(known, reader)
    )


def _wants_recognition(known: StoredDocument, reader: DocumentReader) -> bool:
    """Whether a document has scanned pages that no text recognition saw, and now one could."""
    seen = was_recognised(known.parser) or bool(known.coverage.ocr)
    return bool(known.coverage.scanned) and not seen and reader.recognises
