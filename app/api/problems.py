"""Every error of REST as application/problem+json (RFC 9457), and faults of ours without anything of their inside."""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.access_log import route_of
from app.api.error_names import problem_type
from app.api.query import InvalidParameter, InvalidParametersError
from app.api.schemas import InvalidParameterBody, ProblemBody
from app.api.token import has_token
from app.fault_words import fault_words
from app.faults import trace_of
from corpus.errors import (
    BeleidswijzerError,
    DataDirectoryError,
    DocumentError,
    HeldError,
    MachineError,
    ModelError,
    NotFoundError,
    SettingsError,
    UnreachableError,
    UsageError,
)

LOGGER = logging.getLogger("beleidswijzer.api")
MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "Ongeldig verzoek",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Methode niet mogelijk",
    408: "Te lang gewacht",
    409: "Kan nu niet",
    413: "Te groot",
    414: "Adres te lang",
    415: "Bestandssoort niet ondersteund",
    416: "Deel bestaat niet",
    429: "Te veel verzoeken",
    500: "Interne fout",
    503: "Nu niet beschikbaar",
    507: "Geen ruimte of andere storing van de machine",
}
_DETAILS = {
    404: "Er is niets op dit adres; GET /v1/openapi.json beschrijft wat er is.",
    405: "Deze methode is hier niet mogelijk; de header Allow noemt wat wel kan.",
    413: "Het verzoek is te groot.",
    414: "Het adres van het verzoek is te lang.",
    415: "Dit soort inhoud wordt niet ondersteund.",
    416: "Het bestand heeft het gevraagde deel niet; de header Content-Range noemt hoe groot het is.",
    500: "Er ging iets mis in de dienst. Probeer het later opnieuw of meld het de beheerder.",
}
_STATUSES: tuple[tuple[type[BeleidswijzerError], int], ...] = (  # the first class that fits
    (SettingsError, 500),
    (ModelError, 500),
    (DataDirectoryError, 500),
    (UsageError, 400),
    (NotFoundError, 404),
    (HeldError, 503),
    (UnreachableError, 503),
    (MachineError, 507),
    (BeleidswijzerError, 500),
)
_INVALID = "Een of meer parameters zijn ongeldig; zie invalidParams."


class NotReadyError(UnreachableError):
    """The model is still being loaded."""

    def __init__(self) -> None:
        super().__init__("De dienst is nog aan het starten: het model wordt geladen. Probeer het zo opnieuw.")


class NotLoadedError(UnreachableError):
    """The model could not be loaded."""


class ForbiddenError(UsageError):
    """A call that only the machine itself may make."""


class FormError(UsageError):
    """A body that is not the form that it should be."""


class TooLargeError(UsageError):
    """A body, or something in it, that is larger than is taken."""


class StalledError(UsageError):
    """A body of which nothing more comes in."""


class TooLateError(UsageError):
    """What is asked can no longer be done, or not yet."""


class UnsupportedTypeError(UsageError):
    """Content of a kind that is not taken."""


def problem(
    request: Request,
    status: int,
    detail: str | None = None,
    kind: str = "about:blank",
    invalid: Sequence[InvalidParameter] = (),
    headers: dict[str, str] | None = None,
    cause: str | None = None,
) -> Response:
    """A problem response; `instance` is the path alone, since a query may hold a question."""
    body = ProblemBody(
        type=kind,
        title=TITLES.get(status, "Fout"),
        status=status,
        detail=detail or _DETAILS.get(status, TITLES.get(status, "Fout")),
        instance=quote(request.url.path),
        invalid_parameters=[InvalidParameterBody(name=each.name, reason=each.reason) for each in invalid],
        cause=cause,
    )
    return JSONResponse(body.model_dump(mode="json", exclude_none=True), status, headers, MEDIA_TYPE)


def of_beleidswijzer(request: Request, error: Exception) -> Response:
    """The problem that an error of ours is; its message is made for the user.

    A fault of the service is logged. Its readers are told in Dutch what they can do; what it was, which may name
    folders and addresses, is for the commands that have the token.
    """
    if not isinstance(error, BeleidswijzerError):
        raise error
    kind = problem_type(error)
    match error:
        case InvalidParametersError():
            return problem(request, 400, _INVALID, kind, error.invalid)
        case NotReadyError():
            return problem(request, 503, str(error), kind, headers={"Retry-After": "5"})
        case ForbiddenError():
            return problem(request, 403, str(error), kind)
        case StalledError():
            return problem(request, 408, str(error), kind, headers={"Connection": "close"})
        case TooLateError():
            return problem(request, 409, str(error), kind)
        case TooLargeError():
            return problem(request, 413, str(error), kind)
        case UnsupportedTypeError():
            return problem(request, 415, str(error), kind)
        case DocumentError():
            return problem(request, 415, error.reason.dutch, kind)
    status = next(status for root, status in _STATUSES if isinstance(error, root))
    if status < 500:
        return problem(request, status, str(error), kind)
    log_fault(request, error)
    if isinstance(error, NotLoadedError):
        return problem(request, status, str(error), kind)
    return problem(request, status, fault_words(error), kind, cause=str(error) if has_token(request) else None)


def of_http(request: Request, error: Exception) -> Response:
    """The problem that an HTTP error of the framework is."""
    if not isinstance(error, HTTPException):
        raise error
    return problem(request, error.status_code, headers=dict(error.headers or {}))


def of_validation(request: Request, error: Exception) -> Response:
    """The problem that a request is whose path or body does not fit its description."""
    if not isinstance(error, RequestValidationError):
        raise error
    invalid = [InvalidParameter(_place(fault["loc"]), "past niet bij de beschrijving") for fault in error.errors()]
    return problem(request, 400, _INVALID, problem_type(UsageError()), invalid)


def log_fault(request: Request, error: Exception) -> None:
    """Log where an error was raised; of one of ours its message instead, unless that holds something of the query."""
    what = trace_of(error)
    if isinstance(error, BeleidswijzerError):
        what, message = type(error).__name__, str(error)
        asked = any(value.strip() and value.strip() in message for value in request.query_params.values())
        what += f": {message}" if message and not asked else ""
    LOGGER.error("%s %s failed: %s", request.method, route_of(request.scope), what)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the errors of an operation."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
    answers: dict[int | str, dict[str, Any]] = {
        status: {"description": TITLES[status], "content": content} for status in statuses
    }
    return answers | {"default": {"description": "Elke andere fout", "content": content}}


def _place(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location[1:]) or str(location[0])
