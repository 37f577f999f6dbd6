"""A model in the format E5S1 that is small enough to write out: 32 dimensions, one layer, letters as pieces."""

import struct
from pathlib import Path

import numpy as np

from embeddings.conversion import write_model
from embeddings.e5s1 import E5Model

HIDDEN, FEED_FORWARD, POSITIONS = 32, 64, 16
LETTERS = "abcdefghijklmnopqrstuvwxyz:"
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", *LETTERS, "▁de", "▁een", "<mask>"]
VOCABULARY = len(PIECES) + 2
REPLACEMENTS = {0x09: " ", 0xE9: "e", 0xFB01: "fi"}


def tiny_file(seed: int = 1) -> bytes:
    """The bytes of the file; other weights for another seed."""
    random = np.random.default_rng(seed)
    sizes = {"emb.word": VOCABULARY * HIDDEN}
    plain = {"emb.pos": POSITIONS * HIDDEN, "emb.type": HIDDEN, "emb.ln.w": HIDDEN, "emb.ln.b": HIDDEN}
    for name in ("q", "k", "v", "ao"):
        sizes[f"l0.{name}.w"] = HIDDEN * HIDDEN
        plain[f"l0.{name}.b"] = HIDDEN
    for name, outputs in (("fi", FEED_FORWARD), ("fo", HIDDEN)):
        sizes[f"l0.{name}.w"] = HIDDEN * FEED_FORWARD
        plain[f"l0.{name}.b"] = outputs
    for name in ("aln", "oln"):
        plain[f"l0.{name}.w"] = plain[f"l0.{name}.b"] = HIDDEN
    tensors = [(name, 1, count, quantised(random, count)) for name, count in sizes.items()]
    tensors += [(name, 0, count, random.normal(size=count).astype("<f4").tobytes()) for name, count in plain.items()]
    head = _header() + _tokenizer() + struct.pack("<i", len(tensors))
    start = len(head) + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in tensors)
    directory = b""
    for name, kind, count, content in tensors:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, start, len(content))
        start += len(content)
    return head + directory + b"".join(content for *_, content in tensors)


def quantised(random: np.random.Generator, count: int) -> bytes:
    """Blocks of 32 weights with random halves and scales of about a tenth."""
    blocks = b""
    for _ in range(count // 32):
        scale = np.float16(random.uniform(0.05, 0.15))
        blocks += scale.tobytes() + random.integers(0, 256, 16, dtype=np.uint8).tobytes()
    return blocks


def write_tiny_model(folder: Path, seed: int = 1) -> None:
    """Fill an empty folder as the packaged model's is filled."""
    write_model(E5Model.read(tiny_file(seed)), folder)


def _header() -> bytes:
    return b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 2, FEED_FORWARD, VOCABULARY, POSITIONS, 2 - 1, 1e-12, 32)


def _tokenizer() -> bytes:
    texts = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = np.array([0.0 if piece.startswith("<") else -float(row) for row, piece in enumerate(PIECES)], dtype="<f4")
    content = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1]))
    content += ends.tobytes() + scores.tobytes() + b"".join(texts)
    entries = b""
    for code_point, text in sorted(REPLACEMENTS.items()):
        entries += struct.pack("<IB", code_point, len(text)) + struct.pack(f"<{len(text)}I", *map(ord, text))
    return content + struct.pack("<iI", len(REPLACEMENTS), len(entries)) + entries
