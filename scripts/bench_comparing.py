"""How fast topics are compared: the notes themselves, and parts of them as the notes of more municipalities."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from app.answer import Scope
from app.aspects.extractor import AspectExtractor
from app.aspects.model import packaged_model
from app.calibration import find_calibration
from app.comparing.aspects import PassageAspects
from app.knowledge_base import KnowledgeBase
from app.question_reader import QuestionReader
from app.retrieval import Retriever
from app.search import Comparing, Judging, Search
from app.settings import Settings
from app.topic import TopicFinder
from corpus.document import SectionKind
from corpus.municipalities import Municipalities, load_municipalities
from corpus.near_identical import Sketch
from corpus.passage import Passage, passage_id
from corpus.register import Register
from corpus.stored import CanonicalText, Generation, IndexedVersion, NewVersion, Snapshot, StoredDocument
from corpus.vocabulary import Wording
from embeddings.encoder import Encoder, Vectors
from embeddings.index import Point
from embeddings.lexical import Lexicon
from embeddings.qdrant_edge import EdgeIndex
from embeddings.vector_cache import VectorCache
from ingest.points import make_points
from questions import TOPICS

SIZES = (4, 40, 340)
PER_MUNICIPALITY = 3
_TOPICS = TOPICS[:20]
_PASSAGES = 40  # of each simulated municipality
_NOISE = 0.01  # of the length of a vector, so that no two municipalities have the same scores
Row = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class _Note:
    """A note with its text, passages and points, as it was ingested."""

    document: StoredDocument
    text: CanonicalText
    passages: tuple[Passage, ...]
    points: dict[str, Point]


def measure_comparing(settings: Settings, encoder: Encoder, row: Row, sizes: Sequence[int] = SIZES) -> None:
    """Seconds of a matrix of 20 topics over the notes that `settings` hold, and milliseconds a municipality of others.

    What is timed begins with a loaded model and ends with the last comparison, aspects included.
    """
    with KnowledgeBase.open(settings, load=lambda *_: encoder) as knowledge_base:
        knowledge_base.load_model()
        for what in ("20 topics x 4 municipalities, the notes", "the same again"):
            begin = time.perf_counter()
            for topic in _TOPICS:
                knowledge_base.compare(topic, Scope(), PER_MUNICIPALITY)
            row(what, f"{time.perf_counter() - begin:,.2f} s", "aspects included")
        generation = knowledge_base.snapshot().generation
        assert generation is not None
        notes = list(_notes(knowledge_base.register, settings, encoder, generation))
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="beleidswijzer-bench-") as folder:
            _measure_simulated(notes, size, Path(folder), settings, encoder, generation, row)


def _measure_simulated(
    notes: Sequence[_Note],
    size: int,
    folder: Path,
    settings: Settings,
    encoder: Encoder,
    generation: Generation,
    row: Row,
) -> None:
    with _searched(notes, size, folder, settings, encoder, generation) as (search, _):
        search.compare(_TOPICS[0], Scope(), PER_MUNICIPALITY, date(2026, 1, 1))
        begin = time.perf_counter()
        for topic in _TOPICS:
            search.compare(topic, Scope(), PER_MUNICIPALITY, date(2026, 1, 1))
        took = time.perf_counter() - begin
    row(
        f"a topic x {size} simulated municipalities",
        f"{took / len(_TOPICS) * 1000:,.0f} ms",
        f"{took / len(_TOPICS) / size * 1000:,.1f} ms a municipality of {_PASSAGES} passages",
    )


@contextmanager
def simulated(knowledge_base: KnowledgeBase, encoder: Encoder, size: int) -> Iterator[tuple[Search, Snapshot]]:
    """A search over parts of the notes of a knowledge base as those of the first `size` municipalities."""
    generation = knowledge_base.snapshot().generation
    assert generation is not None
    settings = knowledge_base.settings
    notes = list(_notes(knowledge_base.register, settings, encoder, generation))
    with (
        tempfile.TemporaryDirectory(prefix="beleidswijzer-bench-") as folder,
        _searched(notes, size, Path(folder), settings, encoder, generation) as found,
    ):
        yield found


@contextmanager
def _searched(
    notes: Sequence[_Note], size: int, folder: Path, settings: Settings, encoder: Encoder, generation: Generation
) -> Iterator[tuple[Search, Snapshot]]:
    municipalities = load_municipalities()
    with _filled(notes, size, folder, encoder, generation, municipalities) as (register, index):
        lexicon, calibration = Lexicon(), find_calibration(settings.data_dir, generation, generation.has_tokens)
        snapshot = register.snapshot()
        search = Search(
            register,
            snapshot,
            (),
            Retriever(index, encoder, lexicon, generation.has_tokens),
            QuestionReader.of(register.vocabulary, Lexicon.stem, [each.name for each in municipalities]),
            Judging(TopicFinder(municipalities), lambda: calibration),
            Comparing(PassageAspects(AspectExtractor(packaged_model())), dict),
        )
        yield search, snapshot


def _notes(register: Register, settings: Settings, encoder: Encoder, generation: Generation) -> Iterator[_Note]:
    cache, lexicon = VectorCache(settings.data_dir / "vectors.db"), Lexicon()
    try:
        for document in register.snapshot().documents:
            passages = register.passages_of(document.version)
            body = tuple(each for each in passages if each.kind is SectionKind.BODY)
            made = make_points(document.metadata.title, body, encoder, cache, lexicon, generation.has_tokens)
            yield _Note(document, register.text(document.version), body, {each.id: each for each in made.points})
    finally:
        cache.close()


@contextmanager
def _filled(
    notes: Sequence[_Note],
    size: int,
    folder: Path,
    encoder: Encoder,
    generation: Generation,
    municipalities: Municipalities,
) -> Iterator[tuple[Register, EdgeIndex]]:
    """A register and an index with a part of a note for each of the first `size` municipalities."""
    chance = random.Random(size)
    index = EdgeIndex.open(folder / "index", encoder.dimension, generation.has_tokens)
    register = Register.open(f"sqlite:///{folder / 'register.db'}")
    try:
        register.begin(generation)
        register.switch(generation.id)
        for number, municipality in enumerate(list(municipalities)[:size]):
            note = notes[number % len(notes)]
            metadata = replace(
                note.document.metadata, document_id=f"nota-{municipality.code.lower()}", municipalities=(municipality,)
            )
            version = f"{number:064x}"
            passages = _part(note, version, chance)
            points = [_moved(note.points[was.id], each, chance) for was, each in passages]
            own = tuple(each for _, each in passages)
            document = replace(
                note.document, metadata=metadata, version=version, passages=len(own), sketch=Sketch(0, ())
            )
            terms = Counter(term for point in points for term in point.lexical.indices)
            tokens = sum(len(point.tokens) for point in points if point.tokens is not None)
            register.add_pending(
                NewVersion(document, replace(note.text, version=version), own, ()),
                generation.id,
                IndexedVersion(terms, (), Wording({}, ()), tokens),
            )
            index.upsert(points)
            register.activate(version)
        index.flush()
        yield register, index
    finally:
        register.close()
        index.close()


def _part(note: _Note, version: str, chance: random.Random) -> list[tuple[Passage, Passage]]:
    """Some passages of a note in their order, each with itself as a passage of `version`."""
    places = sorted(chance.sample(range(len(note.passages)), min(_PASSAGES, len(note.passages))))
    some = [note.passages[place] for place in places]
    return [(was, replace(was, id=passage_id(version, was.start, was.end), version=version)) for was in some]


def _moved(point: Point, passage: Passage, chance: random.Random) -> Point:
    """The point of a passage that says nearly the same."""
    noise = np.random.default_rng(chance.randrange(2**32)).normal(size=point.dense.shape)
    moved: Vectors = (point.dense + _NOISE * noise / np.linalg.norm(noise)).astype(np.float32)
    return replace(point, id=passage.id, version=passage.version, dense=moved / np.linalg.norm(moved))
