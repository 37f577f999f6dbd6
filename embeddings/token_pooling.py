"""A passage's token vectors made few and small, for the second stage of a search."""

import numpy as np

from embeddings.encoder import Vectors

POOLING = "ward/2+int8"
"""How token vectors are pooled and rounded; raise it when that changes, so that no cache or index mixes two ways."""

_TOKENS_A_VECTOR = 2
_LEVELS = 127


def pooled(tokens: Vectors) -> bytes:
    """Half as many vectors, each the mean of a cluster by Ward's method, rounded to 8 bits a value.

    `tokens` has shape (n, dimension), n at least 1. The vectors are normalised again; order has no meaning. Clavié,
    Chaffin and Adams 2024 (arXiv 2409.14683) pool so; figures of this and of fewer: tests/evaluation/RESULTS.md.
    """
    clusters = -(-len(tokens) // _TOKENS_A_VECTOR)
    vectors: Vectors = tokens if clusters == len(tokens) else _means(tokens, clusters)
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    largest = np.maximum(np.abs(vectors).max(axis=1), 1e-12).astype("<f4")
    levels = np.rint(vectors / largest[:, None] * _LEVELS).astype(np.int8)
    return bytes(largest.tobytes() + levels.tobytes())


def unpooled(value: bytes, dimension: int) -> Vectors | None:
    """The vectors of shape (clusters, dimension) that `pooled` made; None for bytes of another dimension."""
    clusters, rest = divmod(len(value), dimension + 4)
    if rest or not clusters:
        return None
    largest = np.frombuffer(value[: 4 * clusters], dtype="<f4")
    levels = np.frombuffer(value[4 * clusters :], dtype=np.int8).reshape(clusters, dimension)
    vectors = (levels.astype(np.float32) / _LEVELS * largest[:, None]).astype(np.float32)
    normalised: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-12))
    return normalised


def _means(tokens: Vectors, clusters: int) -> Vectors:
    from scipy.cluster.hierarchy import fcluster, ward  # deferred: half a second

    member_of = fcluster(ward(tokens), clusters, criterion="maxclust")
    means: Vectors = np.stack([tokens[member_of == cluster].mean(axis=0) for cluster in np.unique(member_of)])
    return means
