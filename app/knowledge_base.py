"""The whole knowledge base in one process: register, index, model and originals, opened together."""

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from filelock import FileLock, Timeout

from app.answer import Answer, Comparison, PassageInContext, Question, Scope
from app.calibration import find_calibration
from app.current_index import CurrentIndex, LoadEncoder, OpenIndex
from app.holder import PATIENCE, Holder, refusal
from app.holdings import Holdings
from app.question_reader import QuestionReader
from app.retrieval import Evidence
from app.search import Judging, Search, unsearched_answer, unsearched_comparison
from app.settings import Settings
from app.topic import TopicFinder
from corpus.catalogue import Catalogue, packaged_catalogue
from corpus.entries import entries_for
from corpus.errors import DataDirectoryError, HeldError, MachineError, NotFoundError
from corpus.files import FileStore
from corpus.municipalities import load_municipalities
from corpus.readers import Readers
from corpus.register import Register
from corpus.stored import CanonicalText, Snapshot, StoredDocument
from embeddings.engines import bytes_a_value
from embeddings.lexical import Lexicon
from embeddings.models import load_encoder
from ingest.lead_in import find_lead_in
from ingest.pipeline import IngestReport, Progress

CONTEXT_CHARACTERS = 600
_Result = TypeVar("_Result")


class KnowledgeBase:
    """Everything that answers questions and takes documents; safe to use from several threads.

    One process at a time holds a data directory with an embedded index. Close it, or use it in a `with`.
    """

    def __init__(
        self, settings: Settings, holder: Holder | None, notify: Callable[[str], None], load: LoadEncoder
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
        self._index = CurrentIndex(settings, self.register, self.files, self._readers, load, notify)
        self._one_thread = threading.Lock()
        self._one_process = FileLock(settings.data_dir / "ingest.lock", thread_local=False)

    @classmethod
    def open(
        cls,
        settings: Settings,
        notify: Callable[[str], None] = lambda _: None,
        load: LoadEncoder = load_encoder,
    ) -> Self:
        """Open the data directory, and mend what a crash left; `notify` hears of anything that takes long.

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
            knowledge_base = cls(settings, holder, notify, load)
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

    def holdings(self) -> Holdings:
        """What it holds at this moment; for that the index need not be usable."""
        snapshot = self.register.snapshot()
        calibration = None
        if snapshot.generation is not None:
            calibration = find_calibration(
                self.settings.data_dir, snapshot.generation, self.settings.uses_tokens(snapshot.generation)
            )
        vectors = self.register.token_vectors()
        values = vectors * snapshot.generation.dimension if snapshot.generation is not None else 0
        return Holdings(snapshot, vectors, values * bytes_a_value(self.settings.qdrant_url), calibration)

    def search(self, question: Question) -> Answer:
        """The best passages, and a verdict for every municipality in scope."""
        return self._asked(lambda search: search.answer(question), lambda: unsearched_answer(question))

    def compare(self, topic: str, scope: Scope, per_municipality: int) -> Comparison:
        """Every municipality in scope with its own verdict and best passages."""
        return self._asked(
            lambda search: search.compare(topic, scope, per_municipality), lambda: unsearched_comparison(topic, scope)
        )

    def evidence(self, question: str) -> dict[str, Evidence]:
        """What every municipality's documents have on a question, by name: what a verdict is given on."""
        return self._asked(lambda search: search.evidence(question), dict)

    def passage(self, passage_id: str) -> PassageInContext:
        """One passage of an active document with the text around it; NotFoundError."""
        with self._readers.reading():
            documents = {document.version: document for document in self.register.snapshot().documents}
            passage = self.register.passages([passage_id]).get(passage_id)
            if passage is None or passage.version not in documents:
                raise NotFoundError(f"Er is geen passage {passage_id!r}; ze kan bij een eerdere versie horen")
            stored = self.register.text(passage.version)
            text = stored.text
            return PassageInContext(
                passage=passage,
                document=documents[passage.version],
                before=text[max(0, passage.start - CONTEXT_CHARACTERS) : passage.start],
                after=text[passage.end : passage.end + CONTEXT_CHARACTERS],
                lead_in=find_lead_in(text, stored.sections, passage.start),
            )

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
    ) -> IngestReport:
        """Take in files and folders, or all of a catalogue (the packaged one where none is given).

        With another model or word analysis than the index was made with, the index is first made anew; questions
        go on with the old one until the new one is complete.
        """
        chosen = Catalogue.load(catalogue, self.municipalities) if catalogue else None
        entries = (
            entries_for(paths, chosen, self.municipalities) if paths else list((chosen or packaged_catalogue()).entries)
        )
        with self._alone():
            current = self._current() if self._index.fits(force) else None
            return (current or self._index.renew()).pipeline.ingest(entries, force, progress, stopped)

    def remove(self, document_id: str) -> None:
        """Take a document out; NotFoundError."""
        self.register.document(document_id)
        with self._alone():
            try:
                current = self._current()
            except MachineError:  # no room to open the index: its points go when there is
                self.register.retire(document_id)
                return
            if current is not None:
                current.pipeline.remove(document_id)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One ingest or removal at a time; HeldError where another goes on for long."""
        if not self._one_thread.acquire(timeout=PATIENCE):
            raise self._busy()
        try:
            with self._one_process.acquire(timeout=PATIENCE):
                yield
        except Timeout:
            raise self._busy() from None
        finally:
            self._one_thread.release()

    def _busy(self) -> HeldError:
        return HeldError(f"{self.settings.data_dir}: documents are being taken in or out; try again when that is done")

    def _asked(self, ask: Callable[[Search], _Result], before_ingest: Callable[[], _Result]) -> _Result:
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
        self, snapshot: Snapshot, ask: Callable[[Search], _Result], before_ingest: Callable[[], _Result]
    ) -> _Result:
        current = self._index.get(snapshot.generation)
        if current is None:
            return before_ingest()
        judging = Judging(self._topics, current.calibration)
        return ask(Search(self.register, snapshot, current.retriever, self._reader, judging))

    def _current(self) -> OpenIndex | None:
        return self._index.get(self.register.snapshot().generation)
