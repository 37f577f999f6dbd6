"""Documents and hits, made of as little as a test wants to tell."""

from dataclasses import replace
from datetime import date

from app.answer import FoundBy, Hit
from app.validity import Standing, Validity
from corpus.document import SectionKind
from corpus.passage import Passage, passage_id
from corpus.stored import StoredDocument
from tests.app.fake_documents import documents

_BASE = documents()["utrecht-samenvatting"]


def document(document_id: str, valid_from: date | None = None, replaces: tuple[str, ...] = ()) -> StoredDocument:
    """A document whose version is its id."""
    metadata = replace(_BASE.metadata, document_id=document_id, valid_from=valid_from, replaces=replaces)
    return replace(_BASE, metadata=metadata, version=document_id)


def hit(
    of: StoredDocument, quote: str, score: float = 0.5, validity: Validity = Validity.UNKNOWN, start: int = 0
) -> Hit:
    """A passage of body text at `start`."""
    end = start + len(quote)
    id_ = passage_id(of.version, start, end)
    passage = Passage(id_, of.version, start, end, quote, (), SectionKind.BODY, None, None, False, False)
    return Hit(passage, of, Standing(validity, ()), score, (FoundBy.MEANING,))


def quotes(hits: list[Hit]) -> list[str]:
    """What they quote."""
    return [each.passage.quote for each in hits]
