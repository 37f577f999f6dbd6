"""Which active documents have almost the same text."""

import dataclasses
from pathlib import Path

from app.near_identical import AlikeDocuments, alike_in
from corpus.stored import Snapshot
from ingest.sketch import sketch
from tests.app.fake_knowledge_base import FakeKnowledgeBase

WORDS = [f"woord{number}" for number in range(2000)]


def snapshot_of(folder: Path, *texts: str) -> Snapshot:
    """Documents a, b, c, ... with the sketches of these texts."""
    stored = FakeKnowledgeBase(folder).snapshot().documents[0]
    return Snapshot(
        None,
        tuple(
            dataclasses.replace(
                stored,
                version=name * 64,
                file_sha256=name * 64,
                metadata=dataclasses.replace(stored.metadata, document_id=name),
                sketch=sketch(text),
            )
            for name, text in zip("abcdef", texts, strict=False)
        ),
    )


def test_versions_of_one_text_name_each_other_and_no_other(tmp_path: Path) -> None:
    nearly = ["anders" if number % 200 == 7 else word for number, word in enumerate(WORDS)]
    snapshot = snapshot_of(tmp_path, " ".join(WORDS), " ".join(nearly), " ".join(reversed(WORDS)), " ".join(WORDS))
    alike = alike_in(snapshot)
    ids = {version[0]: [each.document.metadata.document_id for each in others] for version, others in alike.items()}
    assert ids == {"a": ["d", "b"], "b": ["a", "d"], "d": ["a", "b"]}
    assert [each.similarity for each in alike["a" * 64]] == [1.0, alike["b" * 64][0].similarity]
    assert 0.9 < alike["b" * 64][0].similarity < 1.0


def test_documents_read_before_there_were_sketches_are_alike_to_none(tmp_path: Path) -> None:
    assert alike_in(snapshot_of(tmp_path, "", "")) == {}


def test_the_same_file_twice_is_told_however_short_it_is(tmp_path: Path) -> None:
    one, two, other = snapshot_of(tmp_path, "kort", "kort", "kort").documents
    alike = alike_in(Snapshot(None, (one, dataclasses.replace(two, file_sha256=one.file_sha256), other)))
    assert {version[0]: [each.similarity for each in others] for version, others in alike.items()} == {
        "a": [1.0],
        "b": [1.0],
    }


def test_a_snapshot_is_compared_once(tmp_path: Path) -> None:
    documents = AlikeDocuments()
    snapshot = snapshot_of(tmp_path, " ".join(WORDS), " ".join(WORDS))
    first = documents.of(snapshot)
    assert len(first) == 2
    assert documents.of(snapshot) is first
    assert documents.of(Snapshot(None, ())) == {}
