"""Late interaction over the token vectors of a pool, pooled in the ways that are compared."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from app.experiment.recipe import Tokens
from app.experiment.scores import Matrix
from corpus.stored import TermFrequencies
from embeddings.encoder import QueryVectors, Vectors
from embeddings.lexical import Lexicon
from embeddings.token_pooling import pooled, unpooled

LEAST_WEIGHT = 0.3
"""Of a token without a word, or of a stop word; as in `app.retrieval`, which a test holds this against."""


def pooling(tokens: Tokens) -> Callable[[Vectors], Vectors]:
    """What makes of a passage's token vectors those that are kept."""
    if tokens.rounded:
        if tokens.pooled != 2:
            raise ValueError("only the product's own pooling is rounded")
        return _product
    if tokens.pooled == 1:
        return lambda vectors: vectors
    return lambda vectors: ward_means(vectors, -(-len(vectors) // tokens.pooled))


def ward_means(vectors: Vectors, clusters: int) -> Vectors:
    """The normalised means of the clusters by Ward's method."""
    if clusters >= len(vectors):
        return vectors
    from scipy.cluster.hierarchy import fcluster, ward  # deferred: half a second

    member_of = fcluster(ward(vectors), clusters, criterion="maxclust")
    means = np.stack([vectors[member_of == cluster].mean(axis=0) for cluster in np.unique(member_of)])
    normalised: Vectors = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), np.float32(1e-12))
    return normalised


def best_cosines(questions: Sequence[QueryVectors], passages: Sequence[Vectors]) -> list[npt.NDArray[np.float32]]:
    """For each question, of shape (its tokens, passages), each token's best cosine with one of a passage's."""
    together = np.concatenate(list(passages)).T
    starts = np.cumsum([0, *(len(each) for each in passages)])[:-1]
    return [np.maximum.reduceat(question.tokens @ together, starts, axis=1) for question in questions]


def weighted(best: Sequence[npt.NDArray[np.float32]], weights: Sequence[npt.NDArray[np.float32]]) -> Matrix:
    """The mean of the best cosines of each question's tokens, of shape (questions, passages)."""
    scores: Matrix = np.stack([own @ cosines for own, cosines in zip(weights, best, strict=True)]).astype(np.float32)
    return scores


def even_weights(question: QueryVectors) -> npt.NDArray[np.float32]:
    """The same for every token, 1 together."""
    return np.full(len(question.tokens), 1.0 / len(question.tokens), dtype=np.float32)


def idf_weights(
    text: str, question: QueryVectors, lexicon: Lexicon, frequencies: TermFrequencies
) -> npt.NDArray[np.float32]:
    """For each token the idf of the word it belongs to, 1 together, as the product weighs them."""
    weights = np.full(len(question.tokens), LEAST_WEIGHT, dtype=np.float32)
    words = lexicon.word_weights(text, frequencies)
    for row, (start, end) in enumerate(question.spans):
        own = [weight for first, last, weight in words if first < end and start < last]
        weights[row] = max([LEAST_WEIGHT, *own])
    normalised: npt.NDArray[np.float32] = weights / weights.sum()
    return normalised


def _product(vectors: Vectors) -> Vectors:
    kept = unpooled(pooled(vectors), vectors.shape[1])
    if kept is None:
        raise ValueError("what was pooled cannot be read back")
    return kept
