"""The whole knowledge base in one process: register, index, model and originals, opened together."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from app.alone import Alone
from app.answer import Answer, Comparison, PassageInContext, Question, Scope
from app.calibration import Calibration, Calibrations
from app.current_index import CurrentIndex, LoadEncoder, OpenIndex
from app.holder import Holder, refusal
from app.holdings import Holdings, Ledger
from app.near_identical import AlikeDocuments
from app.passage_context import in_context
from app.question_reader import QuestionReader
from app.retrieval import Evidence
from app.scoped import unsearched_answer, unsearched_comparison
from app.search import Judging, Search
from app.settings import Settings
from app.topic import TopicFinder
from app.upload import TakenIn, Upload
from corpus.catalogue import Catalogue, packaged_catalogue
from corpus.document import Metadata
from corpus.entries import entries_for
from corpus.entry import Entry
from corpus.errors import DataDirectoryError, DocumentError, MachineError, NotFoundError
from corpus.files import FileStore, IncomingFile
from corpus.municipalities import load_municipalities
from corpus.readers import Readers
from corpus.register import Register
from corpus.register_tasks import Tasks
from corpus.stored import CanonicalText, Generation, Refusal, Snapshot, StoredDocument
from corpus.task import Task
from embeddings.engines import bytes_a_value
from embeddings.lexical import Lexicon
from embeddings.models import load_encoder
from ingest.document_reader import DocumentReader
from ingest.isolation import IsolatedReader
from ingest.pipeline import IngestReport, Pipeline, Progress
from ingest.reconcile import remove_files

_Result = TypeVar("_Result")
_Refusals = tuple[Refusal, ...]


class KnowledgeBase:
    """Everything that answers questions and takes documents; safe to use from several threads.

    One process at a time holds a data directory with an embedded index. Close it, or use it in a `with`.
    """

    def __init__(
        self,
        settings: Settings,
        holder: Holder | None,
        notify: Callable[[str], None],
        load: LoadEncoder,
        reader: DocumentReader,
    ) -> None:
        self.settings = settings
        self.holder = holder
        self.token = secrets.token_urlsafe(32)
        self.municipalities = load_municipalities()
        self._topics = TopicFinder(self.municipalities)
        self.files = FileStore(settings.data_dir / "files")
        self.register = Register.open(settings.database_url or f"sqlite:///{settings.data_dir / 'register.db'}")
        self._reader = QuestionReader.of(
            self.register.vocabulary, Lexicon.stem, [each.name for each in self.municipalities]
        )
        self._readers = Readers()
        self._index = CurrentIndex(settings, self.register, self.files, self._readers, load, notify, reader)
        self._calibrations = Calibrations(settings.data_dir)
        self._alike = AlikeDocuments()
        self._alone = Alone(settings.data_dir)

    @classmethod
    def open(
        cls,
        settings: Settings,
        notify: Callable[[str], None] = lambda _: None,
        load: LoadEncoder = load_encoder,
        reader: DocumentReader | None = None,
    ) -> Self:
        """Open the data directory, and mend what a crash left; `notify` hears of anything that takes long.

        Without a `reader` files are read in processes of their own.

        Errors: HeldError, DataDirectoryError, UnreachableError (a Qdrant server or database), MachineError.
        """
        with ExitStack() as undone:
            holder = Holder.acquire(settings.data_dir) if settings.qdrant_url is None else None
            if holder is not None:
                undone.callback(holder.release)
            try:
                settings.data_dir.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise refusal(settings.data_dir, error) from error
            reads = reader or IsolatedReader(recognise=settings.ocr)
            knowledge_base = cls(settings, holder, notify, load, reads)
            undone.callback(knowledge_base.close)
            knowledge_base._index.mend()
            undone.pop_all()
        return knowledge_base

    def close(self) -> None:
        """Let go of everything; a second call does nothing."""
        self._index.close()
        self.register.close()
        if self.holder is not None:
            self.holder.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def tasks(self) -> Tasks:
        """The queue of tasks."""
        return self.register.tasks

    @property
    def shared(self) -> bool:
        """Whether other processes work on the same register and index."""
        return self.settings.qdrant_url is not None

    def load_model(self) -> None:
        """Load the model now rather than with the first question; takes seconds, at the first use ever a minute."""
        current = self._current()
        if current is None:
            self._index.encoder()
        else:
            current.encoder.loaded()

    def require_usable(self) -> None:
        """DataDirectoryError where there is an index, but of another model or word analysis."""
        self._current()

    def snapshot(self) -> Snapshot:
        """The active documents at this moment."""
        return self.register.snapshot()

    def ledger(self) -> Ledger:
        """What was read, what was refused, and which documents are alike."""
        return self._ledger(self.register.snapshot())

    def holdings(self) -> Holdings:
        """What it holds at this moment; for that the index need not be usable."""
        snapshot = self.register.snapshot()
        calibration = None
        if snapshot.generation is not None:
            calibration = self._calibration(snapshot.generation)
        vectors = self.register.token_vectors()
        values = vectors * snapshot.generation.dimension if snapshot.generation is not None else 0
        return Holdings(self._ledger(snapshot), vectors, values * bytes_a_value(self.settings.qdrant_url), calibration)

    def search(self, question: Question) -> Answer:
        """The best passages, and a verdict for every municipality in scope."""
        return self._asked(lambda search: search.answer(question), lambda refused: unsearched_answer(question, refused))

    def compare(self, topic: str, scope: Scope, per_municipality: int) -> Comparison:
        """Every municipality in scope with its own verdict and best passages."""
        return self._asked(
            lambda search: search.compare(topic, scope, per_municipality),
            lambda refused: unsearched_comparison(topic, scope, refused),
        )

    def evidence(self, question: str) -> dict[str, Evidence]:
        """What every municipality's documents have on a question, by name: what a verdict is given on."""
        return self._asked(lambda search: search.evidence(question), lambda _: {})

    def passage(self, passage_id: str) -> PassageInContext:
        """One passage of an active document with the text around it; NotFoundError."""
        with self._readers.reading():
            documents = {document.version: document for document in self.register.snapshot().documents}
            passage = self.register.passages([passage_id]).get(passage_id)
            if passage is None or passage.version not in documents:
                raise NotFoundError(f"Er is geen passage {passage_id!r}; ze kan bij een eerdere versie horen")
            stored, boxes = self.register.text(passage.version), self.register.boxes(passage.version)
            return in_context(passage, documents[passage.version], stored, boxes)

    def document(self, document_id: str) -> StoredDocument:
        """An active document; NotFoundError."""
        return self.register.document(document_id)

    def text(self, document_id: str) -> CanonicalText:
        """The canonical text of an active document; NotFoundError."""
        with self._readers.reading():
            return self.register.text(self.register.document(document_id).version)

    def ingest(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[Progress], None] | None = None,
        stopped: Callable[[], bool] | None = None,
        prune: bool = False,
    ) -> IngestReport:
        """Take in files and folders, or all of a catalogue (the packaged one where none is given).

        Documents whose file is gone from those folders, or from that of the catalogue, are reported, and with `prune`
        taken out.

        With another model or word analysis than the index was made with, the index is first made anew; questions
        go on with the old one until the new one is complete.
        """
        chosen = Catalogue.load(catalogue, self.municipalities) if catalogue else None
        entries = (
            entries_for(paths, chosen, self.municipalities) if paths else list((chosen or packaged_catalogue()).entries)
        )
        folders = [path for path in paths if path.is_dir()] if paths else [catalogue.parent] if catalogue else []
        with self._filling(force) as pipeline:
            return pipeline.ingest(entries, force, progress, stopped, folders, prune)

    def accept(self, incoming: IncomingFile, metadata: Metadata) -> Task:
        """Keep a file that came in and queue its reading, both for good; the same task where it waits already."""
        with self.files.settling():
            return self.tasks.add(Upload(incoming.keep(), metadata).as_task())

    def take_in(self, upload: Upload, progress: Callable[[float], None], stopped: Callable[[], bool]) -> TakenIn | None:
        """Read a file that came in; None where `stopped` said so first. DocumentError where it cannot be read."""

        def told(step: Progress) -> None:
            progress(step.passages_done / step.passages if step.passages else 0.0)

        entry = Entry(self.files.path(upload.file_sha256), upload.metadata, received=True)
        with self._filling(force=False) as pipeline:
            report = pipeline.ingest([entry], False, told, stopped)
            if report.stopped:
                return None
            for failure in report.failures:
                raise DocumentError(failure.reason)
            document = self.document(upload.metadata.document_id)
        return TakenIn(document.metadata.document_id, document.version, document.passages, report.unchanged > 0)

    def tidy(self) -> None:
        """Remove the originals that nothing refers to any more."""
        with self._alone():
            remove_files(self.register, self.files, self.shared)

    def remove(self, document_id: str) -> None:
        """Take a document out, or forget that it was refused; NotFoundError."""
        if all(refusal.metadata.document_id != document_id for refusal in self.register.refusals()):
            self.register.document(document_id)
        with self._alone():
            try:
                current = self._current()
            except MachineError:  # no room to open the index: its points go when there is
                current = None
            if current is None:
                self.register.retire(document_id)
            else:
                current.pipeline.remove(document_id)

    @contextmanager
    def _filling(self, force: bool) -> Iterator[Pipeline]:
        """What fills the index of the model in the settings, which is made anew where it is of another."""
        with self._alone():
            current = self._current() if self._index.fits(force) else None
            yield (current or self._index.renew()).pipeline

    def _asked(self, ask: Callable[[Search], _Result], before_ingest: Callable[[_Refusals], _Result]) -> _Result:
        """Ask one moment's documents; once more where another process took that moment's index away meanwhile."""
        with self._readers.reading():
            snapshot = self.register.snapshot()
            try:
                return self._ask(snapshot, ask, before_ingest)
            except DataDirectoryError:
                later = self.register.snapshot()
                if later.generation == snapshot.generation:
                    raise
                return self._ask(later, ask, before_ingest)

    def _ask(
        self, snapshot: Snapshot, ask: Callable[[Search], _Result], before_ingest: Callable[[_Refusals], _Result]
    ) -> _Result:
        current, refusals = self._index.get(snapshot.generation), self.register.refusals()
        if current is None:
            return before_ingest(refusals)
        judging = Judging(self._topics, lambda: self._calibration(current.generation))
        return ask(Search(self.register, snapshot, refusals, current.retriever, self._reader, judging))

    def _calibration(self, generation: Generation) -> Calibration | None:
        return self._calibrations.get(generation, self.settings.uses_tokens(generation))

    def _ledger(self, snapshot: Snapshot) -> Ledger:
        return Ledger(snapshot, self.register.refusals(), self._alike.of(snapshot))

    def _current(self) -> OpenIndex | None:
        return self._index.get(self.register.snapshot().generation)
