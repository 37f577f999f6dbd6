"""One topic side by side for several municipalities."""

from fastapi import APIRouter
from starlette.requests import Request

from app.answer import Scope
from app.api import parameters as given
from app.api.comparison_bodies import ComparisonBody
from app.api.comparison_wire import comparison_body
from app.api.knowledge import Ready
from app.api.problems import described
from app.api.query import Query

router = APIRouter(tags=["vergelijkingen"])


@router.get(
    "/v1/vergelijkingen",
    operation_id="vergelijkGemeenten",
    summary="Vergelijk gemeenten",
    description="Wat elke gemeente over een onderwerp zegt, elk apart doorzocht, met oordeel en passages; geen "
    "passages bij `niets_gevonden`.",
    response_description="De gemeenten naast elkaar",
    responses=described(400, 503, 507),
    openapi_extra=given.described(
        given.TOPIC,
        given.MUNICIPALITY,
        given.PER_MUNICIPALITY,
        given.VALID_ON,
        given.PERIOD_FROM,
        given.PERIOD_TO,
        given.REFERENCE_DAY,
    ),
)
def compare(request: Request, knowledge: Ready) -> ComparisonBody:
    query = Query(request)
    topic = query.one(given.TOPIC)
    municipalities = query.each(given.MUNICIPALITY, given.municipality_of(knowledge.municipalities))
    per_municipality = query.one(given.PER_MUNICIPALITY)
    valid_on, period = query.one(given.VALID_ON), given.period(query)
    day = query.one(given.REFERENCE_DAY)
    query.finish()
    scope = Scope(municipalities=municipalities, valid_on=valid_on, period=period)
    return comparison_body(knowledge.compare(topic, scope, per_municipality, day))
