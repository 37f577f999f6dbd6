"""What the command line and the service that holds the index say to each other about an ingest.

The request is one `IngestRequestBody`; the answer is a line of JSON (`IngestLineBody`) for every step, and a last one
with the report or the error.
"""

from typing import Annotated

from pydantic import Field

from app.api.body import Body
from app.api.error_names import error_named, name_of
from app.api.schemas import IngestBody, ProgressBody
from corpus.errors import BeleidswijzerError

TOKEN_HEADER = "X-Beleidswijzer-Token"
INGEST_PATH = "/v1/beheer/ingest"
STATUS_PATH = "/v1/beheer/status"


class IngestRequestBody(Body):
    """Files and folders by full path; none is the catalogue's own documents."""

    paths: Annotated[list[str], Field(alias="paden")]
    catalogue: Annotated[str | None, Field(alias="catalogus")]
    force: Annotated[bool, Field(alias="opnieuw")]
    prune: Annotated[bool, Field(alias="opruimen")] = False


class ErrorBody(Body):
    """An error by its class in `corpus.errors` and its message."""

    kind: Annotated[str, Field(alias="soort")]
    message: Annotated[str, Field(alias="melding")]


class IngestLineBody(Body):
    """One line: a step, or at the end the report or the error; the other two are null.

    All three are null where `waiting` tells that others have their turn before this ingest.
    """

    progress: Annotated[ProgressBody | None, Field(alias="voortgang")]
    report: Annotated[IngestBody | None, Field(alias="verslag")]
    error: Annotated[ErrorBody | None, Field(alias="fout")]
    waiting: Annotated[bool, Field(alias="wacht")] = False


def error_body(error: BaseException) -> ErrorBody:
    """An error as it travels; of one that is not ours only the type, since its message may hold anything."""
    message = f"the service failed ({type(error).__name__}); its log says where, then try again"
    return ErrorBody(kind=name_of(error), message=str(error) if isinstance(error, BeleidswijzerError) else message)


def error_of(body: ErrorBody) -> BeleidswijzerError:
    """The error that travelled, of the class that gives the same exit code."""
    return error_named(body.kind, body.message)
