"""The whole knowledge base in one process: register, index, model and originals, opened together."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from app.alone import WaitOn, for_ever
from app.answer import Answer, PassageInContext, Question, Scope
from app.asking import Asking
from app.changes import Changes
from app.comparison import Comparison
from app.current_index import CurrentIndex, LoadEncoder
from app.holder import Holder, refusal
from app.holdings import Holdings, Ledger
from app.near_identical import AlikeDocuments
from app.passage_context import in_context
from app.retrieval import Evidence
from app.scoped import unsearched_answer, unsearched_comparison
from app.settings import Settings
from app.suggestions.suggester import Suggester
from app.upload import TakenIn, Upload
from app.validity import Standings
from corpus.catalogue import Catalogue, packaged_catalogue
from corpus.document import Metadata
from corpus.entries import entries_for
from corpus.errors import NotFoundError
from corpus.files import FileStore, IncomingFile
from corpus.municipalities import load_municipalities
from corpus.readers import Readers
from corpus.register import Register
from corpus.register_feedback import Feedback
from corpus.register_reports import Reports
from corpus.register_tasks import Tasks
from corpus.stored import CanonicalText, Snapshot, StoredDocument
from corpus.task import Task
from embeddings.engines import bytes_a_value
from embeddings.models import load_encoder
from ingest.document_reader import DocumentReader
from ingest.isolation import IsolatedReader
from ingest.pipeline import IngestReport, Progress
from ingest.turn import report_of


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
        today: Callable[[], date],
    ) -> None:
        self.settings = settings
        self._today = today
        self.holder = holder
        self.token = secrets.token_urlsafe(32)
        self.municipalities = load_municipalities()
        self.files = FileStore(settings.data_dir / "files")
        self.register = Register.open(settings.database_url or f"sqlite:///{settings.data_dir / 'register.db'}")
        self.suggester = Suggester(self.register, [each.name for each in self.municipalities])
        self._readers = Readers()
        self._index = CurrentIndex(settings, self.register, self.files, self._readers, load, notify, reader)
        self._alike = AlikeDocuments()
        self._asking = Asking(settings, self.register, self._readers, self._index, self.municipalities, self._alike)
        self._changes = Changes(settings.data_dir, self.register, self._index, self.files, self._readers, self.shared)

    @classmethod
    def open(
        cls,
        settings: Settings,
        notify: Callable[[str], None] = lambda _: None,
        load: LoadEncoder = load_encoder,
        reader: DocumentReader | None = None,
        today: Callable[[], date] = date.today,
    ) -> Self:
        """Open the data directory, and mend what a crash left; `notify` hears of anything that takes long.

        Without a `reader` files are read in processes of their own. `today` tells on what day a document is in force
        where no day is asked for.

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
            knowledge_base = cls(settings, holder, notify, load, reads, today)
            undone.callback(knowledge_base.close)
            knowledge_base._index.mend()
            undone.pop_all()
        return knowledge_base

    def close(self) -> None:
        """Let go of everything; a second call does nothing."""
        self.suggester.close()
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
    def reports(self) -> Reports:
        """The reports that were made."""
        return self.register.reports

    @property
    def feedback(self) -> Feedback:
        """What was said of verdicts."""
        return self.register.feedback

    @property
    def shared(self) -> bool:
        """Whether other processes work on the same register and index."""
        return self.settings.qdrant_url is not None

    def load_model(self) -> None:
        """Load the model now rather than with the first question; takes seconds, at the first use ever a minute."""
        current = self._index.current()
        if current is None:
            self._index.encoder()
        else:
            current.encoder.loaded()

    def require_usable(self) -> None:
        """DataDirectoryError where there is an index, but of another model or word analysis."""
        self._index.current()

    def snapshot(self) -> Snapshot:
        """The active documents at this moment."""
        return self.register.snapshot()

    def ledger(self) -> Ledger:
        """What was read, what was refused, and which documents are alike."""
        return self._ledger(self.register.snapshot())

    def holdings(self) -> Holdings:
        """What it holds at this moment; for that the index need not be usable."""
        snapshot = self.register.snapshot()
        generation, vectors = snapshot.generation, self.register.token_vectors()
        calibration = None if generation is None else self._asking.calibration(generation)
        values = 0 if generation is None else vectors * generation.dimension
        return Holdings(self._ledger(snapshot), vectors, values * bytes_a_value(self.settings.qdrant_url), calibration)

    def search(self, question: Question) -> Answer:
        """The best passages, and a verdict for every municipality in scope."""
        day = question.scope.valid_on or self._today()
        return self._asking.ask(
            lambda search: search.answer(question, day), lambda refused: unsearched_answer(question, refused)
        )

    def compare(self, topic: str, scope: Scope, per_municipality: int, day: date | None = None) -> Comparison:
        """Every municipality in scope with its own verdict and best passages, and what they say of each aspect.

        Documents are seen as they stand on `day`: without one that of the scope, else today.
        """
        day = day or scope.valid_on or self._today()
        return self._asking.ask(
            lambda search: search.compare(topic, scope, per_municipality, day),
            lambda refused: unsearched_comparison(topic, scope, refused, day),
        )

    def evidence(self, question: str) -> dict[str, Evidence]:
        """What every municipality's documents have on a question, by name: what a verdict is given on."""
        return self._asking.ask(lambda search: search.evidence(question), lambda _: {})

    def passage(self, passage_id: str) -> PassageInContext:
        """One passage of an active document with the text around it; NotFoundError."""
        with self._readers.reading():
            documents = {document.version: document for document in self.register.snapshot().documents}
            passage = self.register.passages([passage_id]).get(passage_id)
            if passage is None or passage.version not in documents:
                raise NotFoundError(f"Er is geen passage {passage_id!r}; ze kan bij een eerdere versie horen")
            stored, boxes = self.register.text(passage.version), self.register.boxes(passage.version)
            document = documents[passage.version]
            standing = Standings(documents.values(), self._today()).of(document)
            return in_context(passage, document, standing, stored, boxes)

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
        wait_on: WaitOn = for_ever,
    ) -> IngestReport:
        """Take in files and folders, or all of a catalogue (the packaged one where none is given).

        While others take documents in it waits for its turn, as long as `wait_on` says so, else it ends there, stopped.
        Documents whose file is gone from those folders, or that of the catalogue, are told, and with `prune` taken out.
        With another model or word analysis the index is first made anew; questions go on with the old one meanwhile.
        """
        chosen = Catalogue.load(catalogue, self.municipalities) if catalogue else None
        entries = (
            entries_for(paths, chosen, self.municipalities) if paths else list((chosen or packaged_catalogue()).entries)
        )
        folders = [path for path in paths if path.is_dir()] if paths else [catalogue.parent] if catalogue else []
        with self._changes.filling(force, wait_on) as pipeline:
            if pipeline is None:
                return report_of((), (), 0.0, stopped=True)
            return pipeline.ingest(entries, force, progress, stopped, folders, prune)

    def accept(self, incoming: IncomingFile, metadata: Metadata) -> Task:
        """Keep a file that came in and queue its reading, both for good; the same task where it waits already."""
        with self.files.settling():
            return self.tasks.add(Upload(incoming.keep(), metadata).as_task())

    def turn(self, wait_on: WaitOn) -> AbstractContextManager[bool]:
        """The turn of this thread to take documents in; see `Changes.turn`."""
        return self._changes.turn(wait_on)

    def take_in(
        self,
        upload: Upload,
        progress: Callable[[float], None],
        stopped: Callable[[], bool],
        task_id: str | None = None,
    ) -> TakenIn | None:
        """Read a file that came in, in its turn; see `Changes.take_in`."""
        return self._changes.take_in(upload, progress, stopped, task_id)

    def tidy(self) -> None:
        """Remove what nothing refers to any more; while documents are being taken in, that does it at its end."""
        self._changes.tidy()

    def remove(self, document_id: str) -> None:
        """Take a document out and break off the tasks that would bring it in; NotFoundError where there is neither."""
        self._changes.remove(document_id)

    def _ledger(self, snapshot: Snapshot) -> Ledger:
        standings = Standings(snapshot.documents, self._today())
        return Ledger(snapshot, self.register.refusals(), self._alike.of(snapshot), standings)
