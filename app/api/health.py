"""Whether the service lives, and whether it can answer."""

from typing import Annotated

from fastapi import APIRouter, Depends

from app.api.knowledge import Known, no_parameters, readiness
from app.api.problems import described
from app.api.readiness import Readiness
from app.api.schemas import HealthBody

router = APIRouter(tags=["beheer"], dependencies=[Depends(no_parameters)])


@router.get(
    "/healthz",
    operation_id="leeft",
    summary="Leeft de dienst?",
    description="Antwoordt zodra de dienst verzoeken aanneemt.",
    response_description="De dienst leeft",
    responses=described(400),
)
async def healthz() -> HealthBody:
    return HealthBody(status="ok")


@router.get(
    "/readyz",
    operation_id="gereed",
    summary="Kan de dienst antwoorden?",
    description="Antwoordt met 200 als de index open is en het model geladen; anders met 503.",
    response_description="De dienst kan antwoorden",
    responses=described(400, 503),
)
def readyz(state: Annotated[Readiness, Depends(readiness)], knowledge: Known) -> HealthBody:
    state.require()
    knowledge.snapshot()
    return HealthBody(status="ok")
