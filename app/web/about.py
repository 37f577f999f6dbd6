"""What the service is, how accessible it is, and how programs call it."""

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.api.knowledge import Known, no_parameters
from app.api.layers import API_VERSION
from app.api.origin import is_on_this_machine
from app.report.formats import FORMATS
from app.scoped import by_municipality
from app.web.rendering import page

router = APIRouter(include_in_schema=False, dependencies=[Depends(no_parameters)])


@router.get("/over")
def about(request: Request, knowledge: Known) -> Response:
    documents = knowledge.snapshot().documents
    values = {
        "here": "/over",
        "documents": len(documents),
        "municipalities": len(by_municipality(documents)),
        "may_list": is_on_this_machine(request),
    }
    return page("about.html", values)


@router.get("/toegankelijkheid")
def accessibility() -> Response:
    return page("accessibility.html", {"here": "/toegankelijkheid"})


@router.get("/api")
def api(request: Request) -> Response:
    base = f"{request.url.scheme}://{request.url.netloc}"
    return page("api.html", {"here": "/api", "base": base, "version": API_VERSION, "formats": list(FORMATS)})
