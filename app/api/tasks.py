"""Tasks: how far the work is that was asked for."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Path

from app.api.knowledge import Known, no_parameters
from app.api.origin import from_this_machine
from app.api.problems import described
from app.api.query import shown
from app.api.task_bodies import TaskBody
from app.api.task_wire import task_body
from corpus.errors import NotFoundError

router = APIRouter(tags=["taken"], dependencies=[Depends(from_this_machine), Depends(no_parameters)])


@router.get(
    "/v1/taken/{id}",
    operation_id="haalTaak",
    summary="Haal een taak",
    description="Hoe ver een taak is en wat eruit kwam; een taak blijft 30 dagen na haar einde bewaard. Kan alleen "
    "vanaf de machine waarop de dienst draait.",
    response_description="De taak",
    responses=described(400, 403, 404, 503),
)
def task(task_id: Annotated[str, Path(alias="id", description="uuid van de taak.")], knowledge: Known) -> TaskBody:
    try:
        canonical = str(uuid.UUID(task_id))
    except ValueError:
        canonical = ""
    if canonical != task_id.lower():
        raise NotFoundError(f"{shown(task_id)} is geen kenmerk van een taak; dat is een uuid uit een antwoord")
    return task_body(knowledge.tasks.get(canonical))
