"""Which of the active documents have almost the same text."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from app.holdings import NearIdentical
from corpus.near_identical import near_identical
from corpus.stored import Snapshot, StoredDocument


class AlikeDocuments:
    """The near-identical documents of a snapshot, worked out once for each; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[Snapshot, Mapping[str, tuple[NearIdentical, ...]]] | None = None

    def of(self, snapshot: Snapshot) -> Mapping[str, tuple[NearIdentical, ...]]:
        """By document version, most alike first; no version without any."""
        with self._lock:
            if self._known is None or self._known[0] is not snapshot:
                self._known = snapshot, alike_in(snapshot)
            return self._known[1]


def alike_in(snapshot: Snapshot) -> dict[str, tuple[NearIdentical, ...]]:
    """By document version, most alike first; no version without any."""
    documents = {document.version: document for document in snapshot.documents}
    pairs = dict.fromkeys(_of_one_file(snapshot.documents), 1.0)
    for pair in near_identical({version: document.sketch for version, document in documents.items()}):
        pairs.setdefault((pair.first, pair.second), round(pair.resemblance, 2))
    found: dict[str, list[NearIdentical]] = {}
    for (first, second), similarity in pairs.items():
        found.setdefault(first, []).append(NearIdentical(documents[second], similarity))
        found.setdefault(second, []).append(NearIdentical(documents[first], similarity))
    return {
        version: tuple(sorted(others, key=lambda other: (-other.similarity, other.document.metadata.document_id)))
        for version, others in found.items()
    }


def _of_one_file(documents: Sequence[StoredDocument]) -> Iterator[tuple[str, str]]:
    """The versions of documents that were made of the very same file, in the order of their names."""
    by_file: dict[str, list[str]] = {}
    for document in documents:
        by_file.setdefault(document.file_sha256, []).append(document.version)
    for versions in by_file.values():
        yield from pairwise(sorted(versions))
