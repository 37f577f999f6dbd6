"""Character replacements in the form that the normaliser `Precompiled` of the library `tokenizers` takes.

That form is SentencePiece's: u32 size of a trie, the trie, and the replacement texts, each closed by a zero byte.
The trie is a double array as darts-clone makes it: unit i is 32 bits, and the child of a node with base b for byte c
is unit b ^ c.

    inner unit   bits 0-7 the byte, bit 8 "a value lies at b ^ 0", bit 9 (wide offset, never set here), bits 10-31 i ^ b
    value unit   bit 31, and the offset of the replacement in the texts
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_BLOCK = 256
_HAS_VALUE = 1 << 8
_IS_VALUE = 1 << 31
_MAX_OFFSET = 1 << 21


def compile_character_map(replacements: Mapping[int, str]) -> bytes:
    """Bytes for a map from code point (never 0) to text (without zeros); in base64 it is `precompiled_charsmap`."""
    texts = bytearray()
    root = _Node()
    for code_point, text in sorted(replacements.items()):
        node = root
        for byte in chr(code_point).encode():
            node = node.children.setdefault(byte, _Node())
        node.value = len(texts)
        texts += text.encode() + b"\0"
    trie = _DoubleArray().build(root)
    return struct.pack("<I", len(trie)) + trie + bytes(texts)


@dataclass(slots=True)
class _Node:
    children: dict[int, "_Node"] = field(default_factory=dict)
    value: int | None = None


class _DoubleArray:
    def __init__(self) -> None:
        self._units: list[int] = [0] * _BLOCK
        self._used = bytearray(_BLOCK)
        self._bases: set[int] = set()
        self._start: dict[int, int] = {}
        self._used[0] = 1

    def build(self, root: _Node) -> bytes:
        waiting = [(0, root)]
        while waiting:
            position, node = waiting.pop()
            labels = sorted(node.children) if node.value is None else [0, *sorted(node.children)]
            base = self._place(labels)
            if position ^ base >= _MAX_OFFSET:
                raise ValueError("too many characters to replace")
            self._units[position] |= (position ^ base) << 10
            if node.value is not None:
                self._units[position] |= _HAS_VALUE
                self._units[base] = _IS_VALUE | node.value
            for byte, child in node.children.items():
                self._units[base ^ byte] = byte
                waiting.append((base ^ byte, child))
        return struct.pack(f"<{len(self._units)}I", *self._units)

    def _place(self, labels: list[int]) -> int:
        """Take a base, used by no other node, whose places for `labels` are all free.

        The search goes on where it ended for as many labels: a little room is lost, and much time won.
        """
        place = self._start.get(len(labels), 1)
        while True:
            base = place ^ labels[0]
            while max(place, base) >= len(self._used):
                self._units += [0] * _BLOCK
                self._used += bytes(_BLOCK)
            if base not in self._bases and not any(self._used[base ^ label] for label in labels):
                break
            place += 1
        self._start[len(labels)] = place
        self._bases.add(base)
        for label in labels:
            self._used[base ^ label] = 1
        return base
