"""The vectors of statements, each encoded once."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from embeddings.encoder import Encoder, Vectors
from embeddings.vector_cache import VectorCache, encode_cached

_MOST = 20_000  # vectors of a few hundred numbers: some thirty megabytes


class StatementVectors:
    """Encodes statements and keeps the latest of them; safe to use from several threads.

    With a `cache` on disk no statement is encoded twice on a machine; encoding is what costs, reading is a hundredth.
    """

    def __init__(self, encoder: Encoder, cache: VectorCache | None = None) -> None:
        self._encoder = encoder
        self._cache = cache
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """That of the encoder."""
        return self._encoder.fingerprint

    def of(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), normalised."""
        with self._lock:
            have = {text: self._kept[text] for text in texts if text in self._kept}
        missing = [text for text in dict.fromkeys(texts) if text not in have]
        if missing:
            have.update(zip(missing, self._encoded(missing), strict=True))
            with self._lock:
                self._kept.update((text, have[text]) for text in missing)
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        if not texts:
            return np.zeros((0, self._encoder.dimension), dtype=np.float32)
        return np.stack([have[text] for text in texts])

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        if self._cache is None:
            return self._encoder.encode_passages(texts)
        return encode_cached(self._encoder, self._cache, texts).dense
