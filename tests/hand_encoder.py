"""An encoder whose vectors can be worked out by hand."""

import re
import threading
from collections.abc import Callable, Sequence

import numpy as np

from embeddings.encoder import QueryVectors, TokenVectors, Vectors

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


class HandEncoder:
    """Counts letters: element i holds how often the i-th letter (modulo `dimension`) occurs, divided by the norm.

    Case does not matter, and passages and questions are treated alike. A text without letters gets (1, 0, 0, ...).
    With 3 dimensions "aab" is (2, 1, 0) / sqrt(5), and "d" is the same as "a". A token is a word between spaces, and
    every text takes two more. `encoded` counts the texts that were encoded, questions included.
    """

    def __init__(self, dimension: int = 26, max_tokens: int = 512, name: str = "hand") -> None:
        self._dimension = dimension
        self._max_tokens = max_tokens
        self._name = name
        self._lock = threading.Lock()
        self.encoded = 0

    @property
    def name(self) -> str:
        return self._name

    @property
    def fingerprint(self) -> str:
        return f"{self._name}-{self._dimension}-{self._max_tokens}"

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """One vector per text; `progress` is told after each text."""
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(text)
            if progress is not None:
                progress(1)
        return vectors

    @property
    def pools_by_mean(self) -> bool:
        return True

    def encode_passages_with_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> TokenVectors:
        """The vectors of the texts, and of their words as if each were a text."""
        dense = self.encode_passages(texts, progress)
        return TokenVectors(dense, tuple(np.stack([_counted(w, self._dimension) for w in _words(t)]) for t in texts))

    def encode_query_with_tokens(self, text: str) -> QueryVectors:
        """The same vectors as the text would get as a passage."""
        encoded = self.encode_passages_with_tokens([text])
        spans = tuple(match.span() for match in re.finditer(r"\S+", text)) or ((0, len(text)),)
        return QueryVectors(encoded.dense[0], encoded.tokens[0], spans)

    def encode_query(self, text: str) -> Vectors:
        """The same vector as the text would get as a passage."""
        return self._vector(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words between spaces, plus two."""
        return [len(text.split()) + 2 for text in texts]

    def _vector(self, text: str) -> Vectors:
        with self._lock:
            self.encoded += 1
        return _counted(text, self._dimension)


def _words(text: str) -> list[str]:
    return text.split() or [text]


def _counted(text: str, dimension: int) -> Vectors:
    counts = np.zeros(dimension, dtype=np.float32)
    for letter in text.lower():
        place = ALPHABET.find(letter)
        if place >= 0:
            counts[place % dimension] += 1
    if not counts.any():
        counts[0] = 1
    return counts / np.float32(np.linalg.norm(counts))
