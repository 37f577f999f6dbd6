"""The reader of E5S1, the manifest and the character map, by hand."""

import struct
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from embeddings.character_map import compile_character_map
from embeddings.e5s1 import E5Model
from embeddings.manifest import DamagedError, Manifest
from tests.embeddings.tiny_model import HIDDEN, PIECES, REPLACEMENTS, VOCABULARY, tiny_file


def test_sizes_pieces_and_replacements_are_read() -> None:
    model = E5Model.read(tiny_file())
    assert (model.hidden, model.layers, model.heads, model.positions, model.vocabulary) == (32, 1, 2, 16, VOCABULARY)
    assert (model.bos, model.pad, model.eos, model.unk) == (0, 1, 2, 3)
    assert model.pieces == tuple(PIECES)
    assert model.scores[:6] == (0.0, 0.0, 0.0, 0.0, -4.0, -5.0)
    assert model.replacements == REPLACEMENTS


def test_a_block_holds_first_the_low_halves_then_the_high_ones() -> None:
    data = bytearray(tiny_file())
    start = E5Model.read(bytes(data)).tensors["emb.word"].start
    data[start : start + 18] = struct.pack("<e", 0.5) + bytes([0x8F, 0x70] + [0x88] * 14)
    values = np.concatenate(list(E5Model.read(bytes(data)).weights("emb.word", VOCABULARY * HIDDEN)))
    assert values[:3].tolist() == [3.5, -4.0, 0.0]
    assert values[16:19].tolist() == [0.0, -0.5, 0.0]
    assert values.dtype == np.float32
    assert len(values) == VOCABULARY * HIDDEN


@pytest.mark.parametrize("size", [4, 60, 400, 3000])
def test_a_file_that_ends_too_soon_is_refused(size: int) -> None:
    with pytest.raises(ModelError, match="damaged"):
        E5Model.read(tiny_file()[:size])


def test_another_format_is_refused() -> None:
    with pytest.raises(ModelError, match="E5S1"):
        E5Model.read(b"GGUF" + bytes(100))


def test_a_tensor_of_another_size_is_refused() -> None:
    with pytest.raises(ModelError, match=r"emb\.pos of 5 values"):
        list(E5Model.read(tiny_file()).weights("emb.pos", 5))


def test_the_compiled_map_finds_its_characters_and_no_others() -> None:
    texts = {0x09: " ", 0x01: "", 0xE9: "e", 0x20AC: "euro", 0xFB01: "fi", 0x1F600: ":)"}
    compiled = compile_character_map(texts)
    found = {code: text for code in range(1, 0x20000) if (text := _look_up(compiled, code)) is not None}
    assert found == texts


def test_a_whole_folder_is_intact(tmp_path: Path) -> None:
    manifest = _folder(tmp_path)
    assert Manifest.verified(tmp_path) == manifest
    assert [entry.path for entry in manifest.files] == ["a.txt", "b/c.txt"]


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("a.txt", "eeN", "a.txt was changed"),
        ("b/c.txt", "tw", "b/c.txt has 2 bytes instead of 4"),
        ("a.txt", None, "unreadable"),
        ("manifest.json", None, "unreadable"),
        ("manifest.json", '{"files": [', "unreadable"),
        ("manifest.json", "[]", "unreadable"),
    ],
)
def test_a_folder_with_a_change_is_damaged(tmp_path: Path, path: str, content: str | None, reason: str) -> None:
    _folder(tmp_path)
    if content is None:
        (tmp_path / path).unlink()
    else:
        (tmp_path / path).write_text(content)
    with pytest.raises(DamagedError, match=reason):
        Manifest.verified(tmp_path)


def _folder(folder: Path) -> Manifest:
    (folder / "a.txt").write_text("een")
    (folder / "b").mkdir()
    (folder / "b" / "c.txt").write_text("twee")
    manifest = Manifest.of(folder)
    manifest.write(folder)
    return manifest


def _look_up(compiled: bytes, code_point: int) -> str | None:
    """Walk the trie as the library does; surrogates are no characters."""
    if 0xD800 <= code_point < 0xE000:
        return None
    (size,) = struct.unpack_from("<I", compiled)
    units = struct.unpack_from(f"<{size // 4}I", compiled, 4)
    base = units[0] >> 10
    unit = units[0]
    for byte in chr(code_point).encode():
        position = base ^ byte
        unit = units[position]
        if unit & 0x800000FF != byte:
            return None
        base = position ^ (unit >> 10)
    if not unit & 0x100:
        return None
    start = 4 + size + (units[base] & 0x7FFFFFFF)
    return compiled[start : compiled.index(0, start)].decode()
