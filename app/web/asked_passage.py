"""The passage that an address asks for."""

import uuid

from app.answer import PassageInContext
from app.api.knowledge import Knowledge
from app.api.query import Single, shown
from corpus.errors import NotFoundError

PASSAGE: Single[str | None] = Single(
    "passage", "uuid van de passage.", {"type": "string", "format": "uuid"}, False, None, str
)


def passage_of(knowledge: Knowledge, document_id: str, passage_id: str) -> PassageInContext:
    """The passage of this document; NotFoundError where it has none with this id."""
    try:
        canonical = str(uuid.UUID(passage_id))
    except ValueError:
        canonical = ""
    if canonical != passage_id.lower():
        raise NotFoundError(f"{shown(passage_id)} is geen kenmerk van een passage; dat is een uuid uit een antwoord")
    found = knowledge.passage(canonical)
    if found.document.metadata.document_id != document_id:
        raise NotFoundError(f"Passage {canonical} staat niet in document {document_id!r}")
    return found
