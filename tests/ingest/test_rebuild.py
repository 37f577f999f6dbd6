"""Another model: a second index beside the first, that takes over when it is complete."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.stored import IndexedVersion
from corpus.vocabulary import Wording
from embeddings.index import Index
from embeddings.qdrant_edge import EdgeIndex
from ingest.pipeline_report import Progress
from ingest.rebuild import rebuild
from tests.hand_encoder import HandEncoder
from tests.ingest.crashing import Crash, CrashingIndex, CrashingRegister, Fuse
from tests.ingest.room import Room, generation_of, note

OTHER = HandEncoder(dimension=5, max_tokens=40, name="ander")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Room(tmp_path / "data") as room:
        room.ingest(note(tmp_path, "een"), note(tmp_path, "twee"))
        yield room


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = EdgeIndex.open(tmp_path / "ander", OTHER.dimension, with_tokens=True)
    yield index
    index.close()


def counts(room: Room) -> dict[str, int]:
    return {document.version: document.passages for document in room.register.snapshot().documents}


def test_the_new_index_takes_over_when_it_is_complete(room: Room, index: Index) -> None:
    generation = generation_of(OTHER, room.lexicon)
    before = room.register.snapshot()
    frequencies = room.register.frequencies([1, 2, 3])
    steps: list[Progress] = []
    rebuild(room.register, index, OTHER, room.cache, room.lexicon, generation, steps.append)
    after = room.register.snapshot()
    assert (before.generation, after.generation) == (generation_of(room.encoder, room.lexicon), generation)
    assert [document.version for document in after.documents] == [document.version for document in before.documents]
    assert index.versions() == counts(room)
    assert room.register.frequencies([1, 2, 3]) == frequencies
    assert [(step.documents_done, step.documents, step.document_id) for step in steps] == [
        (0, 2, "een"),
        (1, 2, "twee"),
    ]
    assert all("langer dan het model ander leest (40 tokens)" in document.problems[0] for document in after.documents)
    assert all(document.problems == () for document in before.documents)


def test_an_empty_register_takes_another_model_at_once(tmp_path: Path, index: Index) -> None:
    with Room(tmp_path / "leeg") as room:
        generation = generation_of(OTHER, room.lexicon)
        rebuild(room.register, index, OTHER, room.cache, room.lexicon, generation)
        assert room.register.snapshot().generation == generation


def test_a_crash_at_any_write_leaves_the_former_index_in_use(room: Room, index: Index) -> None:
    former, generation = generation_of(room.encoder, room.lexicon), generation_of(OTHER, room.lexicon)
    crashes = 0
    for at in range(1, 100):
        fuse = Fuse(at)
        try:
            rebuild(
                CrashingRegister(room.register, fuse),
                CrashingIndex(index, fuse),
                OTHER,
                room.cache,
                room.lexicon,
                generation,
            )
        except Crash:
            crashes += 1
            assert room.register.snapshot().generation == former
            room.check()
        else:
            break
        index.delete([version for version in index.versions() if at % 2])
    assert crashes > 3
    assert room.register.snapshot().generation == generation
    assert index.versions() == counts(room)


def test_points_that_were_lost_since_a_crash_are_made_again(room: Room, index: Index) -> None:
    generation = generation_of(OTHER, room.lexicon)
    room.register.begin(generation)
    for version in counts(room):
        room.register.add_indexed(generation.id, version, IndexedVersion({}, (), Wording({}, ()), 0))
    rebuild(room.register, index, OTHER, room.cache, room.lexicon, generation)
    assert index.versions() == counts(room)
    assert room.register.frequencies([]).passages == sum(counts(room).values())
