"""The vectors of experiments, kept in the cache directory so that a second report encodes nothing."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.cache_directory import cache_faults
from embeddings.encoder import Encoder, QueryVectors, Vectors
from embeddings.vector_cache import CachedVectors, VectorCache, encode_cached

FOLDER = "experiments"
_AT_ONCE = 128
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
_Arrays = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class AllTokens:
    """Vectors of passages with one for every token, none pooled.

    `dense` has shape (passages, dimension), `tokens` (tokens of all passages in order, dimension) in half precision;
    those of passage i are tokens[ends[i - 1]:ends[i]].
    """

    dense: Vectors
    tokens: npt.NDArray[np.float16]
    ends: npt.NDArray[np.int64]

    def of(self, row: int) -> Vectors:
        """The token vectors of one passage, of shape (at least 1, dimension)."""
        start = int(self.ends[row - 1]) if row else 0
        own: Vectors = self.tokens[start : int(self.ends[row])].astype(np.float32)
        return own


class VectorStore:
    """Encodes what its folder does not hold yet; a damaged file is made again.

    `notify` hears of what takes long. Raises DataDirectoryError and MachineError for the cache directory.
    """

    def __init__(self, cache_dir: Path, encoder: Encoder, notify: Callable[[str], None]) -> None:
        self._folder = cache_dir / FOLDER
        self._encoder = encoder
        self._notify = notify
        with cache_faults(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        self._opened: VectorCache | None = None

    def close(self) -> None:
        """Let go of the files."""
        if self._opened is not None:
            self._opened.close()

    def dense(self, texts: Sequence[str]) -> Vectors:
        """Of shape (texts, dimension)."""
        return encode_cached(self._encoder, self._cache(), texts).dense

    def pooled(self, texts: Sequence[str]) -> CachedVectors:
        """With token vectors pooled as the product pools them."""
        return encode_cached(self._encoder, self._cache(), texts, with_tokens=True)

    def all_tokens(self, texts: Sequence[str]) -> AllTokens:
        """With every token vector."""
        path = self._path("passages", texts)
        kept = _read(path)
        if kept is None:
            self._notify(f"encoding {len(texts)} passages with all their tokens; kept for the next report")
            kept = self._encoded(texts)
            self._write(path, kept)
        return AllTokens(
            dense=kept["dense"].astype(np.float32),
            tokens=kept["tokens"].astype(np.float16),
            ends=kept["ends"].astype(np.int64),
        )

    def questions(self, texts: Sequence[str]) -> dict[str, QueryVectors]:
        """The vectors of questions and of their tokens, by text."""
        texts = list(dict.fromkeys(texts))
        path = self._path("questions", texts)
        kept = _read(path)
        if kept is None:
            kept = self._encoded_questions(texts)
            self._write(path, kept)
        ends = kept["ends"].astype(np.int64)[:-1]
        parts = zip(texts, np.split(kept["tokens"], ends), np.split(kept["spans"], ends), strict=True)
        return {
            text: QueryVectors(
                kept["dense"][row].astype(np.float32),
                tokens.astype(np.float32),
                tuple((int(start), int(end)) for start, end in spans),
            )
            for row, (text, tokens, spans) in enumerate(parts)
        }

    def _cache(self) -> VectorCache:
        if self._opened is None:
            self._opened = VectorCache(self._folder / "vectors.db", self._notify)
        return self._opened

    def _encoded(self, texts: Sequence[str]) -> _Arrays:
        longest_first = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        dense = np.zeros((len(texts), self._encoder.dimension), dtype=np.float32)
        tokens: dict[int, npt.NDArray[np.float16]] = {}
        for start in range(0, len(texts), _AT_ONCE):
            rows = longest_first[start : start + _AT_ONCE]
            encoded = self._encoder.encode_passages_with_tokens([texts[row] for row in rows])
            dense[rows] = encoded.dense
            tokens.update((row, own.astype(np.float16)) for row, own in zip(rows, encoded.tokens, strict=True))
        in_order = [tokens[row] for row in range(len(texts))]
        return {"dense": dense, "tokens": np.concatenate(in_order), "ends": np.cumsum([len(own) for own in in_order])}

    def _encoded_questions(self, texts: Sequence[str]) -> _Arrays:
        encoded = [self._encoder.encode_query_with_tokens(text) for text in texts]
        spans = [
            each.spans if len(each.spans) == len(each.tokens) else ((0, 0),) * len(each.tokens) for each in encoded
        ]
        return {
            "dense": np.stack([each.dense for each in encoded]),
            "tokens": np.concatenate([each.tokens for each in encoded]),
            "spans": np.concatenate([np.asarray(each, dtype=np.int64).reshape(-1, 2) for each in spans]),
            "ends": np.cumsum([len(each.tokens) for each in encoded]),
        }

    def _path(self, kind: str, texts: Sequence[str]) -> Path:
        digest = hashlib.sha256(f"{self._encoder.fingerprint}\n{len(texts)}\n".encode())
        for text in texts:
            digest.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
        return self._folder / f"{kind}-{digest.hexdigest()[:24]}.npz"

    def _write(self, path: Path, arrays: _Arrays) -> None:
        part = path.with_name(f".{os.getpid()}-{path.name}")  # numpy adds .npz to any other ending
        with cache_faults(path.parent):
            np.savez(part, **arrays)  # type: ignore[arg-type]
            part.replace(path)


def _read(path: Path) -> _Arrays | None:
    try:
        with path.open("rb") as file, np.load(file) as content:
            return {name: content[name] for name in content.files}
    except _UNREADABLE:
        return None
