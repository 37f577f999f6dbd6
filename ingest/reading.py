"""A file to a document version with its passages, before anything is encoded or stored."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.document import Document
from corpus.entry import Entry, readable
from corpus.errors import DocumentError
from corpus.files import FileStore
from corpus.municipalities import load_municipalities
from corpus.passage import Passage
from corpus.proposal import Proposal
from corpus.reason import Why, because
from corpus.stored import CanonicalText, NewVersion, StoredDocument
from ingest.proposals.propose import with_name
from ingest.sketch import sketch
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

    def as_new(self, seconds: float, ingested_at: datetime) -> NewVersion:
        """What the register keeps of it; `seconds` is what reading and encoding it took."""
        text = CanonicalText(self.version, self.document.text, self.document.pages, self.document.sections)
        return NewVersion(self._stored(seconds, ingested_at), text, self.passages, self.document.boxes)

    def _stored(self, seconds: float, ingested_at: datetime) -> StoredDocument:
        return StoredDocument(
            metadata=self.entry.metadata,
            version=self.version,
            file_sha256=self.file_sha256,
            path=place_of(self.entry),
            parser=self.document.parser,
            splitter=SPLITTER,
            coverage=self.document.coverage,
            problems=tuple(_NO_TEXT.sub("\ufffd", problem) for problem in self.document.problems),
            proposals=tuple(
                Proposal(each.field, _NO_TEXT.sub("\ufffd", each.value), each.origin)
                for each in with_name(
                    self.document.proposals,
                    self.document.text,
                    self.entry.metadata.source_file,
                    load_municipalities(),
                )
            ),
            tables=len(self.document.tables),
            sketch=sketch(self.document.text),
            passages=len(self.passages),
            seconds=seconds,
            ingested_at=ingested_at,
        )


def place_of(entry: Entry) -> str:
    """The full path under which the register knows a file; a link stays one. Of a received file its name."""
    if entry.received:
        return entry.shown
    return readable(Path(os.path.normpath(entry.path.absolute())))


def read_version(entry: Entry, kept: str, files: FileStore, read: Callable[[Path], Document]) -> Reading:
    """Read the copy with sha256 `kept`, so that what is kept is what was read; DocumentError with a reason."""
    path = files.path(kept).absolute()
    try:
        document = read(path)
    except DocumentError as error:
        raise DocumentError(entry.shown, error.reason) from error
    if bad := _NO_TEXT.search(document.text):
        sign = f"U+{ord(bad.group()):04X}"
        raise DocumentError(entry.shown, because(Why.NO_CHARACTER, sign=sign, position=bad.start()))
    version = version_of(kept, entry.metadata, document)
    passages = tuple(split(version, document))
    if not passages:
        raise DocumentError(entry.shown, because(Why.NOTHING_TO_FIND))
    return Reading(entry, kept, version, document, passages)
