"""An encoder that is loaded when the first text is to be encoded."""

import threading
from collections.abc import Callable, Sequence

from corpus.errors import ModelError
from corpus.stored import Generation
from embeddings.encoder import Encoder, QueryVectors, TokenVectors, Vectors


class LazyEncoder:
    """The model of an index, known by what the register says of it; the weights are loaded on first use.

    So a command that encodes nothing waits for nothing. When loading shows a model with another fingerprint than the
    index was made with, ModelError says so.
    """

    def __init__(self, generation: Generation, load: Callable[[], Encoder]) -> None:
        self._generation = generation
        self._load = load
        self._lock = threading.Lock()
        self._loaded: Encoder | None = None

    @property
    def name(self) -> str:
        return self._generation.model

    @property
    def fingerprint(self) -> str:
        return self._generation.fingerprint

    @property
    def dimension(self) -> int:
        return self._generation.dimension

    @property
    def max_tokens(self) -> int:
        return self.loaded().max_tokens

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """As the model's own."""
        return self.loaded().encode_passages(texts, progress)

    @property
    def pools_by_mean(self) -> bool:
        return self.loaded().pools_by_mean

    def encode_passages_with_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> TokenVectors:
        """As the model's own."""
        return self.loaded().encode_passages_with_tokens(texts, progress)

    def encode_query_with_tokens(self, text: str) -> QueryVectors:
        """As the model's own."""
        return self.loaded().encode_query_with_tokens(text)

    def encode_query(self, text: str) -> Vectors:
        """As the model's own."""
        return self.loaded().encode_query(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the model's own."""
        return self.loaded().count_tokens(texts)

    def loaded(self) -> Encoder:
        """The model itself; the first call takes seconds."""
        with self._lock:
            if self._loaded is None:
                encoder = self._load()
                if encoder.fingerprint != self._generation.fingerprint:
                    raise ModelError(
                        f"the index was made with another version of model {self.name!r}: its weights or settings have "
                        "changed; run `beleidswijzer ingest --force` to make the index again"
                    )
                self._loaded = encoder
            return self._loaded
