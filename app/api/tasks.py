"""Tasks: how far the work is that was asked for, and breaking it off."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from app.api.ids import uuid_of
from app.api.knowledge import Known, no_parameters
from app.api.origin import from_this_machine
from app.api.problems import TooLateError, described
from app.api.task_bodies import TaskBody
from app.api.task_wire import task_body
from corpus.task import TaskState

router = APIRouter(tags=["taken"], dependencies=[Depends(from_this_machine), Depends(no_parameters)])

_TaskId = Annotated[str, Path(alias="id", description="uuid van de taak.")]


@router.get(
    "/v1/taken/{id}",
    operation_id="haalTaak",
    summary="Haal een taak",
    description="Hoe ver een taak is en wat eruit kwam; een taak blijft 30 dagen na haar einde bewaard. Kan alleen "
    "vanaf de machine waarop de dienst draait.",
    response_description="De taak",
    responses=described(400, 403, 404, 503),
)
def task(task_id: _TaskId, knowledge: Known) -> TaskBody:
    return task_body(knowledge.tasks.get(uuid_of(task_id, "een taak")))


@router.delete(
    "/v1/taken/{id}",
    operation_id="breekTaakAf",
    summary="Breek een taak af",
    description="Een taak die wacht is meteen afgelopen; een taak die bezig is houdt zo snel mogelijk op, tenzij ze "
    "intussen klaar is. Er komt dan niets half van in de kennisbank. Een taak die al afgebroken is blijft dat (204); "
    "een taak die klaar of mislukt is kan niet meer worden afgebroken (409). Kan alleen vanaf de machine waarop de "
    "dienst draait.",
    response_description="De taak is afgebroken, of heeft gehoord dat ze moet ophouden",
    status_code=204,
    responses=described(400, 403, 404, 409, 503, 507),
)
def cancel(task_id: _TaskId, knowledge: Known) -> Response:
    cancelled = knowledge.tasks.cancel(uuid_of(task_id, "een taak"))
    if not cancelled.cancelled:
        raise TooLateError(f"De taak is al afgelopen ({cancelled.state}) en kan niet meer worden afgebroken.")
    if cancelled.state is not TaskState.RUNNING:
        knowledge.tidy()  # its file; after one that runs the worker does so
    return Response(status_code=204)
