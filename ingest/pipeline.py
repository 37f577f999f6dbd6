"""From files to active documents, each whole or not at all."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from corpus.entry import Entry, readable
from corpus.errors import DataDirectoryError, DocumentError, UsageError
from corpus.files import FileStore, file_sha256
from corpus.readers import Readers
from corpus.register import Register
from corpus.stored import Generation, StoredDocument
from embeddings.encoder import Encoder
from embeddings.index import Index
from embeddings.lexical import Lexicon
from embeddings.vector_cache import VectorCache
from ingest.pipeline_report import Failure, IngestReport, Progress, Stage
from ingest.points import make_points
from ingest.read import PARSERS
from ingest.reading import read_version
from ingest.reconcile import reconcile, remove_files, remove_hidden
from ingest.split import SPLITTER
from ingest.version import version_of

__all__ = ["Failure", "IngestReport", "Pipeline", "Progress", "Stage", "version_of"]


class Pipeline:
    """Puts documents in register and index, and takes them out; one call at a time.

    A version is registered as pending, its points are made durable, then it becomes active in the one transaction that
    retires its predecessor, whose points go when no earlier query runs any more. A kill at any line leaves every
    document as it was or as it was to be; what else it leaves, no query sees and `reconcile` removes. `shared`
    says that other processes use the same register and index.
    """

    def __init__(
        self,
        register: Register,
        index: Index,
        encoder: Encoder,
        cache: VectorCache,
        lexicon: Lexicon,
        files: FileStore,
        readers: Readers,
        shared: bool = False,
    ) -> None:
        self._register = register
        self._index = index
        self._encoder = encoder
        self._cache = cache
        self._lexicon = lexicon
        self._files = files
        self._readers = readers
        self._shared = shared
        self._working = threading.Lock()

    def ingest(
        self,
        entries: Sequence[Entry],
        force: bool = False,
        progress: Callable[[Progress], None] | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> IngestReport:
        """Take in these files; one that cannot be read is reported and the others go on.

        A file is skipped when it is the same, as are its metadata, parser and splitter; `force` reads it all the same.
        Before each document `stopped` is asked whether to end there, with a report of the documents before it.
        What else stops it: UsageError (an id twice), DataDirectoryError, MachineError, UnreachableError, a broken
        index or model; what became active before stays.
        """
        started = time.monotonic()
        _require_distinct(entries)
        with self._working:
            generation = self._generation()
            self._clean_up()
            active = {document.metadata.document_id: document for document in self._register.snapshot().documents}
            turns = [_Turn(entry, number, len(entries), progress) for number, entry in enumerate(entries)]
            for done, turn in enumerate(turns):
                if stopped is not None and stopped():
                    turns = turns[:done]
                    break
                known = active.get(turn.entry.metadata.document_id)
                try:
                    turn.begin()
                    if known is not None and not force and _is_unchanged(known, turn.entry):
                        turn.end(Stage.UNCHANGED, known.passages)
                    else:
                        self._take_in(turn, generation)
                except DocumentError as error:
                    turn.fail(error)
            remove_files(self._register, self._files, self._shared)
        stopped_early = len(turns) < len(entries)
        return _report(turns, time.monotonic() - started, stopped_early)

    def remove(self, document_id: str) -> None:
        """Take a document out of register and index, with its original; NotFoundError where there is none."""
        with self._working:
            self._register.retire(document_id)
            self._clean_up()
            remove_files(self._register, self._files, self._shared)

    def reconcile(self) -> None:
        """Mend what a crash left and what an index lost; to be called on opening."""
        with self._working:
            self._generation()
            reconcile(
                self._register,
                self._index,
                self._encoder,
                self._cache,
                self._lexicon,
                self._files,
                self._readers,
                self._shared,
            )

    def _take_in(self, turn: "_Turn", generation: Generation) -> None:
        started = time.monotonic()
        reading = read_version(turn.entry, self._files)
        title = turn.entry.metadata.title
        turn.passages = len(reading.passages)
        made = make_points(
            title, reading.passages, self._encoder, self._cache, self._lexicon, generation.has_tokens, turn.encoding
        )
        turn.encoded = made.encoded
        turn.tell(Stage.STORING, turn.passages)
        if reading.version in {document.version for document in self._register.snapshot().documents}:
            self._index.upsert(made.points)  # read once more by force, and the same: put its points in anew
            self._index.flush()
        else:
            stored = reading.stored(time.monotonic() - started, datetime.now(UTC))
            self._register.add_pending(
                stored,
                reading.text,
                reading.passages,
                generation.id,
                made.terms,
                made.problems,
                made.wording,
                made.token_vectors,
            )
            self._index.upsert(made.points)
            self._index.flush()
            if self._register.activate(reading.version):
                self._clean_up()
        turn.end(Stage.ACTIVE, turn.passages)

    def _clean_up(self) -> None:
        remove_hidden(self._register, self._index, self._readers, self._shared)

    def _generation(self) -> Generation:
        generation = self._register.snapshot().generation
        if generation is None:
            raise DataDirectoryError("there is no index yet: run `beleidswijzer ingest`")
        mine = (self._encoder.fingerprint, self._lexicon.version)
        if mine != (generation.fingerprint, generation.lexical_version):
            raise DataDirectoryError(
                f"the index was made with model {generation.model!r} and word analysis {generation.lexical_version!r}, "
                f"not with {self._encoder.name!r} and {self._lexicon.version!r}: ingest again to make it anew"
            )
        return generation


class _Turn:
    """One file's turn: what it came to, and who is told."""

    def __init__(self, entry: Entry, number: int, total: int, progress: Callable[[Progress], None] | None) -> None:
        self.entry = entry
        self.passages = 0
        self.encoded = 0
        self.stage = Stage.READING
        self.failure: Failure | None = None
        self._number = number
        self._total = total
        self._progress = progress
        self._encoding = 0

    def begin(self) -> None:
        self.tell(Stage.READING, 0)

    def encoding(self, texts: int) -> None:
        """So many more texts are encoded."""
        self._encoding += texts
        self.tell(Stage.ENCODING, self._encoding)

    def end(self, stage: Stage, passages: int) -> None:
        self.passages = passages
        self._number += 1
        self.tell(stage, passages)

    def fail(self, error: DocumentError) -> None:
        self.failure = Failure(self.entry.path, str(error).removeprefix(f"{self.entry.path} "))
        self.end(Stage.FAILED, 0)

    def tell(self, stage: Stage, passages: int) -> None:
        self.stage = stage
        if self._progress is not None:
            file, document_id = readable(self.entry.path), self.entry.metadata.document_id
            self._progress(Progress(self._number, self._total, file, document_id, passages, self.passages, stage))


def _report(turns: Sequence[_Turn], seconds: float, stopped: bool) -> IngestReport:
    taken_in = [turn for turn in turns if turn.failure is None]
    return IngestReport(
        documents=len(taken_in),
        passages=sum(turn.passages for turn in taken_in),
        encoded=sum(turn.encoded for turn in turns),
        seconds=seconds,
        unchanged=sum(turn.stage is Stage.UNCHANGED for turn in turns),
        failures=tuple(turn.failure for turn in turns if turn.failure is not None),
        stopped=stopped,
    )


def _is_unchanged(known: StoredDocument, entry: Entry) -> bool:
    return (
        known.metadata == entry.metadata
        and known.splitter == SPLITTER
        and known.parser in PARSERS
        and known.file_sha256 == file_sha256(entry.path)
    )


def _require_distinct(entries: Sequence[Entry]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        former = seen.setdefault(entry.metadata.document_id, entry)
        if former is not entry:
            raise UsageError(
                f"document id {entry.metadata.document_id!r} is used for {former.path} and for {entry.path}: give "
                f"each document an id of its own"
            )
