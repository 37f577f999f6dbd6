"""The page on which advisors search."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answer import Question, Scope
from app.api import parameters as given
from app.api.knowledge import Ready
from app.api.query import FormQuery, InvalidParameter, InvalidParametersError
from app.api.schemas import PassagesBody
from app.api.wire import passages_body
from app.scoped import with_documents
from app.web.marking import Marker
from app.web.rendering import page
from corpus.kinds import KINDS, STATUSES
from corpus.stored import Snapshot

router = APIRouter(include_in_schema=False)
_LIMIT = 10
_LABELS = {
    "vraag": "Vraag of onderwerp",
    "gemeente": "Gemeente",
    "soort": "Soort document",
    "status": "Status",
    "geldigOp": "Geldig op",
}


@router.get("/")
def search_page(request: Request, knowledge: Ready) -> Response:
    snapshot = knowledge.snapshot()
    try:
        question = _question(request, knowledge)
    except InvalidParametersError as error:
        return page("search.html", _values(request, snapshot, None, error.invalid), status=400)
    answer = None if question is None else passages_body(knowledge.search(question))
    return page("search.html", _values(request, snapshot, answer, ()))


def _question(request: Request, knowledge: Ready) -> Question | None:
    """What is asked, None where the page is opened without a question; an empty filter is none."""
    query = FormQuery(request)
    text = query.one(given.OPTIONAL_QUESTION)
    scope = Scope(
        municipalities=query.each(given.MUNICIPALITY, given.municipality_of(knowledge.municipalities)),
        kinds=tuple(filter(None, [query.one(given.KIND)])),
        statuses=tuple(filter(None, [query.one(given.STATUS)])),
        valid_on=query.one(given.VALID_ON),
    )
    query.finish()
    return None if text is None else Question(text, scope, _LIMIT, given.MODE.default)


def _values(
    request: Request, snapshot: Snapshot, answer: PassagesBody | None, faults: tuple[InvalidParameter, ...]
) -> Mapping[str, Any]:
    asked = request.query_params
    text = asked.get("vraag", "")
    return {
        "here": "/",
        "asked": text,
        "answer": answer,
        "faults": faults,
        "faulty": {fault.name for fault in faults},
        "labels": _LABELS,
        "marker": Marker(text, answer.also_searched if answer else ()),
        "municipalities": with_documents(snapshot),
        "chosen": frozenset(asked.getlist("gemeente")),
        "kinds": KINDS,
        "statuses": STATUSES,
        "given_kind": asked.get("soort", ""),
        "given_status": asked.get("status", ""),
        "given_day": asked.get("geldigOp", ""),
        "filtered": any(value for name, value in asked.multi_items() if name != "vraag"),
    }
