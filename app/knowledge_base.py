"""The whole knowledge base in one process: register, index, model and originals, opened together."""

import secrets
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from app.answer import Answer, Comparison, PassageInContext, Question, Scope
from app.holder import PATIENCE, Holder, refusal
from app.retrieval import Retriever
from app.search import Search, unsearched_answer, unsearched_comparison
from app.settings import Settings
from corpus.catalogue import Catalogue, packaged_catalogue
from corpus.entries import entries_for
from corpus.errors import DataDirectoryError, HeldError, NotFoundError
from corpus.files import FileStore
from corpus.municipalities import load_municipalities
from corpus.readers import Readers
from corpus.register import Register
from corpus.stored import CanonicalText, Generation, Snapshot, StoredDocument
from embeddings.encoder import Encoder
from embeddings.engines import IndexPlace, drop_index, open_index
from embeddings.index import Index
from embeddings.lazy_encoder import LazyEncoder
from embeddings.lexical import LEXICAL_VERSION, Lexicon
from embeddings.models import load_encoder
from embeddings.vector_cache import VectorCache
from ingest.pipeline import IngestReport, Pipeline, Progress
from ingest.rebuild import rebuild

CONTEXT_CHARACTERS = 600
LoadEncoder = Callable[[str, Path, Callable[[str], None]], Encoder]


@dataclass(frozen=True, slots=True)
class _Room:
    """The index of one generation, and what works on it."""

    generation: Generation
    index: Index
    encoder: LazyEncoder
    pipeline: Pipeline
    retriever: Retriever


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
        self.files = FileStore(settings.data_dir / "files")
        self.register = Register.open(settings.database_url or f"sqlite:///{settings.data_dir / 'register.db'}")
        self._place = IndexPlace(settings.data_dir / "index", settings.qdrant_url, settings.qdrant_api_key)
        self._notify = notify
        self._load = load
        self._cache = VectorCache(settings.data_dir / "vectors.db")
        self._lexicon = Lexicon()
        self._readers = Readers()
        self._opening = threading.Lock()
        self._model_lock = threading.Lock()
        self._loaded: Encoder | None = None
        self._one_thread = threading.Lock()
        self._one_process = FileLock(settings.data_dir / "ingest.lock", thread_local=False)
        self._room: _Room | None = None

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
        holder = Holder.acquire(settings.data_dir) if settings.qdrant_url is None else None
        try:
            try:
                settings.data_dir.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise refusal(settings.data_dir, error) from error
            knowledge_base = cls(settings, holder, notify, load)
            try:
                knowledge_base._reopen()
            except BaseException:
                knowledge_base.close()
                raise
        except BaseException:
            if holder is not None:
                holder.release()
            raise
        return knowledge_base

    def close(self) -> None:
        """Let go of everything; a second call does nothing."""
        if self._room is not None:
            self._room.index.close()
            self._room = None
        self._cache.close()
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
        room = self._current_room()
        if room is None:
            self._encoder()
        else:
            room.encoder.loaded()

    def snapshot(self) -> Snapshot:
        """The active documents at this moment."""
        return self.register.snapshot()

    def search(self, question: Question) -> Answer:
        """The best passages, and a verdict for every municipality in scope."""
        with self._readers.reading():
            search = self._search()
            return search.answer(question) if search else unsearched_answer(question)

    def compare(self, topic: str, scope: Scope, per_municipality: int) -> Comparison:
        """Every municipality in scope with its own verdict and best passages."""
        with self._readers.reading():
            search = self._search()
            if search is None:
                return unsearched_comparison(topic, scope)
            return search.compare(topic, scope, per_municipality)

    def passage(self, passage_id: str) -> PassageInContext:
        """One passage of an active document with the text around it; NotFoundError."""
        with self._readers.reading():
            documents = {document.version: document for document in self.register.snapshot().documents}
            passage = self.register.passages([passage_id]).get(passage_id)
            if passage is None or passage.version not in documents:
                raise NotFoundError(f"Er is geen passage {passage_id!r}; ze kan bij een eerdere versie horen")
            text = self.register.text(passage.version).text
            return PassageInContext(
                passage=passage,
                document=documents[passage.version],
                before=text[max(0, passage.start - CONTEXT_CHARACTERS) : passage.start],
                after=text[passage.end : passage.end + CONTEXT_CHARACTERS],
            )

    def document(self, document_id: str) -> StoredDocument:
        """An active document; NotFoundError."""
        return self.register.document(document_id)

    def text(self, document_id: str) -> CanonicalText:
        """The canonical text of an active document; NotFoundError."""
        with self._readers.reading():
            return self.register.text(self.register.document(document_id).version)

    def original(self, document_id: str) -> Path:
        """Where the original file of an active document is kept; NotFoundError."""
        return self.files.path(self.register.document(document_id).file_sha256)

    def ingest(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[Progress], None] | None = None,
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
            room = self._current_room()
            if room is None or (force and self._encoder().fingerprint != room.generation.fingerprint):
                room = self._rebuild()
            return room.pipeline.ingest(entries, force, progress)

    def remove(self, document_id: str) -> None:
        """Take a document out; NotFoundError."""
        self.register.document(document_id)
        with self._alone():
            room = self._current_room()
            if room is None:
                self.register.retire(document_id)
            else:
                room.pipeline.remove(document_id)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One ingest at a time; another thread's is waited for, another process's not for ever."""
        with self._one_thread:
            try:
                self._one_process.acquire(timeout=PATIENCE)
            except Timeout:
                raise HeldError(
                    f"{self.settings.data_dir}: another process takes documents in or out; try again when it is done"
                ) from None
            try:
                yield
            finally:
                self._one_process.release()

    def _search(self) -> Search | None:
        """The search over this moment's documents; None before anything was ingested."""
        room = self._current_room()
        snapshot = self.register.snapshot()
        if room is not None:
            return Search(self.register, snapshot, room.retriever)
        if snapshot.generation is not None:
            raise DataDirectoryError(_misfit(self.settings, snapshot.generation))
        return None

    def _current_room(self) -> _Room | None:
        """The room of the current generation, entered anew when another process has switched; None: no such index."""
        generation = self.register.snapshot().generation
        if self._room is None or self._room.generation != generation:
            self._reopen()
        return self._room

    def _reopen(self) -> None:
        with self._opening:
            generation = self.register.snapshot().generation
            if generation is None or not _fits(self.settings, generation):
                return
            if self._room is None or self._room.generation != generation:
                self._room = self._enter(generation)
                self._room.pipeline.reconcile()

    def _enter(self, generation: Generation) -> _Room:
        """Open the index of a generation; its model is loaded when first needed."""
        index = open_index(self._place, generation.id, generation.dimension)
        encoder = LazyEncoder(generation, self._encoder)
        pipeline = Pipeline(
            register=self.register,
            index=index,
            encoder=encoder,
            cache=self._cache,
            lexicon=self._lexicon,
            files=self.files,
            readers=self._readers,
            shared=self.settings.qdrant_url is not None,
        )
        return _Room(generation, index, encoder, pipeline, Retriever(index, lambda: encoder, self._lexicon))

    def _rebuild(self) -> _Room:
        """Make the index of the model in the settings, from the register, and switch to it when it is complete."""
        former = self.register.snapshot().generation
        for abandoned in self.register.abandon():
            drop_index(self._place, abandoned.id, abandoned.dimension)
        encoder = self._encoder()
        new = Generation(
            id=uuid.uuid4().hex,
            model=self.settings.embedding_model,
            fingerprint=encoder.fingerprint,
            dimension=encoder.dimension,
            lexical_version=LEXICAL_VERSION,
        )
        if former is not None:
            self._notify(f"Making the index anew with model {new.model}")
        index = open_index(self._place, new.id, new.dimension)
        try:
            rebuild(self.register, index, encoder, self._cache, self._lexicon, new)
        finally:
            index.close()
        if self._room is not None:
            self._readers.wait_for_earlier()
            self._room.index.close()
            self._room = None
        self._reopen()
        if former is not None:
            drop_index(self._place, former.id, former.dimension)
        if self._room is None:
            raise DataDirectoryError(f"{self.settings.data_dir}: another process changed the model; ingest again")
        return self._room

    def _encoder(self) -> Encoder:
        with self._model_lock:
            if self._loaded is None:
                self._loaded = self._load(self.settings.embedding_model, self.settings.cache_dir, self._notify)
            return self._loaded


def _fits(settings: Settings, generation: Generation) -> bool:
    return generation.model == settings.embedding_model and generation.lexical_version == LEXICAL_VERSION


def _misfit(settings: Settings, generation: Generation) -> str:
    if generation.model != settings.embedding_model:
        return (
            f"the index in {settings.data_dir} was made with model {generation.model!r}, the settings say "
            f"{settings.embedding_model!r}: run `beleidswijzer ingest` to make it anew, or set "
            f"BELEIDSWIJZER_EMBEDDING_MODEL={generation.model}"
        )
    return (
        f"the index in {settings.data_dir} was made with word analysis {generation.lexical_version!r}, this version "
        f"has {LEXICAL_VERSION!r}: run `beleidswijzer ingest` to make it anew"
    )
