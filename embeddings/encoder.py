"""What every embedding model offers."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Text to normalised dense vectors (float32); safe to call from several threads.

    `fingerprint` changes whenever the same text could get another vector (weights, prefix, pooling, dimension).
    """

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def max_tokens(self) -> int: ...

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of shape (len(texts), dimension); `progress` is told the number of texts done since last time."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,)."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens that each passage text takes, prefix and special tokens included, before any cut."""
        ...
