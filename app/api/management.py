"""What the other commands ask of the service that holds the index; for them only, so not in the description."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import StreamingResponse

from app.api.feedback_bodies import FEEDBACK_PATH, FeedbackBody
from app.api.feedback_wire import feedback_body
from app.api.ingest_lines import INGEST_PATH, STATUS_PATH, TOKEN_HEADER, IngestRequestBody
from app.api.ingests import Ingests
from app.api.knowledge import Known, no_parameters
from app.api.origin import from_this_machine
from app.api.problems import ForbiddenError
from app.api.schemas import StatusBody
from app.api.token import has_token
from app.api.wire import status_body
from corpus.errors import UsageError

MEDIA_TYPE = "application/x-ndjson"
MAX_REQUEST_BYTES = 8 * 1024 * 1024


def _with_token(request: Request) -> None:
    if not has_token(request):
        raise ForbiddenError(f"De header {TOKEN_HEADER} ontbreekt of klopt niet.")


def _ingests(request: Request) -> Ingests:
    ingests: Ingests = request.app.state.ingests
    return ingests


router = APIRouter(
    include_in_schema=False, dependencies=[Depends(from_this_machine), Depends(_with_token), Depends(no_parameters)]
)


@router.get(STATUS_PATH)
def status(knowledge: Known) -> StatusBody:
    return status_body(knowledge.holdings())


@router.get(FEEDBACK_PATH)
def feedback(knowledge: Known) -> FeedbackBody:
    return feedback_body(knowledge.feedback, knowledge.municipalities)


@router.post(INGEST_PATH)
async def ingest(request: Request, ingests: Annotated[Ingests, Depends(_ingests)]) -> StreamingResponse:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_REQUEST_BYTES:
            raise HTTPException(413)
    try:
        wanted = IngestRequestBody.model_validate_json(bytes(content))
    except ValidationError as error:
        raise UsageError(f"the body is no request to ingest: {error.error_count()} faults") from None
    return StreamingResponse(ingests.start(wanted), media_type=MEDIA_TYPE)
