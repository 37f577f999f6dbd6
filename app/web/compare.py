"""The page on which advisors compare municipalities."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.comparison_bodies import ComparisonBody
from app.api.comparison_wire import comparison_body
from app.api.knowledge import Knowledge, Ready
from app.api.origin import is_on_this_machine
from app.api.query import InvalidParameter, InvalidParametersError
from app.report.order import PER_MUNICIPALITY
from app.web.asked_on import AskedOn
from app.web.asking_form import DAYS, AskingForm
from app.web.comparison_asked import MOST_TOPICS, PAGE, Asked, split
from app.web.comparison_file import OFFERED, size_fault
from app.web.offered import Offered
from app.web.overview import Overview
from app.web.rendering import page
from app.web.side_by_side import Chapters
from corpus.municipalities import Municipalities
from corpus.stored import Snapshot

router = APIRouter(include_in_schema=False)
_LABELS = {"onderwerp": "Onderwerp of onderwerpen", "gemeente": "Gemeente", **DAYS}


@router.get(PAGE)
def compare_page(request: Request, knowledge: Ready) -> Response:
    try:
        asked = Asked.of(request, knowledge.municipalities)
    except InvalidParametersError as error:
        return faulty_page(request, knowledge, error.invalid)
    snapshot = knowledge.snapshot()
    comparisons = [comparison_body(knowledge.compare(topic, asked.scope, PER_MUNICIPALITY)) for topic in asked.topics]
    values = _form(request, knowledge.municipalities, snapshot, asked, ()) | _told(asked, comparisons, snapshot)
    may_report = is_on_this_machine(request) and not asked.within_period
    return page("compare.html", values | {"may_report": may_report})


def faulty_page(request: Request, knowledge: Knowledge, faults: Sequence[InvalidParameter]) -> Response:
    """The page with what is wrong with an address, and the form as it was filled in."""
    values = _form(request, knowledge.municipalities, knowledge.snapshot(), Asked(), faults)
    return page("compare.html", values | {"comparisons": (), "may_report": False}, status=400)


def _told(asked: Asked, comparisons: Sequence[ComparisonBody], snapshot: Snapshot) -> dict[str, Any]:
    if not comparisons:
        return {"comparisons": ()}
    overview = Overview.of(asked, comparisons)
    codes = [row.code for row in overview.rows]
    return {
        "comparisons": comparisons,
        "overview": overview,
        "chapters": Chapters(asked, snapshot.documents, comparisons, codes).all(),
        "formats": OFFERED,
        "too_large": bool(size_fault(asked, snapshot, may_report=False)),
    }


def _form(
    request: Request,
    municipalities: Municipalities,
    snapshot: Snapshot,
    asked: Asked,
    faults: Sequence[InvalidParameter],
) -> dict[str, Any]:
    given = request.query_params
    typed = given.get("onderwerp", "")
    offered = Offered.of(municipalities, snapshot, given.getlist("gemeente"))
    return {
        "here": PAGE,
        "asked": asked,
        "asked_on": AskedOn.of(request),
        "topics": split(typed),
        "typed": typed,
        "most": MOST_TOPICS,
        "faults": faults,
        "form": AskingForm(faults),
        "labels": _LABELS,
        "municipalities": offered.municipalities,
        "chosen": offered.chosen,
        "given": {name: given.get(name, "") for name in DAYS},
        "address": str(request.url),
        "now": datetime.now().astimezone(),
    }
