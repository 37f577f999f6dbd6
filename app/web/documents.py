"""The list of documents: what was read of each, how it stands, what went wrong, and which files could not be read."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.document_bodies import DocumentsBody, MunicipalityBody
from app.api.document_wire import documents_body
from app.api.knowledge import Knowledge, Known
from app.api.origin import is_on_this_machine
from app.api.query import InvalidParameter, InvalidParametersError
from app.web.metadata_form import EMPTY, MetadataForm
from app.web.rendering import page
from app.web.selection import DEFAULT, DESCENDING, PER_PAGE, Only, Order, Selection
from app.web.sent import Failure
from app.wording import VALIDITY_WORDS
from corpus.kinds import STATUSES

router = APIRouter(include_in_schema=False)
_LABELS = {
    "naam": "Titel of kenmerk",
    "gemeente": "Gemeente",
    "soort": "Soort",
    "status": "Status",
    "geldigheid": "Geldigheid",
    "alleen": "Alleen",
    "volgorde": "Volgorde",
    "blad": "Blad",
}
_ONLY = {Only.PROBLEMS: "met problemen bij het lezen", Only.PROPOSALS: "met voorstellen om te bevestigen"}
_COLUMNS = (
    (Order.TITLE, "Document"),
    (Order.MUNICIPALITY, "Gemeente"),
    (Order.VALID_UNTIL, "Geldigheid"),
    (Order.COVERAGE, "Dekking"),
    (Order.INGESTED, "Ingelezen"),
)


@router.get("/documenten")
def documents_page(request: Request, knowledge: Known) -> Response:
    try:
        selection = Selection.of(request, knowledge.municipalities)
    except InvalidParametersError as error:
        return page("documents.html", list_values(request, knowledge, Selection(), error.invalid), status=400)
    return page("documents.html", list_values(request, knowledge, selection))


def list_values(
    request: Request,
    knowledge: Knowledge,
    selection: Selection,
    faults: tuple[InvalidParameter, ...] = (),
    form: MetadataForm = EMPTY,
    failures: tuple[Failure, ...] = (),
    accepted: int = 0,
) -> Mapping[str, Any]:
    """What the template shows; `failures` are the files that were sent and not taken, with the form they came in."""
    body = documents_body(knowledge.ledger())
    found = selection.documents(body.documents)
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(selection.page, pages)
    return {
        "here": "/documenten",
        "selection": selection,
        "documents": found[(number - 1) * PER_PAGE : number * PER_PAGE],
        "found": len(found),
        "all": len(body.documents),
        "number": number,
        "pages": pages,
        "refused": selection.refused(body.refused),
        "columns": [_column(order, name, selection) for order, name in _COLUMNS],
        "municipalities": _own(body),
        "chosen": frozenset(each.code for each in selection.municipalities),
        "kinds": sorted({each.kind for each in body.documents if each.kind}),
        "statuses": STATUSES,
        "validities": VALIDITY_WORDS,
        "only": _ONLY,
        "faults": faults,
        "labels": _LABELS,
        "may_change": is_on_this_machine(request),
        "form": form,
        "failures": failures,
        "accepted": accepted,
        "every_municipality": sorted(each.name for each in knowledge.municipalities),
    }


def _own(body: DocumentsBody) -> list[MunicipalityBody]:
    places = [each.municipalities for each in body.documents] + [each.municipalities for each in body.refused]
    known = {place.code: place for each in places for place in each}
    return sorted(known.values(), key=lambda place: place.name)


def _column(order: Order, name: str, selection: Selection) -> Mapping[str, str]:
    """A heading that orders by its column, and the other way round where the list is ordered so already."""
    up, down = order.value, DESCENDING + order.value
    wanted = down if selection.order == up else up
    return {
        "name": name,
        "sorted": {up: "ascending", down: "descending"}.get(selection.order, ""),
        "address": selection.address(volgorde="" if wanted == DEFAULT else wanted),
    }
