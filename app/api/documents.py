"""Documents: what is known of them, their text, their file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from app.api.document_bodies import DocumentBody, DocumentsBody, TextBody
from app.api.document_wire import document_in, documents_body, text_body
from app.api.knowledge import Known, no_parameters
from app.api.origin import from_this_machine
from app.api.original_file import download
from app.api.problems import described
from corpus.errors import NotFoundError

router = APIRouter(tags=["documenten"], dependencies=[Depends(no_parameters)])

_DocumentId = Annotated[str, Path(alias="id", description="Kenmerk van het document.")]
_FILE = {
    "content": {
        media_type: {"schema": {"type": "string", "format": "binary"}}
        for media_type in ("application/pdf", "text/plain", "application/octet-stream")
    }
}


@router.get(
    "/v1/documenten",
    operation_id="haalDocumenten",
    summary="Haal de documenten",
    description="Elk doorzoekbaar document met wat ervan gelezen is, de bestanden die niet gelezen konden worden, en "
    "de soorten die een document kan hebben.",
    response_description="De documenten op gemeente en titel",
    responses=described(400, 503),
)
def documents(knowledge: Known) -> DocumentsBody:
    return documents_body(knowledge.ledger())


@router.get(
    "/v1/documenten/{id}",
    operation_id="haalDocument",
    summary="Haal één document",
    description="Een document met wat ervan gelezen is.",
    response_description="Het document",
    responses=described(400, 404, 503),
)
def document(document_id: _DocumentId, knowledge: Known) -> DocumentBody:
    stored = knowledge.document(document_id)
    ledger = knowledge.ledger()
    return document_in(ledger, stored)


@router.get(
    "/v1/documenten/{id}/tekst",
    operation_id="haalTekst",
    summary="Haal de tekst van een document",
    description="De volledige tekst, waarop elke `positie` slaat, met de plaats van de pagina's.",
    response_description="De tekst",
    responses=described(400, 404, 503),
)
def text(document_id: _DocumentId, knowledge: Known) -> TextBody:
    return text_body(knowledge.text(document_id))


@router.get(
    "/v1/documenten/{id}/bestand",
    operation_id="haalBestand",
    summary="Haal het oorspronkelijke bestand",
    description="Het bestand zoals het is ingelezen.",
    response_description="Het bestand",
    response_class=FileResponse,
    responses={200: _FILE, **described(400, 404, 416, 503)},
)
def original(document_id: _DocumentId, knowledge: Known, request: Request) -> FileResponse:
    stored = knowledge.document(document_id)
    try:
        return download(knowledge.files.path(stored.file_sha256), stored.metadata.source_file, request.headers)
    except FileNotFoundError as error:
        if knowledge.document(document_id).file_sha256 == stored.file_sha256:
            raise
        raise NotFoundError(f"Document {document_id!r} is net vervangen; vraag het bestand opnieuw") from error


@router.delete(
    "/v1/documenten/{id}",
    operation_id="verwijderDocument",
    summary="Verwijder een document",
    description="Neemt een document uit de kennisbank, ook een dat niet gelezen kon worden, en breekt het inlezen van "
    "een gestuurd bestand met dit kenmerk af. Wacht op niets: na het antwoord vindt geen vraag het document meer, ook "
    "terwijl er andere documenten worden ingelezen. Kan alleen vanaf de machine waarop de dienst draait.",
    response_description="Het document is verwijderd, of het wordt niet meer ingelezen",
    status_code=204,
    responses=described(400, 403, 404, 503, 507),
    dependencies=[Depends(from_this_machine)],
)
def remove(document_id: _DocumentId, knowledge: Known) -> Response:
    knowledge.remove(document_id)
    return Response(status_code=204)
