"""The page on which what is known of a document is corrected, its proposals confirmed, or its file replaced."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from app.api.document_bodies import DocumentBody
from app.api.document_wire import document_in
from app.api.form_data import Form
from app.api.knowledge import Knowledge, Known, no_parameters
from app.api.origin import from_this_machine, on_this_machine
from app.api.problems import UnsupportedTypeError, problem
from app.api.query import InvalidParameter, InvalidParametersError
from app.api.upload_fields import metadata_of
from app.api.uploads import GONE, SentFile, accepted, receiving, workers_of
from app.task_workers import TaskWorkers
from app.web.intake import INTAKE
from app.web.metadata_form import MetadataForm, as_wire
from app.web.rendering import page
from corpus.task import Task

router = APIRouter(include_in_schema=False, dependencies=[Depends(no_parameters)])
_ADDRESS = "/documenten/{id}/bijwerken"
_BLOCK = 1 << 20


@router.get(_ADDRESS, dependencies=[Depends(on_this_machine)])
def update_page(id: str, knowledge: Known) -> Response:
    document = _document(knowledge, id)
    return page("update.html", _values(knowledge, document, MetadataForm.of_document(document)))


@router.post(_ADDRESS, dependencies=[Depends(from_this_machine)])
async def update(
    id: str, request: Request, knowledge: Known, workers: Annotated[TaskWorkers, Depends(workers_of)]
) -> Response:
    document = await run_in_threadpool(_document, knowledge, id)
    try:
        async with receiving(request, knowledge.files) as (form, files):
            try:
                await _queued(knowledge, document, form, files)
            except InvalidParametersError as error:
                faults = error.invalid
            except UnsupportedTypeError as error:
                faults = (InvalidParameter("bestand", str(error)),)
            else:
                workers.wake()
                return RedirectResponse(INTAKE, 303)
    except ClientDisconnect:
        return problem(request, 400, GONE)
    again = MetadataForm.of_document(document).sent_again(form, faults)
    return await run_in_threadpool(lambda: page("update.html", _values(knowledge, document, again), status=400))


async def _queued(knowledge: Knowledge, document: DocumentBody, form: Form, files: list[SentFile]) -> Task:
    """The task that reads the document anew: its new file, or the one it has with what is known of it now."""
    name = files[0].name if files else document.source_file
    wire = as_wire(form, name)
    own = Form((("id", document.id), *wire.texts), name, wire.faults)
    if files:
        return await accepted(knowledge, own, files[0].incoming)
    return await run_in_threadpool(_with_its_file, knowledge, document, own)


def _with_its_file(knowledge: Knowledge, document: DocumentBody, form: Form) -> Task:
    path = knowledge.files.path(document.file_sha256)
    metadata = metadata_of(form, path.stat().st_size, document.file_sha256, knowledge.municipalities)
    with path.open("rb") as original, knowledge.files.receiving() as incoming:
        while block := original.read(_BLOCK):
            incoming.write(block)
        return knowledge.accept(incoming, metadata)


def _document(knowledge: Knowledge, document_id: str) -> DocumentBody:
    """A document as it is known; NotFoundError, also where only its refused file is there."""
    stored = knowledge.document(document_id)
    ledger = knowledge.ledger()
    return document_in(ledger, stored)


def _values(knowledge: Knowledge, document: DocumentBody, form: MetadataForm) -> Mapping[str, Any]:
    stored = knowledge.document(document.id)
    return {
        "here": "/documenten",
        "document": document,
        "form": form,
        "every_municipality": sorted(each.name for each in knowledge.municipalities),
        "of_a_folder": bool({"/", "\\"} & {*stored.path}),
    }
