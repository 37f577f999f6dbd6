"""Passages to points: their vectors, and the term counts that go with them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.document import SectionKind
from corpus.passage import Passage, embedded_text
from corpus.stored import IndexedVersion
from embeddings.encoder import Encoder
from embeddings.index import Point
from embeddings.lexical import Lexicon
from embeddings.models import would_cut
from embeddings.vector_cache import VectorCache, encode_cached
from ingest.wording import wording_of


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one document version, and what the register keeps of them; `encoded` were not in the cache."""

    points: tuple[Point, ...]
    indexed: IndexedVersion
    encoded: int


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
    points = tuple(
        Point(passage.id, passage.version, passage.kind is SectionKind.BODY, dense, words, own)
        for passage, dense, words, own in zip(passages, vectors.dense, lexical, tokens, strict=True)
    )
    indexed = IndexedVersion(
        terms=Counter(term for words in lexical for term in words.indices),
        problems=_cut_by(encoder, texts),
        wording=wording_of(title, passages),
        token_vectors=sum(len(point.tokens) for point in points if point.tokens is not None),
    )
    return Points(points, indexed, vectors.encoded)


def _cut_by(encoder: Encoder, texts: Sequence[str]) -> tuple[str, ...]:
    cut = would_cut(encoder, texts)
    if not cut:
        return ()
    passages = "1 passage is" if cut == 1 else f"{cut} passages zijn"
    return (
        f"{passages} langer dan het model {encoder.name} leest ({encoder.max_tokens} tokens): wat daarna komt, is wel "
        "op zijn woorden te vinden, maar niet op zijn betekenis",
    )
