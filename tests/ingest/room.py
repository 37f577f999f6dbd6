"""A register, index and pipeline in one folder, with an encoder that can be worked out by hand; and notes for it."""

import functools
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.document import Metadata, Municipality
from corpus.entry import Entry
from corpus.files import FileStore
from corpus.passage import embedded_text
from corpus.readers import Readers
from corpus.register import Register
from corpus.register_schema import State
from corpus.stored import Generation, SecondStage
from embeddings.encoder import Encoder
from embeddings.index import Index
from embeddings.lexical import Lexicon
from embeddings.qdrant_edge import EdgeIndex
from embeddings.vector_cache import VectorCache
from ingest.document_reader import DocumentReader
from ingest.pipeline import IngestReport, Pipeline, Progress
from tests.hand_encoder import HandEncoder
from tests.ingest.plain_reader import PlainReader

UTRECHT = Municipality("GM0344", "Utrecht")


class Room:
    """Everything an ingest needs, in `folder`; opening it again is what a restart does, apart from reconciling."""

    def __init__(
        self,
        folder: Path,
        *,
        encoder: Encoder | None = None,
        reader: DocumentReader | None = None,
        shared: bool = False,
        around_index: Callable[[Index], Index] = lambda index: index,
        around_register: Callable[[Register], Register] = lambda register: register,
        around_files: Callable[[FileStore], FileStore] = lambda files: files,
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.encoder = encoder or HandEncoder()
        self.lexicon = lexicon()
        self.register = Register.open(f"sqlite:///{folder / 'register.db'}")
        self.index: Index = EdgeIndex.open(folder / "index", self.encoder.dimension, with_tokens=True)
        self.cache = VectorCache(folder / "vectors.db")
        self.files = FileStore(folder / "files")
        self.readers = Readers()
        if self.register.snapshot().generation is None:
            self.register.begin(generation_of(self.encoder, self.lexicon))
            self.register.switch(generation_of(self.encoder, self.lexicon).id)
        self.pipeline = Pipeline(
            around_register(self.register),
            around_index(self.index),
            self.encoder,
            self.cache,
            self.lexicon,
            around_files(self.files),
            self.readers,
            reader or PlainReader(),
            shared=shared,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.index.close()
        self.cache.close()
        self.register.close()

    def ingest(
        self, *entries: Entry, force: bool = False, progress: Callable[[Progress], None] | None = None
    ) -> IngestReport:
        return self.pipeline.ingest(entries, force, progress)

    def active(self) -> dict[str, str]:
        """The active version of every document."""
        return {document.metadata.document_id: document.version for document in self.register.snapshot().documents}

    def texts(self) -> dict[str, str]:
        """The canonical text of every active document."""
        return {document_id: self.register.text(version).text for document_id, version in self.active().items()}

    def check_active(self) -> None:
        """No active document is half there; what else a crash left does not matter yet."""
        present = self.index.versions()
        for document in self.register.snapshot().documents:
            assert present.get(document.version) == document.passages, f"half of {document.metadata.document_id}"
            assert len(self.register.passages_of(document.version)) == document.passages
            assert self.files.path(document.file_sha256).is_file()

    def check(self) -> None:
        """Register, index, files and frequencies agree, and every passage can be found and quoted."""
        documents = self.register.snapshot().documents
        assert set(self.register.versions().values()) <= {State.ACTIVE}, "a version that no query sees was left"
        assert self.register.versions().keys() == {document.version for document in documents}
        assert self.index.versions() == {document.version: document.passages for document in documents}
        terms: Counter[int] = Counter()
        versions = [document.version for document in documents]
        for document in documents:
            text = self.register.text(document.version).text
            passages = self.register.passages_of(document.version)
            assert len(passages) == document.passages > 0
            assert self.files.path(document.file_sha256).is_file()
            for passage in passages:
                assert text[passage.start : passage.end] == passage.quote != ""
                embedded = embedded_text(document.metadata.title, passage.section, passage.quote)
                words = self.lexicon.passage_vector(embedded)
                terms.update(words.indices)
                (nearest, *_) = self.index.nearest(self.encoder.encode_query(embedded), versions, 1)
                assert nearest.score > 0.9999
                assert nearest.version in versions
            query = self.lexicon.query_vector(
                passages[0].quote, self.register.frequencies(words_of(self, passages[0].quote))
            )
            found = self.index.matching(query, [document.version], document.passages)
            assert passages[0].id in {point.id for point in found}
            tokens = self.encoder.encode_query_with_tokens(passages[0].quote).tokens
            alike = self.index.alike(tokens, [passage.id for passage in passages])
            assert {point.id for point in alike} == {passage.id for passage in passages}, "token vectors are lost"
        assert dict(self.register.frequencies(sorted(terms)).counts) == dict(terms)
        assert self.register.frequencies([]).passages == sum(document.passages for document in documents)
        kept = {path.name for path in (self.folder / "files").rglob("*") if path.is_file()}
        assert kept == {document.file_sha256 for document in documents}


@functools.cache
def lexicon() -> Lexicon:
    """One for all: it reads a long word list when it is first used."""
    return Lexicon()


def words_of(room: Room, text: str) -> list[int]:
    """The term ids of a text."""
    return list(room.lexicon.passage_vector(text).indices)


def generation_of(encoder: Encoder, lexicon: Lexicon) -> Generation:
    """The generation that an encoder's index belongs to."""
    return Generation(
        id=hashlib.sha256(f"{encoder.fingerprint}/{lexicon.version}".encode()).hexdigest()[:16],
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        lexical_version=lexicon.version,
        second_stage=SecondStage.TOKENS,
    )


def metadata(document_id: str, title: str | None = None) -> Metadata:
    """Metadata of a note of Utrecht of which only the id, and perhaps the title, is known."""
    return Metadata(
        document_id=document_id,
        municipalities=(UTRECHT,),
        title=title,
        kind=None,
        status=None,
        valid_from=None,
        valid_until=None,
        published=None,
        adopted_by=None,
        source=None,
        replaces=(),
        source_file=f"{document_id}.txt",
    )


def note(folder: Path, document_id: str, edition: int = 1, paragraphs: int = 8) -> Entry:
    """Write a note of several passages that differ from those of every other note and edition."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{document_id}.txt"
    path.write_text(note_text(document_id, edition, paragraphs))
    return Entry(path, metadata(document_id, f"Nota {document_id}"))


def note_text(document_id: str, edition: int, paragraphs: int) -> str:
    """The text of a note: paragraphs of about 300 characters."""
    lines = [f"# Nota {document_id}, uitgave {edition}", ""]
    for number in range(1, paragraphs + 1):
        words = _words(f"{document_id}/{edition}/{number}", 40)
        lines += [f"Alinea {number} van {document_id} gaat over " + " ".join(words[:20]) + ".", ""]
        lines += ["De gemeente wil dat " + " ".join(words[20:]) + ".", ""]
    lines.append(f"Einde van {document_id}, uitgave {edition}.")
    return "\n".join(lines) + "\n"


def _words(seed: str, count: int) -> Sequence[str]:
    digest = hashlib.shake_128(seed.encode()).digest(count * 3)
    letters = "aeioubdgklmnprst"
    return [
        "".join(letters[byte >> 4] + letters[byte & 15] for byte in digest[place * 3 : place * 3 + 3])
        for place in range(count)
    ]
