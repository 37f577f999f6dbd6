"""Files that are sent with the form on the page of documents."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from app.api.knowledge import Known, no_parameters
from app.api.origin import from_this_machine
from app.api.problems import problem
from app.api.query import InvalidParameter
from app.api.uploads import GONE, receiving, workers_of
from app.task_workers import TaskWorkers
from app.web.documents import list_values
from app.web.intake import INTAKE
from app.web.metadata_form import EMPTY
from app.web.rendering import page
from app.web.selection import Selection
from app.web.sent import Queued, queued

# There are no cookies and nobody logs in, so there is no session to which a token against forged forms could be bound,
# and none to abuse. What tells a forged form is its origin, which browsers state and pages cannot change: a POST must
# come from this machine and, where Origin or Sec-Fetch-Site say so, from a page of this very service. So pages are sent
# with "Referrer-Policy: same-origin": with "no-referrer" their own forms would say "Origin: null".
router = APIRouter(include_in_schema=False, dependencies=[Depends(from_this_machine), Depends(no_parameters)])
MOST_FILES = 20
_NO_FILE = InvalidParameter("bestand", "is niet gekozen; kies een of meer bestanden")


@router.post("/documenten")
async def send(request: Request, knowledge: Known, workers: Annotated[TaskWorkers, Depends(workers_of)]) -> Response:
    try:
        async with receiving(request, knowledge.files, MOST_FILES) as (form, files):
            result = await queued(knowledge, form, files) if files else Queued((), (), (*form.faults, _NO_FILE))
    except ClientDisconnect:
        return problem(request, 400, GONE)
    workers.wake()
    if not result.failures and not result.faults:
        return RedirectResponse(INTAKE, 303)

    def shown() -> Response:
        again = EMPTY.sent_again(form, result.faults)
        told = list_values(request, knowledge, Selection(), (), again, result.failures, len(result.tasks))
        return page("documents.html", told, status=400)

    return await run_in_threadpool(shown)
