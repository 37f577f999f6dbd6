"""A file to a document version with its passages, before anything is encoded or stored."""

import re
from dataclasses import dataclass
from datetime import datetime

from corpus.document import Document
from corpus.entry import Entry, readable
from corpus.errors import DocumentError
from corpus.files import FileStore
from corpus.passage import Passage
from corpus.stored import CanonicalText, StoredDocument
from ingest.read import read_document
from ingest.split import SPLITTER, split
from ingest.version import version_of

_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # what neither UTF-8 nor a database can hold


@dataclass(frozen=True, slots=True)
class Reading:
    """One version of a document as it was read from the copy of its file; `passages` is never empty."""

    entry: Entry
    file_sha256: str
    version: str
    document: Document
    passages: tuple[Passage, ...]

    @property
    def text(self) -> CanonicalText:
        return CanonicalText(self.version, self.document.text, self.document.pages, self.document.sections)

    def stored(self, seconds: float, ingested_at: datetime) -> StoredDocument:
        """What the register keeps of it beside the text."""
        return StoredDocument(
            metadata=self.entry.metadata,
            version=self.version,
            file_sha256=self.file_sha256,
            path=readable(self.entry.path),
            parser=self.document.parser,
            splitter=SPLITTER,
            coverage=self.document.coverage,
            problems=tuple(_NO_TEXT.sub("\ufffd", problem) for problem in self.document.problems),
            passages=len(self.passages),
            seconds=seconds,
            ingested_at=ingested_at,
        )


def read_version(entry: Entry, files: FileStore) -> Reading:
    """Keep the file and read the copy, so that what is kept is what was read; DocumentError with a reason."""
    kept = files.put(entry.path)
    path = files.path(kept)
    try:
        document = read_document(path)
    except DocumentError as error:
        raise DocumentError(str(error).replace(str(path), str(entry.path))) from error
    if bad := _NO_TEXT.search(document.text):
        raise DocumentError(
            f"{entry.path} holds U+{ord(bad.group()):04X} at position {bad.start()}, which is no text; "
            "save it as UTF-8 text, or as another PDF"
        )
    version = version_of(kept, entry.metadata, document)
    passages = tuple(split(version, document))
    if not passages:
        raise DocumentError(f"{entry.path} holds no text that can be found; give a file with text")
    return Reading(entry, kept, version, document, passages)
