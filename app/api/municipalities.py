"""The municipalities of the CBS list with what there is of each."""

from fastapi import APIRouter, Depends

from app.api.knowledge import Known, no_parameters
from app.api.problems import described
from app.api.schemas import MunicipalitiesBody
from app.api.wire import municipalities_body

router = APIRouter(tags=["gemeenten"])


@router.get(
    "/v1/gemeenten",
    operation_id="haalGemeenten",
    summary="Haal de gemeenten",
    description="Elke gemeente op de lijst van het CBS, met het aantal doorzoekbare documenten; 0 waar er geen zijn.",
    response_description="De gemeenten op naam",
    responses=described(400, 503),
    dependencies=[Depends(no_parameters)],
)
def municipalities(knowledge: Known) -> MunicipalitiesBody:
    return municipalities_body(knowledge.municipalities, knowledge.snapshot())
