"""A passage with what stands around it in its document."""

from collections.abc import Sequence

from app.answer import PassageInContext
from app.validity import Standing
from corpus.document import TextBox
from corpus.passage import Passage
from corpus.stored import CanonicalText, StoredDocument
from ingest.lead_in import find_lead_in

CONTEXT_CHARACTERS = 600


def in_context(
    passage: Passage, document: StoredDocument, standing: Standing, stored: CanonicalText, boxes: Sequence[TextBox]
) -> PassageInContext:
    """The passage between at most so many characters of its own text, with those of the document's boxes it is in."""
    text = stored.text
    return PassageInContext(
        passage=passage,
        document=document,
        standing=standing,
        before=text[max(0, passage.start - CONTEXT_CHARACTERS) : passage.start],
        after=text[passage.end : passage.end + CONTEXT_CHARACTERS],
        lead_in=find_lead_in(text, stored.sections, passage.start),
        boxes=tuple(box for box in boxes if box.start < passage.end and passage.start < box.end),
    )
