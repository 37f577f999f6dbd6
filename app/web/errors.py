"""Errors as pages, for people who follow a link; what programs call keeps its problem+json."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from app.api.problems import MEDIA_TYPE
from app.api.schemas import ProblemBody
from app.web import assets
from app.web.rendering import page

_FOR_PROGRAMS = ("/v1/", "/healthz/", "/readyz/", "/metrics/", f"{assets.PREFIX}/")
_HEADINGS = {
    400: "Dit verzoek klopt niet",
    403: "Dit mag hier niet",
    404: "Deze pagina is er niet",
    405: "Dit kan niet op dit adres",
    408: "Het duurde te lang",
    409: "Dit kan nu niet",
    413: "Dit is te groot",
    415: "Dit soort bestand kan niet",
    503: "De dienst is er zo weer",
    507: "Er is geen ruimte meer",
}
_GENERAL = "about:blank"  # the type of a problem that says no more than its status
Handler = Callable[[Request, Exception], Response]


def wants_page(request: Request) -> bool:
    """Whether who asks reads pages: at an address that is not for programs, and accepting HTML.

    A page that exists is one for whoever does not ask for something else.
    """
    path: str = request.scope["path"]
    if f"{path}/".startswith(_FOR_PROGRAMS):
        return False
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted or (request.scope.get("route") is not None and "json" not in accepted)


def as_page(request: Request, problem: Response) -> Response:
    """A problem as who asks reads it; its status and headers stay."""
    if problem.media_type != MEDIA_TYPE or not wants_page(request):
        return problem
    body = ProblemBody.model_validate_json(bytes(problem.body))
    values = {
        "here": "",
        "status": body.status,
        "heading": _HEADINGS.get(body.status, "Er ging iets mis"),
        "detail": "" if body.type == _GENERAL and body.status in (404, 405, 500) else body.detail,
        "invalid": body.invalid_parameters,
        "starting": body.status == 503 and "retry-after" in problem.headers,
        "again": request.scope["method"] in ("GET", "HEAD"),
    }
    shown = page("error.html", values, body.status)
    for name in ("retry-after", "allow", "connection"):
        if name in problem.headers:
            shown.headers[name] = problem.headers[name]
    return shown


def told(handler: Handler) -> Handler:
    """A handler of errors whose problems become pages for who reads pages."""

    def tell(request: Request, error: Exception) -> Response:
        return as_page(request, handler(request, error))

    return tell
