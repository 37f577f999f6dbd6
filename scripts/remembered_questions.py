"""An encoder for measuring what is not encoding."""

from embeddings.encoder import Encoder, QueryVectors, Vectors


class RememberedQuestions:
    """An encoder that encodes no question twice, so that what is timed the second time is all but encoding."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._dense: dict[str, Vectors] = {}
        self._with_tokens: dict[str, QueryVectors] = {}
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.max_tokens = encoder.max_tokens
        self.pools_by_mean = encoder.pools_by_mean
        self.encode_passages = encoder.encode_passages
        self.encode_passages_with_tokens = encoder.encode_passages_with_tokens
        self.count_tokens = encoder.count_tokens

    def encode_query(self, text: str) -> Vectors:
        """The vector that was made the first time."""
        if text not in self._dense:
            self._dense[text] = self._encoder.encode_query(text)
        return self._dense[text]

    def encode_query_with_tokens(self, text: str) -> QueryVectors:
        """The vectors that were made the first time."""
        if text not in self._with_tokens:
            self._with_tokens[text] = self._encoder.encode_query_with_tokens(text)
        return self._with_tokens[text]
