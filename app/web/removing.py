"""The page that asks whether a document may go, and its answer."""

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from app.api.knowledge import Known, no_parameters
from app.api.origin import from_this_machine, on_this_machine
from app.web.rendering import page
from corpus.document import Metadata
from corpus.errors import NotFoundError

router = APIRouter(include_in_schema=False, dependencies=[Depends(no_parameters)])
_ADDRESS = "/documenten/{id}/verwijderen"


@router.get(_ADDRESS, dependencies=[Depends(on_this_machine)])
def removal_page(id: str, knowledge: Known) -> Response:
    values = {
        "here": "/documenten",
        "metadata": _metadata(knowledge, id),
        "refused": all(each.metadata.document_id != id for each in knowledge.snapshot().documents),
    }
    return page("remove_document.html", values)


@router.post(_ADDRESS, dependencies=[Depends(from_this_machine)])
def remove(id: str, knowledge: Known) -> Response:
    knowledge.remove(id)
    return RedirectResponse("/documenten?gedaan=verwijderd", 303)


def _metadata(knowledge: Known, document_id: str) -> Metadata:
    """Of a document, or of one that a refused file would have been; NotFoundError."""
    ledger = knowledge.ledger()
    known = [each.metadata for each in ledger.snapshot.documents] + [each.metadata for each in ledger.refusals]
    for metadata in known:
        if metadata.document_id == document_id:
            return metadata
    raise NotFoundError(f"Er is geen document {document_id!r}; misschien is het al verwijderd")
