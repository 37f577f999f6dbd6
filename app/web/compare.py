"""The page on which advisors compare municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answer import Scope
from app.api import parameters as given
from app.api.comparison_bodies import ComparisonBody, FindingBody
from app.api.comparison_wire import comparison_body
from app.api.knowledge import Knowledge, Ready
from app.api.query import FormQuery, InvalidParameter, InvalidParametersError, Single
from app.scoped import with_documents
from app.web.marking import Marker
from app.web.rendering import page
from corpus.errors import UsageError

router = APIRouter(include_in_schema=False)
MOST_TOPICS = 6
_PER_MUNICIPALITY = 3
_LABELS = {"onderwerp": "Onderwerp of onderwerpen", "gemeente": "Gemeente", "geldigOp": "Geldig op"}


def _split(typed: str) -> tuple[str, ...]:
    """The topics that were typed, each once."""
    return tuple(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))


def _lines(value: str) -> tuple[str, ...]:
    topics = _split(value)
    if not topics:
        raise UsageError("is leeg; geef een onderwerp")
    if len(topics) > MOST_TOPICS:
        raise UsageError(f"zijn er {len(topics)}; geef er hoogstens {MOST_TOPICS}, of maak een rapport")
    for topic in topics:
        given.question_text(topic)
    return topics


_TOPICS: Single[tuple[str, ...]] = Single(
    "onderwerp", "Een onderwerp per regel.", {"type": "string"}, False, (), _lines
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A municipality with what was found of it on each topic."""

    name: str
    findings: tuple[FindingBody, ...]


@router.get("/vergelijken")
def compare_page(request: Request, knowledge: Ready) -> Response:
    try:
        comparisons = _compared(request, knowledge)
    except InvalidParametersError as error:
        return page("compare.html", _values(request, knowledge, (), error.invalid), status=400)
    return page("compare.html", _values(request, knowledge, comparisons, ()))


def _compared(request: Request, knowledge: Knowledge) -> tuple[ComparisonBody, ...]:
    query = FormQuery(request)
    topics = query.one(_TOPICS)
    municipalities = query.each(given.MUNICIPALITY, given.municipality_of(knowledge.municipalities))
    day = query.one(given.VALID_ON)
    query.finish()
    scope = Scope(municipalities=municipalities, valid_on=day)
    return tuple(comparison_body(knowledge.compare(topic, scope, _PER_MUNICIPALITY)) for topic in topics)


def _values(
    request: Request,
    knowledge: Knowledge,
    comparisons: Sequence[ComparisonBody],
    faults: tuple[InvalidParameter, ...],
) -> Mapping[str, Any]:
    asked = request.query_params
    typed = asked.get("onderwerp", "")
    names = {finding.code: finding.name for each in comparisons for finding in each.municipalities}
    return {
        "here": "/vergelijken",
        "topics": _split(typed),
        "typed": typed,
        "most": MOST_TOPICS,
        "comparisons": comparisons,
        "rows": [
            _Row(name, tuple(next(f for f in each.municipalities if f.code == code) for each in comparisons))
            for code, name in names.items()
        ],
        "markers": [Marker(each.topic, each.also_searched) for each in comparisons],
        "faults": faults,
        "faulty": {fault.name for fault in faults},
        "labels": _LABELS,
        "municipalities": with_documents(knowledge.snapshot()),
        "chosen": frozenset(asked.getlist("gemeente")),
        "given_day": asked.get("geldigOp", ""),
    }
