"""From files to active documents, each whole or not at all."""

import threading
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, wait
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from corpus.entry import Entry
from corpus.errors import DataDirectoryError, NotFoundError, UsageError
from corpus.files import FileStore
from corpus.readers import Readers
from corpus.reason import Reason
from corpus.register import Register
from corpus.stored import Generation, Refusal
from embeddings.encoder import Encoder
from embeddings.index import Index
from embeddings.lexical import Lexicon
from embeddings.vector_cache import VectorCache
from ingest.ahead import run_ahead
from ingest.attempt import Attempt, attempt
from ingest.document_reader import DocumentReader
from ingest.pipeline_report import Failure, IngestReport, Progress, Stage, Vanished
from ingest.points import make_points
from ingest.reading import Reading, place_of
from ingest.reconcile import reconcile, remove_files, remove_hidden
from ingest.turn import Turn, report_of
from ingest.vanished import refusals_of, vanished_documents, vanished_refusals
from ingest.version import version_of

__all__ = ["Failure", "IngestReport", "Pipeline", "Progress", "Stage", "Vanished", "version_of"]

_LOOK_SECONDS = 0.25  # between two looks at whether to stop


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
        reader: DocumentReader,
        shared: bool = False,
    ) -> None:
        self._register = register
        self._index = index
        self._encoder = encoder
        self._cache = cache
        self._lexicon = lexicon
        self._files = files
        self._readers = readers
        self._reader = reader
        self._shared = shared
        self._working = threading.Lock()

    def ingest(
        self,
        entries: Sequence[Entry],
        force: bool = False,
        progress: Callable[[Progress], None] | None = None,
        stopped: Callable[[], bool] | None = None,
        folders: Sequence[Path] = (),
        prune: bool = False,
    ) -> IngestReport:
        """Take in these files; one that cannot be read is reported and the others go on.

        A file is skipped when it is the same, as are its metadata, parser and splitter, unless text recognition can now
        read pages that it could not; one that was refused is reported again, unread, while neither it nor what reads it
        has changed. `force` reads it all the same.
        Before each document and while it is read `stopped` is asked whether to end there, with a report of the
        documents before it; one that is being encoded is finished. Nothing becomes of an entry whose task was told to
        end: CancelledError.
        Documents whose file is gone from `folders` are reported; `prune` takes them out.
        What else stops it: UsageError (an id twice), DataDirectoryError, MachineError, UnreachableError, a broken
        index or model; what became active before stays.
        """
        started = time.monotonic()
        _require_distinct(entries)
        with self._working:
            generation = self._generation()
            self._clean_up()
            refused = self._register.refusals()
            turns = [Turn(entry, number, len(entries), progress) for number, entry in enumerate(entries)]
            done = 0
            with closing(self._reading(entries, refused, force)) as readings:
                for turn in turns:
                    if stopped is not None and stopped():
                        break
                    turn.begin()
                    read = _awaited(next(readings), stopped)
                    if read is None:
                        break
                    self._conclude(turn, read, generation, refused)
                    done += 1
            self._reader.rest()
            gone = self._vanished(entries, folders, prune) if done == len(turns) else ()
            remove_files(self._register, self._files, self._shared)
        return report_of(turns[:done], gone, time.monotonic() - started, done < len(turns))

    def remove(self, document_id: str) -> None:
        """Take a document out of register and index, with its original and refusal; NotFoundError for an unknown id."""
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

    def _reading(
        self, entries: Sequence[Entry], refused: Sequence[Refusal], force: bool
    ) -> Generator[Future[Attempt], None, None]:
        """The reading of every file, begun ahead of its turn."""
        active = {document.metadata.document_id: document for document in self._register.snapshot().documents}
        before = {refusal.metadata.document_id: refusal for refusal in refused}

        def job(entry: Entry) -> Callable[[], Attempt]:
            document_id = entry.metadata.document_id
            known, failed = (None, None) if force else (active.get(document_id), before.get(document_id))
            return lambda: attempt(entry, known, failed, self._files, self._reader)

        return run_ahead(map(job, entries), self._reader.at_once, self._reader.close)

    def _conclude(self, turn: Turn, read: Attempt, generation: Generation, refused: Sequence[Refusal]) -> None:
        """Store what came of reading a file; `refused` is what the register kept of files before."""
        former = refusals_of(turn.entry, refused)
        if read.failure is not None:
            turn.fail(read.failure)
            self._refuse(turn.entry, read, read.failure.reason)
            former.discard(turn.entry.metadata.document_id)
        if read.unchanged is not None:
            turn.end(Stage.UNCHANGED, read.unchanged.passages)
        if read.reading is not None:
            self._take_in(turn, read.reading, read.seconds, generation)
        for document_id in former:
            self._register.forget_refusal(document_id)

    def _refuse(self, entry: Entry, read: Attempt, reason: Reason) -> None:
        """Keep why a file could not be read; what the register holds of it already stays as it is."""
        before, place = read.refused, place_of(entry)
        if before is not None and (before.metadata, before.path) == (entry.metadata, place):
            return
        reader = before.reader if before is not None else self._reader.fingerprint if reason.is_lasting else ""
        self._register.refuse(entry.metadata, place, read.file_sha256, reason.dutch, entry.task_id, reader)

    def _take_in(self, turn: Turn, reading: Reading, seconds: float, generation: Generation) -> None:
        started = time.monotonic()
        title = turn.entry.metadata.title
        turn.passages = len(reading.passages)
        made = make_points(
            title, reading.passages, self._encoder, self._cache, self._lexicon, generation.has_tokens, turn.encoding
        )
        turn.encoded = made.encoded
        turn.tell(Stage.STORING, turn.passages)
        if reading.version in {document.version for document in self._register.snapshot().documents}:
            self._index.upsert(made.points)  # read once more, and the same: put its points in anew
            self._index.flush()
            self._register.refresh(reading.as_new(seconds, datetime.now(UTC)))
        else:
            new = reading.as_new(seconds + time.monotonic() - started, datetime.now(UTC))
            self._register.add_pending(new, generation.id, made.indexed)
            self._index.upsert(made.points)
            self._index.flush()
            if self._register.activate(reading.version, turn.entry.task_id):
                self._clean_up()
        turn.end(Stage.ACTIVE, turn.passages)

    def _vanished(self, entries: Sequence[Entry], folders: Sequence[Path], prune: bool) -> tuple[Vanished, ...]:
        """The documents whose file is gone, taken out with `prune`; a refusal of a file that is gone is forgotten."""
        offered = {entry.metadata.document_id for entry in entries}
        gone = tuple(vanished_documents(self._register.snapshot().documents, folders, offered))
        if prune and gone:
            for document in gone:
                with suppress(NotFoundError):  # another process did
                    self._register.retire(document.metadata.document_id)
            self._clean_up()
        for refusal in vanished_refusals(self._register.refusals(), folders):
            self._register.forget_refusal(refusal.metadata.document_id)
        return tuple(Vanished(document.metadata.document_id, document.path, prune) for document in gone)

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


def _awaited(reading: Future[Attempt], stopped: Callable[[], bool] | None) -> Attempt | None:
    """What came of a reading; None where `stopped` said so before it was done."""
    while not reading.done() and not (stopped is not None and stopped()):
        wait([reading], timeout=_LOOK_SECONDS)
    return reading.result() if reading.done() else None


def _require_distinct(entries: Sequence[Entry]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        former = seen.setdefault(entry.metadata.document_id, entry)
        if former is not entry:
            raise UsageError(
                f"document id {entry.metadata.document_id!r} is used for {former.path} and for {entry.path}: give "
                f"each document an id of its own"
            )
