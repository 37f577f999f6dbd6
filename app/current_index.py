"""The index that answers questions now, and how another takes its place."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.retrieval import Retriever
from app.settings import Settings
from corpus.errors import DataDirectoryError, MachineError
from corpus.files import FileStore
from corpus.readers import Readers
from corpus.register import Register
from corpus.stored import Generation, SecondStage
from embeddings.encoder import Encoder
from embeddings.engines import IndexPlace, drop_index, open_index, sweep_indexes
from embeddings.index import Index
from embeddings.lazy_encoder import LazyEncoder
from embeddings.lexical import LEXICAL_VERSION, Lexicon
from embeddings.vector_cache import VectorCache
from ingest.document_reader import DocumentReader
from ingest.pipeline import Pipeline
from ingest.rebuild import rebuild

LoadEncoder = Callable[[str, Path, Callable[[str], None]], Encoder]


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """The index of one generation, and what works on it."""

    generation: Generation
    index: Index
    encoder: LazyEncoder
    pipeline: Pipeline
    retriever: Retriever


class CurrentIndex:
    """Opens the index of the register's current generation, and makes one for another model or word analysis.

    Safe to use from several threads; `renew` is for one at a time.
    """

    def __init__(
        self,
        settings: Settings,
        register: Register,
        files: FileStore,
        readers: Readers,
        load: LoadEncoder,
        notify: Callable[[str], None],
        reader: DocumentReader,
    ) -> None:
        self._settings = settings
        self._register = register
        self._files = files
        self._readers = readers
        self._load = load
        self._notify = notify
        self._place = IndexPlace(settings.data_dir / "index", settings.qdrant_url, settings.qdrant_api_key)
        self._cache = VectorCache(settings.data_dir / "vectors.db", notify)
        self._lexicon = Lexicon()
        self._reader = reader
        self._loading = threading.Lock()
        self._encoder: Encoder | None = None
        self._opening = threading.Lock()
        self._open: OpenIndex | None = None

    def get(self, generation: Generation | None) -> OpenIndex | None:
        """The open index of the register's current generation; None before the first ingest.

        DataDirectoryError when it is not of this model and version.
        """
        if generation is None:
            return None
        if misfit := _misfit(self._settings, generation):
            raise DataDirectoryError(misfit)
        if self._open is None or self._open.generation != generation:
            with self._opening:
                if self._open is None or self._open.generation != generation:
                    self._open = self._opened(generation)
        return self._open

    def current(self) -> OpenIndex | None:
        """The open index of this moment's generation; see `get`."""
        return self.get(self._register.snapshot().generation)

    def fits(self, force: bool) -> bool:
        """Whether there is an index that the model in the settings can fill; `force` loads the model to be sure."""
        generation = self._register.snapshot().generation
        if generation is None or _misfit(self._settings, generation) or not _has_stage(self._settings, generation):
            return False
        return not force or self.encoder().fingerprint == generation.fingerprint

    def renew(self) -> OpenIndex:
        """Make the index of the model in the settings from the register; it takes over when it is complete."""
        former = self._register.snapshot().generation
        self._drop_abandoned()
        encoder = self.encoder()
        generation = Generation(
            id=uuid.uuid4().hex,
            model=self._settings.embedding_model,
            fingerprint=encoder.fingerprint,
            dimension=encoder.dimension,
            lexical_version=LEXICAL_VERSION,
            second_stage=_second_stage(self._settings, encoder),
        )
        if former is not None:
            self._notify(f"Making the index anew with model {generation.model}")
        with self._opening:
            self._register.begin(generation)
            opened = self._opened(generation)
            try:
                rebuild(self._register, opened.index, encoder, self._cache, self._lexicon, generation)
            except BaseException:
                opened.index.close()
                raise
            unused, self._open = self._open, opened
        if unused is not None:
            self._readers.wait_for_earlier()
            unused.index.close()
        if former is not None:
            drop_index(self._place, former.id, former.dimension, former.has_tokens)
        return opened

    def mend(self) -> None:
        """Put right what a crash left; to be called on opening, before any question."""
        generation = self._register.snapshot().generation
        if self._settings.qdrant_url is None:  # else another process may be making one
            self._drop_abandoned()
            sweep_indexes(self._place, keep=generation.id if generation else None)
        if generation is not None and _misfit(self._settings, generation) is None:
            self._reconcile(generation)

    def _reconcile(self, generation: Generation) -> None:
        """Without room, documents can still be read and taken out: who needs the index is told then."""
        try:
            current = self.get(generation)
        except MachineError:
            return
        if current is not None:
            try:
                current.pipeline.reconcile()
            except MachineError as error:
                self._notify(str(error))

    def encoder(self) -> Encoder:
        """The model in the settings; the first call takes seconds."""
        with self._loading:
            if self._encoder is None:
                self._encoder = self._load(self._settings.embedding_model, self._settings.cache_dir, self._notify)
            return self._encoder

    def close(self) -> None:
        """Let go of index and vectors; a second call does nothing."""
        if self._open is not None:
            self._open.index.close()
            self._open = None
        self._cache.close()
        self._reader.close()

    def _drop_abandoned(self) -> None:
        for abandoned in self._register.abandon():
            drop_index(self._place, abandoned.id, abandoned.dimension, abandoned.has_tokens)

    def _opened(self, generation: Generation) -> OpenIndex:
        index = open_index(self._place, generation.id, generation.dimension, generation.has_tokens)
        encoder = LazyEncoder(generation, self.encoder)
        pipeline = Pipeline(
            register=self._register,
            index=index,
            encoder=encoder,
            cache=self._cache,
            lexicon=self._lexicon,
            files=self._files,
            readers=self._readers,
            reader=self._reader,
            shared=self._settings.qdrant_url is not None,
        )
        late = self._settings.uses_tokens(generation)
        return OpenIndex(generation, index, encoder, pipeline, Retriever(index, encoder, self._lexicon, late))


def _second_stage(settings: Settings, encoder: Encoder) -> SecondStage:
    if not settings.late_interaction:
        return SecondStage.OFF
    return SecondStage.TOKENS if encoder.pools_by_mean else SecondStage.UNFIT


def _has_stage(settings: Settings, generation: Generation) -> bool:
    """Whether an index has the second stage that the settings ask for, or its model none to give."""
    unwanted = SecondStage.OFF if settings.late_interaction else SecondStage.TOKENS
    return generation.second_stage is not unwanted


def _misfit(settings: Settings, generation: Generation) -> str | None:
    """Why an index cannot be used with these settings and this version."""
    if generation.model != settings.embedding_model:
        return (
            f"the index in {settings.data_dir} was made with model {generation.model!r}, the settings say "
            f"{settings.embedding_model!r}: run `beleidswijzer ingest` to make it anew, or set "
            f"BELEIDSWIJZER_EMBEDDING_MODEL={generation.model}"
        )
    if generation.lexical_version != LEXICAL_VERSION:
        return (
            f"the index in {settings.data_dir} was made with word analysis {generation.lexical_version!r}, this "
            f"version has {LEXICAL_VERSION!r}: run `beleidswijzer ingest` to make it anew"
        )
    return None
