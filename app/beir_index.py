"""A temporary index over the texts of a BEIR set, searched as the product searches."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.answer import Mode
from app.evaluation_sets import BeirText
from app.retrieval import Retriever
from corpus.document import Coverage, Document, Section, SectionKind
from corpus.passage import embedded_text
from corpus.stored import TermFrequencies
from embeddings.encoder import Encoder
from embeddings.index import Point
from embeddings.lexical import Lexicon
from embeddings.qdrant_edge import EdgeIndex
from ingest.split import split


@dataclass(frozen=True, slots=True)
class RankedText:
    """A text of the corpus, and the length of the passage that it scored with."""

    id: str
    length: int


def rank(
    corpus: Sequence[BeirText], queries: Mapping[str, str], encoder: Encoder, folder: Path, depth: int
) -> dict[str, list[RankedText]]:
    """The first `depth` texts for every query; a text scores as the best of the passages it is split into."""
    lexicon = Lexicon()
    index = EdgeIndex.open(folder / "index", encoder.dimension)
    try:
        frequencies, passages = _fill(index, corpus, encoder, lexicon)
        retriever = Retriever(index, encoder, lexicon)
        versions = [text.id for text in corpus]
        results: dict[str, list[RankedText]] = {}
        for query, text in queries.items():
            probe = retriever.probe(text, Mode.HYBRID, lambda _: frequencies)
            best: dict[str, RankedText] = {}
            for candidate in retriever.candidates(probe, versions):
                best.setdefault(candidate.version, RankedText(candidate.version, passages[candidate.id]))
            results[query] = list(best.values())[:depth]
        return results
    finally:
        index.close()


def _fill(
    index: EdgeIndex, corpus: Sequence[BeirText], encoder: Encoder, lexicon: Lexicon
) -> tuple[TermFrequencies, dict[str, int]]:
    split_texts = [(text, passage) for text in corpus for passage in split(text.id, _document(text.text))]
    embedded = [embedded_text(text.title, passage.section, passage.quote) for text, passage in split_texts]
    vectors = encoder.encode_passages(embedded)
    lexical = [lexicon.passage_vector(each) for each in embedded]
    index.upsert(
        Point(passage.id, text.id, True, vector, words)
        for (text, passage), vector, words in zip(split_texts, vectors, lexical, strict=True)
    )
    counts = Counter(term for words in lexical for term in words.indices)
    return TermFrequencies(len(split_texts), counts), {passage.id: len(passage.quote) for _, passage in split_texts}


def _document(text: str) -> Document:
    """The text as a document of one section, as it stands."""
    return Document(
        source=text,
        text=text,
        stretches=(),
        sections=(Section((), SectionKind.BODY, 0, 0, len(text)),),
        pages=(),
        coverage=Coverage(None, None, None, None, None),
        problems=(),
        parser="none",
    )
