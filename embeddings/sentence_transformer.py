"""Any sentence-transformers model as an `Encoder`, on the processor of this machine."""

import hashlib
import json
import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import ModelError
from embeddings.encoder import QueryVectors, TokenVectors, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_TOKENS = 4096
"""Tokens in a batch, padding included: large enough to keep all cores busy, about a second of work on two cores."""

_SAMPLE = 1024
_E5 = re.compile(r"(^|[/\\_-])e5-(small|base|large)(?!.*instruct)", re.IGNORECASE)
_LOAD_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, ImportError, AssertionError)


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What goes before a question and before a passage."""

    query: str
    passage: str


class SentenceTransformerEncoder:
    """An `Encoder` over a loaded model; several threads may use it at once, and none waits for another's batch."""

    def __init__(self, name: str, model: "SentenceTransformer", prefixes: Prefixes, identity: str) -> None:
        """`identity` stands for weights and tokenizer in the fingerprint. ModelError when a vector has no values."""
        self._name = name
        self._model = model
        self._prefixes = prefixes
        # The first text sets truncation and padding in the tokenizer; after that nothing changes in it, so threads can
        # share it.
        probe = self._encode(["proef"], prefixes.passage)
        if probe.ndim != 2 or not np.isfinite(probe).all():
            raise ModelError(f"The embedding model {name} gives no usable vector. Choose another model.")
        self._dimension = int(probe.shape[1])
        self._max_tokens = _max_tokens(model)
        self._pools_by_mean = _pools_by_mean(model)
        self._special = _special_ids(model.tokenizer)
        self._skipped = {each: _prefix_tokens(model.tokenizer, each) for each in (prefixes.query, prefixes.passage)}
        facts = [identity, prefixes.query, prefixes.passage, self._dimension, self._max_tokens]
        self._fingerprint = hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    @property
    def name(self) -> str:
        return self._name

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    @property
    def pools_by_mean(self) -> bool:
        return self._pools_by_mean

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Vectors in the order of `texts`; encoded in batches of like length, the longest first."""
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        tokens = [min(count, self._max_tokens) for count in self.count_tokens(texts)]
        for rows in _batches(tokens):
            vectors[rows] = self._encode([texts[row] for row in rows], self._prefixes.passage)
            if progress is not None:
                progress(len(rows))
        return vectors

    def encode_passages_with_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> TokenVectors:
        """As `encode_passages`, in the same time."""
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        tokens: list[Vectors] = [vectors] * len(texts)
        lengths = [min(count, self._max_tokens) for count in self.count_tokens(texts)]
        for rows in _batches(lengths):
            encoded = self._encode_with_tokens([texts[row] for row in rows], self._prefixes.passage)
            vectors[rows] = encoded.dense
            for row, own in zip(rows, encoded.tokens, strict=True):
                tokens[row] = own
            if progress is not None:
                progress(len(rows))
        return TokenVectors(vectors, tuple(tokens))

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question, of shape (dimension,)."""
        vector: Vectors = self._encode([text], self._prefixes.query)[0]
        return vector

    def encode_query_with_tokens(self, text: str) -> QueryVectors:
        """As `encode_query`, with the vectors of its tokens."""
        encoded = self._encode_with_tokens([text], self._prefixes.query)
        spans = self._spans(text, self._prefixes.query)
        tokens = encoded.tokens[0]
        return QueryVectors(encoded.dense[0], tokens, spans if len(spans) == len(tokens) else ())

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each passage text before any cut, prefix and special tokens included."""
        if not texts:
            return []
        prefixed = [self._prefixes.passage + text for text in texts]
        tokenizer: Any = self._model.tokenizer
        backend = getattr(tokenizer, "backend_tokenizer", tokenizer)
        if not hasattr(backend, "encode_batch"):
            return [len(tokenizer(text, truncation=False)["input_ids"]) for text in prefixed]
        # What is cut off comes back as `overflowing`, so the tokenizer that other threads use need not be changed.
        return [_length(encoding) for encoding in backend.encode_batch(prefixed)]

    def _encode(self, texts: list[str], prefix: str) -> Vectors:
        encoded = self._model.encode(
            texts,
            prompt=prefix,
            batch_size=len(texts),
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.asarray(encoded, dtype=np.float32)

    def _encode_with_tokens(self, texts: list[str], prefix: str) -> TokenVectors:
        encoded: Any = self._model.encode(
            texts,
            prompt=prefix,
            batch_size=len(texts),
            show_progress_bar=False,
            output_value=None,
            normalize_embeddings=True,
        )
        dense = np.stack([each["sentence_embedding"].numpy() for each in encoded]).astype(np.float32)
        skipped = self._skipped[prefix]
        return TokenVectors(
            dense, tuple(self._own_tokens(each, vector, skipped) for each, vector in zip(encoded, dense, strict=True))
        )

    def _spans(self, text: str, prefix: str) -> tuple[tuple[int, int], ...]:
        """Where the tokens of a question stand in it, up to where the model reads."""
        backend = getattr(self._model.tokenizer, "backend_tokenizer", None)
        if backend is None:
            return ()
        encoding = backend.encode(prefix + text)
        marks = zip(encoding.offsets, encoding.ids, encoding.attention_mask, strict=True)
        own = [offsets for offsets, token, present in marks if present and token not in self._special]
        return tuple((max(0, start - len(prefix)), end - len(prefix)) for start, end in own[self._skipped[prefix] :])

    def _own_tokens(self, encoded: Any, dense: Vectors, skipped: int) -> Vectors:
        """The normalised vectors of a text's own tokens; the text's own vector where it has none."""
        present = encoded["attention_mask"].numpy().astype(bool)
        special = np.isin(encoded["input_ids"].numpy(), list(self._special))
        tokens: Vectors = encoded["token_embeddings"].numpy()[present & ~special][skipped:].astype(np.float32)
        if not len(tokens):
            return dense[None, :]
        normalised: Vectors = tokens / np.maximum(np.linalg.norm(tokens, axis=1, keepdims=True), np.float32(1e-12))
        return normalised


def load_sentence_transformer(
    source: str, name: str, identity: str | None = None, local_only: bool = True
) -> SentenceTransformerEncoder:
    """Load a folder, or a model that the hub's cache holds, or (not `local_only`) one that is fetched from the hub.

    `identity` is worked out from the weights when not given. Raises ModelError when it cannot be loaded, with the
    library's error as its cause.
    """
    with quiet_libraries():
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(source, device="cpu", local_files_only=local_only).float().eval()
        except (*_LOAD_FAULTS, SafetensorError) as error:
            raise ModelError(
                f"The embedding model {name} cannot be loaded ({_first_line(error)}). Give the name or the folder of a "
                "sentence-transformers model in BELEIDSWIJZER_EMBEDDING_MODEL, or leave it out for the packaged one."
            ) from error
        return SentenceTransformerEncoder(name, model, _prefixes(name, model), identity or _identity(model))


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Import and load without progress bars, notices or warnings of the libraries on the terminal.

    Threads that wait for each other sleep instead of spinning, unless OMP_WAIT_POLICY says otherwise: on a machine that
    is also busy with something else a question then takes a tenth of the time. OpenMP reads this when torch is loaded.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    for library in ("sentence_transformers", "transformers", "huggingface_hub", "torch"):
        logging.getLogger(library).setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from huggingface_hub.utils import disable_progress_bars  # type: ignore[attr-defined]
        from transformers.utils.logging import disable_progress_bar, set_verbosity_error

        disable_progress_bars()
        disable_progress_bar()  # type: ignore[no-untyped-call]
        set_verbosity_error()  # type: ignore[no-untyped-call]
        yield


def _batches(tokens: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of at most BATCH_TOKENS with padding, but at least one row; longest first."""
    batch: list[int] = []
    for row in sorted(range(len(tokens)), key=lambda row: -tokens[row]):
        if batch and (len(batch) + 1) * tokens[batch[0]] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _special_ids(tokenizer: Any) -> frozenset[int]:
    """The ids of tokens that stand for nothing in a text; what the tokenizer does not know does stand for something."""
    return frozenset(map(int, getattr(tokenizer, "all_special_ids", ()))) - {getattr(tokenizer, "unk_token_id", None)}


def _prefix_tokens(tokenizer: Any, prefix: str) -> int:
    """How many tokens a prefix takes, without its last space: that begins the first token of the text."""
    bare = prefix.rstrip()
    if not bare:
        return 0
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        return len(tokenizer(bare, add_special_tokens=False)["input_ids"])
    return sum(backend.encode(bare, add_special_tokens=False).attention_mask)  # which sets nothing in the tokenizer


def _length(encoding: Any) -> int:
    """Tokens in an encoding and in what was cut off from it; special tokens count once, padding does not."""
    rest = sum(sum(part.attention_mask) - sum(_specials(part)) for part in encoding.overflowing)
    return int(sum(encoding.attention_mask) + rest)


def _specials(encoding: Any) -> list[int]:
    pairs = zip(encoding.special_tokens_mask, encoding.attention_mask, strict=True)
    return [special * present for special, present in pairs]


def _max_tokens(model: "SentenceTransformer") -> int:
    limit = model.max_seq_length or getattr(model.tokenizer, "model_max_length", None)
    return int(limit) if limit is not None and limit < 1_000_000 else 1_000_000


def _pools_by_mean(model: "SentenceTransformer") -> bool:
    """Whether the model is a transformer with mean pooling and nothing but a normalisation after it."""
    kinds = [type(module).__name__ for module in model]
    poolings = [module for module in model if type(module).__name__ == "Pooling"]
    if kinds[:2] != ["Transformer", "Pooling"] or kinds[2:] not in ([], ["Normalize"]):
        return False
    return bool(poolings[0].get_config_dict().get("pooling_mode") == "mean")  # type: ignore[operator]


def _prefixes(name: str, model: "SentenceTransformer") -> Prefixes:
    """The model's own prompts; those of the E5 family for a name of that family that has none."""
    prompts = model.prompts
    query, passage = prompts.get("query") or "", prompts.get("passage") or prompts.get("document") or ""
    if not query and not passage and _E5.search(name):
        return Prefixes("query: ", "passage: ")
    return Prefixes(query, passage)


def _identity(model: "SentenceTransformer") -> str:
    """A sha256 over the modules, the tokenizer and a sample of up to 1,024 values of every tensor."""
    digest = hashlib.sha256()
    for module in model:
        config_of: Any = getattr(module, "get_config_dict", dict)
        digest.update(f"{type(module).__name__} {json.dumps(config_of(), sort_keys=True, default=str)}\n".encode())
    backend = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    digest.update(backend.to_str().encode() if hasattr(backend, "to_str") else type(backend).__name__.encode())
    for key, tensor in model.state_dict().items():
        flat = tensor.detach().reshape(-1)
        sample = flat[:: max(1, len(flat) // _SAMPLE)][:_SAMPLE].float().numpy()
        digest.update(f"{key} {tuple(tensor.shape)}\n".encode() + sample.astype("<f4").tobytes())
    return digest.hexdigest()


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
