"""The description of the interface: OpenAPI 3.1, in Dutch."""

import json
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute

from app.api.knowledge import no_parameters
from app.api.layers import API_VERSION
from app.api.problems import described
from app.api.schemas import ProblemBody

router = APIRouter(tags=["beheer"], dependencies=[Depends(no_parameters)])

_DESCRIPTION = """\
Doorzoekt en vergelijkt gemeentelijk beleid. Elk citaat is een letterlijk deel van de opgeslagen tekst van één versie
van één document; elke gemeente krijgt een oordeel, ook als er niets gevonden is. Fouten zijn `application/problem+json`
(RFC 9457) en noemen elke ongeldige parameter. Een onbekende parameter is een fout."""
_TAGS = [
    {"name": "passages", "description": "Passages bij een vraag."},
    {"name": "vergelijkingen", "description": "Gemeenten naast elkaar."},
    {"name": "documenten", "description": "Wat er doorzocht wordt."},
    {"name": "rapporten", "description": "Veel onderwerpen over dezelfde gemeenten, als bestand."},
    {"name": "taken", "description": "Werk dat wacht, bezig is of af is."},
    {"name": "gemeenten", "description": "De gemeenten van de CBS-lijst."},
    {"name": "beheer", "description": "De dienst zelf."},
]
_VERSION_HEADER = {
    "API-Version": {"description": "Volledige versie van de API.", "schema": {"type": "string", "const": API_VERSION}}
}


@router.get(
    "/v1/openapi.json",
    operation_id="haalBeschrijving",
    summary="Haal deze beschrijving",
    description="De beschrijving van de API volgens OpenAPI 3.1.",
    response_description="De beschrijving",
    response_class=JSONResponse,
    responses=described(400),
)
def openapi(request: Request) -> JSONResponse:
    return JSONResponse(description(request.app.routes))


def description(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """What OpenAPI says of these routes."""
    api = get_openapi(
        title="Beleidswijzer",
        version=API_VERSION,
        openapi_version="3.1.0",
        description=_DESCRIPTION,
        routes=routes,
        tags=_TAGS,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    )
    _, problems = models_json_schema([(ProblemBody, "serialization")], ref_template="#/components/schemas/{model}")
    api["components"]["schemas"] |= problems["$defs"]
    for schema in api["components"]["schemas"].values():
        schema.pop("description", None)  # the English docstring of an enumeration
    for operations in api["paths"].values():
        for operation in operations.values():
            for response in operation["responses"].values():
                response["headers"] = _VERSION_HEADER
    return api


def as_text(routes: Sequence[BaseRoute]) -> str:
    """The description as it stands in the repository."""
    return json.dumps(description(routes), ensure_ascii=False, indent=2) + "\n"
