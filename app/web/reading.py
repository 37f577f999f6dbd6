"""The page on which a document is read, with a passage in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from app.answer import Hit, PassageInContext, Question, Scope
from app.api import parameters as given
from app.api.document_wire import document_in
from app.api.knowledge import Knowledge, Known, readiness
from app.api.query import FormQuery, InvalidParameter, InvalidParametersError, Single
from app.api.wire import passage_in_context_body
from app.web.asked_on import ASKED_ON, AskedOn
from app.web.asked_passage import PASSAGE, passage_of
from app.web.blocks import Blocks, section_id
from app.web.contents import contents_of, section_of
from app.web.marked import HIT, Marked, apart
from app.web.marked import PASSAGE as THE_PASSAGE
from app.web.marking import Marker
from app.web.page_picture import PAGE, Sheet, sheet_of
from app.web.parts import part_at, parts_of
from app.web.reading_address import ReadingAddress
from app.web.rendering import page
from corpus.document import PageSpan, Section, TextSpan
from corpus.errors import NotFoundError, UnreachableError
from corpus.stored import StoredDocument

router = APIRouter(include_in_schema=False)
_MOST_HITS = 10
_LABELS = {"vraag": "Vraag", "passage": "Passage", "deel": "Deel", "pagina": "Pagina"}
_PART: Single[int | None] = Single(
    "deel", "Het deel van de tekst.", {"type": "integer"}, False, None, given.whole_number(1, 1_000_000)
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for."""

    passage: str | None
    question: str | None
    part: int | None
    page: int | None
    asked_on: AskedOn = field(default_factory=AskedOn)


@router.get("/documenten/{id}")
def reading_page(request: Request, document_id: Annotated[str, Path(alias="id")], knowledge: Known) -> Response:
    try:
        stored = knowledge.document(document_id)
    except NotFoundError:
        return page("reading_missing.html", {"here": "/documenten", "document": None}, status=404)
    asked, faults = _asked(request)
    try:
        values = _values(request, knowledge, stored, asked, faults)
    except NotFoundError:
        return page("reading_missing.html", {"here": "/documenten", "document": stored.metadata}, status=404)
    return page("reading.html", values, status=400 if faults else 200)


def _asked(request: Request) -> tuple[_Asked, tuple[InvalidParameter, ...]]:
    """What is asked and what is wrong with it; where anything is, nothing of it counts."""
    query = FormQuery(request)
    asked = _Asked(
        query.one(PASSAGE), query.one(given.OPTIONAL_QUESTION), query.one(_PART), query.one(PAGE), query.one(ASKED_ON)
    )
    try:
        query.finish()
    except InvalidParametersError as error:
        return _Asked(None, None, None, None), error.invalid
    return asked, ()


def _values(
    request: Request,
    knowledge: Knowledge,
    stored: StoredDocument,
    asked: _Asked,
    faults: tuple[InvalidParameter, ...],
) -> Mapping[str, Any]:
    document_id = stored.metadata.document_id
    found = None if asked.passage is None else passage_of(knowledge, document_id, asked.passage)
    text = knowledge.text(document_id)
    parts = parts_of(text.text, text.sections)
    number = asked.part or (part_at(parts, found.passage.start) if found else 1)
    if number > len(parts):
        raise NotFoundError(f"Document {document_id!r} heeft geen deel {number}")
    also, hits = _hits(request, knowledge, document_id, asked.question)
    ledger = knowledge.ledger()
    part = parts[number - 1]
    sheet = sheet_of(knowledge, stored, found, asked.page, _page_at(text.pages, part.start))
    marker = Marker(asked.question or "", also or ())
    order = [hit.passage.id for hit in hits]
    return {
        "here": "/documenten",
        "document": document_in(ledger, stored),
        "source": _web_address(stored.metadata.source),
        "faults": faults,
        "labels": _LABELS,
        "asked": asked,
        "also": also,
        "passage": None if found is None else passage_in_context_body(found),
        "hits": [hit.passage for hit in hits],
        "place": order.index(found.passage.id) if found and found.passage.id in order else None,
        "nearest": _nearest(hits, found),
        "address": _address(document_id, asked),
        "back": asked.asked_on.address(asked.question) if asked.question else None,
        "contents": contents_of(text.sections, parts, number, _section(text.sections, found)),
        "section_id": section_id,
        "part": number,
        "parts": len(parts),
        "blocks": Blocks(text, _marks(found, hits), marker).of(part),
        "shows_passage": found is not None and _meets(part, found),
        "sheet": sheet if isinstance(sheet, Sheet) else None,
        "no_sheet": sheet if isinstance(sheet, str) else None,
        "has_file": knowledge.files.path(stored.file_sha256).is_file(),
    }


def _address(document_id: str, asked: _Asked) -> ReadingAddress:
    came_from = None if asked.asked_on == AskedOn() else str(asked.asked_on)
    return ReadingAddress(document_id, asked.passage, asked.question, asked.part, asked.page, came_from)


def _hits(
    request: Request, knowledge: Knowledge, document_id: str, question: str | None
) -> tuple[tuple[str, ...] | None, tuple[Hit, ...]]:
    """What else was searched and what answers the question in this document, in order; None: not known yet."""
    if question is None:
        return (), ()
    try:
        readiness(request).require()
    except UnreachableError:
        return None, ()
    answer = knowledge.search(Question(question, Scope(documents=(document_id,)), _MOST_HITS, given.MODE.default))
    own = (hit for hit in answer.hits if hit.document.metadata.document_id == document_id)
    return answer.also_searched, tuple(sorted(own, key=lambda hit: hit.passage.start))


def _marks(found: PassageInContext | None, hits: Sequence[Hit]) -> tuple[Marked, ...]:
    passage = None if found is None else Marked(found.passage.start, found.passage.end, THE_PASSAGE, "passage")
    return apart(
        passage,
        (
            Marked(hit.passage.start, hit.passage.end, HIT, f"treffer-{number}")
            for number, hit in enumerate(hits, start=1)
            if found is None or hit.passage.id != found.passage.id
        ),
    )


def _nearest(hits: Sequence[Hit], found: PassageInContext | None) -> tuple[str | None, str | None]:
    """The ids of the hits before and after the passage, in the order of the document."""
    if found is None:
        return None, hits[0].passage.id if hits else None
    before = [hit.passage.id for hit in hits if hit.passage.start < found.passage.start]
    after = [hit.passage.id for hit in hits if hit.passage.start > found.passage.start]
    return before[-1] if before else None, after[0] if after else None


def _section(sections: Sequence[Section], found: PassageInContext | None) -> int | None:
    if found is None:
        return None
    return section_of(sections, found.passage.start, found.passage.end, found.passage.section)


def _meets(part: TextSpan, found: PassageInContext) -> bool:
    return part.start < found.passage.end and found.passage.start < part.end


def _page_at(pages: Sequence[PageSpan], position: int) -> int:
    """The page of the file on which a character stands; the first where that is unknown."""
    return next((page.number for page in reversed(pages) if page.start <= position and page.number is not None), 1)


def _web_address(source: str | None) -> str | None:
    """The source where it is a page that a link may lead to."""
    try:
        return source if source and urlsplit(source).scheme in ("http", "https") else None
    except ValueError:
        return None
