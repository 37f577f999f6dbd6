"""A temporary index over the texts of a BEIR set, searched as the product searches."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.answer import Mode
from app.evaluation_sets import BeirText
from app.question_reader import QuestionReader
from app.retrieval import Retriever
from corpus.document import Document, Section, SectionKind
from corpus.passage import embedded_text
from corpus.stored import TermFrequencies
from corpus.vocabulary import Abbreviation, Vocabulary
from embeddings.encoder import Encoder
from embeddings.index import Index
from embeddings.lexical import Lexicon
from embeddings.qdrant_edge import EdgeIndex
from embeddings.vector_cache import VectorCache, encode_cached
from ingest.points import make_points
from ingest.split import split


@dataclass(frozen=True, slots=True)
class RankedText:
    """A text of the corpus, and the length of the passage that it scored with."""

    id: str
    length: int


def rank(
    corpus: Sequence[BeirText],
    queries: Mapping[str, str],
    encoder: Encoder,
    folder: Path,
    depth: int,
    late: bool,
) -> dict[str, list[RankedText]]:
    """The first `depth` texts for every query; a text scores as the best of the passages it is split into."""
    lexicon = Lexicon()
    cache = VectorCache(folder / "vectors.db")
    index = EdgeIndex.open(folder / "index", encoder.dimension, late)
    try:
        filled = _fill(index, corpus, encoder, cache, lexicon, late)
        retriever = Retriever(index, encoder, lexicon, late)
        reader = QuestionReader.of(lambda: filled.vocabulary, lexicon.stem)
        versions = [text.id for text in corpus]
        results: dict[str, list[RankedText]] = {}
        for query, text in queries.items():
            asked = reader.read(text)
            probe = retriever.probe(asked.text, Mode.HYBRID, lambda _: filled.frequencies, asked.also)
            best: dict[str, RankedText] = {}
            for candidate in retriever.candidates(probe, versions):
                best.setdefault(candidate.version, RankedText(candidate.version, filled.lengths[candidate.id]))
            results[query] = list(best.values())[:depth]
        return results
    finally:
        index.close()
        cache.close()


@dataclass(frozen=True, slots=True)
class _Filled:
    """What the index was filled with: term counts, words, and the length of each passage by id."""

    frequencies: TermFrequencies
    vocabulary: Vocabulary
    lengths: Mapping[str, int]


def _fill(
    index: Index, corpus: Sequence[BeirText], encoder: Encoder, cache: VectorCache, lexicon: Lexicon, late: bool
) -> _Filled:
    split_texts = [
        (text, split(text.id, Document.of_text(text.text, (Section((), SectionKind.BODY, 0, 0, len(text.text)),))))
        for text in corpus
    ]
    embedded = [
        embedded_text(text.title, passage.section, passage.quote) for text, own in split_texts for passage in own
    ]
    encode_cached(encoder, cache, embedded, late)  # together, in batches of like length
    terms: Counter[int] = Counter()
    words: Counter[str] = Counter()
    lengths: dict[str, int] = {}
    abbreviations: dict[Abbreviation, None] = {}
    for text, passages in split_texts:
        made = make_points(text.title, passages, encoder, cache, lexicon, late)
        index.upsert(made.points)
        terms.update(made.indexed.terms)
        words.update(made.indexed.wording.words)
        abbreviations.update(dict.fromkeys(made.indexed.wording.abbreviations))
        lengths.update((passage.id, len(passage.quote)) for passage in passages)
    vocabulary = Vocabulary(lambda letter: _beginning_with(letter, words), lambda: tuple(abbreviations))
    return _Filled(TermFrequencies(len(lengths), terms), vocabulary, lengths)


def _beginning_with(letter: str, words: Mapping[str, int]) -> dict[str, int]:
    return {word: count for word, count in words.items() if word.startswith(letter)}
