"""The fingerprint of a text by which nearly identical texts are noticed."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.near_identical import SIZE, Sketch

_WORD = re.compile(r"[^\W_]+")
_LENGTH = 5
_BYTES = 8
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIXING = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))  # the last steps of SplitMix64


def sketch(text: str) -> Sketch:
    """The sketch of a canonical text: its runs of five words (without case, signs and spaces), hashed.

    The same text gives the same sketch on every platform; a text of fewer words is one run.
    """
    words = _WORD.findall(text.casefold())
    if not words:
        return Sketch(0, ())
    distinct = np.unique(_hashed_runs(words, min(_LENGTH, len(words))))
    return Sketch(len(distinct), tuple(map(int, distinct[:SIZE])))


def _hashed_runs(words: Sequence[str], length: int) -> npt.NDArray[np.uint64]:
    """A hash of every run of `length` words, in their order."""
    known = {word: _hash(word) for word in set(words)}
    hashes = np.array([known[word] for word in words], dtype=np.uint64)
    count = len(words) - length + 1
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        runs = runs * _FACTOR + hashes[place : place + count]
    for shift, factor in _MIXING:
        runs = (runs ^ (runs >> np.uint64(shift))) * np.uint64(factor)
    return runs


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest(), "big")
