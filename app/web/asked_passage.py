"""The passage that an address asks for."""

from app.answer import PassageInContext
from app.api.ids import uuid_of
from app.api.knowledge import Knowledge
from app.api.query import Single
from corpus.errors import NotFoundError

PASSAGE: Single[str | None] = Single(
    "passage", "uuid van de passage.", {"type": "string", "format": "uuid"}, False, None, str
)


def passage_of(knowledge: Knowledge, document_id: str, passage_id: str) -> PassageInContext:
    """The passage of this document; NotFoundError where it has none with this id."""
    canonical = uuid_of(passage_id, "een passage")
    found = knowledge.passage(canonical)
    if found.document.metadata.document_id != document_id:
        raise NotFoundError(f"Passage {canonical} staat niet in document {document_id!r}")
    return found
