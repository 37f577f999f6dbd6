"""What every embedding model offers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The vectors of texts, and those of their tokens for late interaction.

    `dense` has shape (texts, dimension); `tokens[i]` has shape (at least 1, dimension). All are normalised.
    """

    dense: Vectors
    tokens: tuple[Vectors, ...]


@dataclass(frozen=True, slots=True)
class QueryVectors:
    """The vector of a question, of shape (dimension,), and those of its tokens, of shape (at least 1, dimension).

    `spans` tells where in the question each token stands; empty where the tokenizer does not know.
    """

    dense: Vectors
    tokens: Vectors
    spans: tuple[tuple[int, int], ...]


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

    @property
    def pools_by_mean(self) -> bool:
        """Whether a text's vector is the mean of its tokens', so that those can be compared one by one."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of shape (len(texts), dimension); `progress` is told the number of texts done since last time."""
        ...

    def encode_passages_with_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> TokenVectors:
        """The same vectors with those of every token, in one pass of the model; prefix and special tokens left out."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,)."""
        ...

    def encode_query_with_tokens(self, text: str) -> QueryVectors:
        """The vector of a question with those of its tokens, prefix and special tokens left out."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens that each passage text takes, prefix and special tokens included, before any cut."""
        ...
