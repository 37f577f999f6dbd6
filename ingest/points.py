"""Passages to points: their vectors, and the term counts that go with them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import SectionKind
from corpus.passage import Passage, embedded_text
from corpus.vocabulary import Wording
from embeddings.encoder import Encoder
from embeddings.index import Point
from embeddings.lexical import Lexicon
from embeddings.models import would_cut
from embeddings.vector_cache import VectorCache, encode_cached
from ingest.wording import wording_of


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one document version; `terms` counts for each term id the passages that hold it.

    `problems` are those of the model with these passages; `encoded` texts were not in the cache.
    """

    points: tuple[Point, ...]
    terms: Mapping[int, int]
    problems: tuple[str, ...]
    encoded: int
    wording: Wording

    @property
    def token_vectors(self) -> int:
        """How many token vectors the points carry."""
        return sum(len(point.tokens) for point in self.points if point.tokens is not None)


def make_points(
    title: str | None,
    passages: Sequence[Passage],
    encoder: Encoder,
    cache: VectorCache,
    lexicon: Lexicon,
    with_tokens: bool,
    progress: Callable[[int], None] | None = None,
) -> Points:
    """Vectors from the cache or the encoder, those of tokens as well for an index that holds them.

    `progress` is told the number of texts done since last time.
    """
    texts = [embedded_text(title, passage.section, passage.quote) for passage in passages]
    vectors = encode_cached(encoder, cache, texts, with_tokens, progress)
    tokens = vectors.tokens or (None,) * len(texts)
    lexical = [lexicon.passage_vector(text) for text in texts]
    return Points(
        points=tuple(
            Point(passage.id, passage.version, passage.kind is SectionKind.BODY, dense, words, own)
            for passage, dense, words, own in zip(passages, vectors.dense, lexical, tokens, strict=True)
        ),
        terms=Counter(term for words in lexical for term in words.indices),
        problems=_cut_by(encoder, texts),
        encoded=vectors.encoded,
        wording=wording_of(title, passages),
    )


def _cut_by(encoder: Encoder, texts: Sequence[str]) -> tuple[str, ...]:
    cut = would_cut(encoder, texts)
    if not cut:
        return ()
    passages = "1 passage is" if cut == 1 else f"{cut} passages are"
    return (
        f"{passages} longer than model {encoder.name} reads ({encoder.max_tokens} tokens): "
        f"what comes after is found by its words, not by its meaning",
    )
