"""The page on which advisors search."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answer import Question, Ruling, Scope
from app.api import parameters as given
from app.api.knowledge import Knowledge, Ready
from app.api.query import FormQuery, InvalidParameter, InvalidParametersError
from app.api.schemas import PassagesBody, VerdictBody
from app.api.wire import passages_body
from app.scoped import in_scope
from app.web.active_filters import active_filters, without_filters
from app.web.asked_on import AskedOn
from app.web.asking_form import DAYS, AskingForm
from app.web.comparison_asked import PAGE
from app.web.marking import Marker
from app.web.offered import Offered
from app.web.rendering import page
from app.wording import enumerated
from corpus.errors import UsageError
from corpus.kinds import KINDS, STATUSES
from corpus.stored import Snapshot

router = APIRouter(include_in_schema=False)
_LIMIT = 10
_LABELS = {
    "vraag": "Vraag of onderwerp",
    "gemeente": "Gemeente",
    "soort": "Soort document",
    **DAYS,
    "status": "Status",
}


def _typed(text: str) -> str:
    if not text.strip():
        raise UsageError("is leeg; typ een vraag of een onderwerp")
    return given.question_text(text)


_QUESTION = replace(given.OPTIONAL_QUESTION, convert=_typed)


@dataclass(frozen=True, slots=True)
class _Told:
    """The verdicts of an answer: those to show one by one, and those that say the same and are named together."""

    each: tuple[VerdictBody, ...]
    together: tuple[tuple[VerdictBody, ...], ...]
    counts: Mapping[Ruling, int]

    @classmethod
    def of(cls, verdicts: Sequence[VerdictBody]) -> "_Told":
        groups = {ruling: tuple(each for each in verdicts if each.ruling is ruling) for ruling in Ruling}
        silent = [groups[ruling] for ruling in (Ruling.NOTHING, Ruling.NOT_SEARCHED)]
        alone = [verdict for group in silent if len(group) == 1 for verdict in group]
        return cls(
            (*groups[Ruling.FOUND], *groups[Ruling.TOUCHED], *alone),
            tuple(group for group in silent if len(group) > 1),
            {ruling: len(group) for ruling, group in groups.items() if group},
        )


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Where the same is compared, and which filters do not come along, "" where all do."""

    address: str
    without: str

    @classmethod
    def of(cls, request: Request, scope: Scope, text: str) -> "_Comparison":
        """That of a search: a topic is one line there, and one municipality is none to compare."""
        asked = request.query_params
        days = [(each.name, asked.get(each.name)) for each in (given.VALID_ON, given.PERIOD_FROM, given.PERIOD_TO)]
        codes = [each.code for each in scope.municipalities] if len(scope.municipalities) > 1 else []
        told = [
            (given.TOPIC.name, " ".join(text.split())),
            *((given.MUNICIPALITY.name, code) for code in codes),
            *((name, day) for name, day in days if day),
        ]
        left = [each.name for each, on in ((given.KIND, scope.kinds), (given.STATUS, scope.statuses)) if on]
        return cls(f"{PAGE}?{urlencode(told)}", f"zonder filter op {enumerated(left)}" if left else "")


@router.get("/")
def search_page(request: Request, knowledge: Ready) -> Response:
    snapshot = knowledge.snapshot()
    try:
        question, scope = _asked(request, knowledge)
    except InvalidParametersError as error:
        return page("search.html", _values(request, knowledge, snapshot, Scope(), None, error.invalid), status=400)
    answer = None if question is None else passages_body(knowledge.search(question))
    return page("search.html", _values(request, knowledge, snapshot, scope, answer, ()))


def _asked(request: Request, knowledge: Knowledge) -> tuple[Question | None, Scope]:
    """What is asked, None where the page is opened without a question; an empty filter is none."""
    query = FormQuery(request)
    text = query.one(_QUESTION)
    if "" in request.query_params.getlist(_QUESTION.name):
        query.fault(_QUESTION.name, "is leeg; typ een vraag of een onderwerp")
    scope = Scope(
        municipalities=query.each(given.MUNICIPALITY, given.municipality_of(knowledge.municipalities)),
        kinds=given.only(query.one(given.KIND)),
        statuses=given.only(query.one(given.STATUS)),
        valid_on=query.one(given.VALID_ON),
        period=given.period(query),
    )
    query.finish()
    return None if text is None else Question(text, scope, _LIMIT, given.MODE.default), scope


def _values(
    request: Request,
    knowledge: Knowledge,
    snapshot: Snapshot,
    scope: Scope,
    answer: PassagesBody | None,
    faults: tuple[InvalidParameter, ...],
) -> Mapping[str, Any]:
    asked = request.query_params
    text = asked.get(_QUESTION.name, "")
    asked_on = AskedOn.of(request)
    offered = Offered.of(knowledge.municipalities, snapshot, asked.getlist(given.MUNICIPALITY.name))
    verdicts = answer.municipalities if answer else []
    return {
        "here": "/",
        "asked": text,
        "asked_on": asked_on,
        "answer": answer,
        "told": _Told.of(verdicts),
        "alone": {} if len(verdicts) < 2 else {each.code: _of_one(asked_on, each.code, text) for each in verdicts},
        "unseen": _unseen(answer) if answer else [],
        "nobody": _nobody(verdicts),
        "homeless": answer is not None and any(not each.document.municipalities for each in answer.passages),
        "named": [each for each in verdicts if len(verdicts) > 1 and _names(text, each.name)],
        "faults": faults,
        "form": AskingForm(faults),
        "labels": _LABELS,
        "marker": Marker(text, answer.also_searched if answer else ()),
        "municipalities": offered.municipalities,
        "documents": len(snapshot.documents),
        "in_scope": len(in_scope(snapshot, scope)),
        "chosen": offered.chosen,
        "kinds": KINDS,
        "statuses": STATUSES,
        "given": {name: asked.get(name, "") for name in _LABELS},
        "filters": active_filters(request, scope),
        "filtered": any(value for name, value in asked.multi_items() if name != _QUESTION.name),
        "unfiltered": without_filters(request),
        "comparison": _Comparison.of(request, scope, text),
    }


def _of_one(asked_on: AskedOn, code: str, text: str) -> str:
    """Where the passages of one municipality are found."""
    return replace(asked_on, municipalities=(code,)).address(text)


def _nobody(verdicts: Sequence[VerdictBody]) -> str:
    """Who says nothing, where nobody says anything; "" where somebody does."""
    if not verdicts or any(each.ruling.speaks for each in verdicts):
        return ""
    return "Geen gemeente" if len(verdicts) > 1 else f"Geen document van {verdicts[0].name}"


def _names(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None


def _unseen(answer: PassagesBody) -> list[VerdictBody]:
    """Where something was found that does not stand among the best passages of all."""
    seen = {place.code for passage in answer.passages for place in passage.document.municipalities}
    return [each for each in answer.municipalities if each.ruling.speaks and each.code not in seen]
