"""Which of the active documents have almost the same text."""

import threading
from collections.abc import Mapping

from app.holdings import NearIdentical
from corpus.near_identical import near_identical
from corpus.stored import Snapshot


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
    found: dict[str, list[NearIdentical]] = {}
    for pair in near_identical({version: document.sketch for version, document in documents.items()}):
        similarity = round(pair.resemblance, 2)
        found.setdefault(pair.first, []).append(NearIdentical(documents[pair.second], similarity))
        found.setdefault(pair.second, []).append(NearIdentical(documents[pair.first], similarity))
    return {
        version: tuple(sorted(others, key=lambda other: (-other.similarity, other.document.metadata.document_id)))
        for version, others in found.items()
    }
