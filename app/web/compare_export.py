"""The address at which a comparison is downloaded."""

import asyncio

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.api.knowledge import Knowledge, Ready
from app.api.layers import is_head
from app.api.origin import is_on_this_machine
from app.api.query import InvalidParameter, InvalidParametersError
from app.api.reports import file_response
from app.report.order import ReportOrder
from app.report.runs import passing_file
from app.web.compare import faulty_page
from app.web.comparison_asked import FILE, PAGE, Asked
from app.web.comparison_file import file_order, size_fault
from app.web.rendering import page

router = APIRouter(include_in_schema=False)
MOST_AT_ONCE = 2  # files that are made or waited for; of more nobody would get any soon
PATIENCE = 3.0  # seconds for a place among them
_RETRY_AFTER = "10"


@router.get(FILE)
async def file(request: Request, knowledge: Ready) -> Response:
    try:
        order = await run_in_threadpool(_order, request, knowledge)
    except InvalidParametersError as error:
        return await run_in_threadpool(faulty_page, request, knowledge, error.invalid)
    if is_head(request):
        return _head(order)
    places: asyncio.Semaphore = request.app.state.comparison_files
    try:
        async with asyncio.timeout(PATIENCE):  # no thread waits, so that other pages keep theirs
            await places.acquire()
    except TimeoutError:
        return _busy()
    try:
        content = await run_in_threadpool(passing_file, knowledge, order)
    finally:
        places.release()
    return file_response(content, order.title, order.format)


def _order(request: Request, knowledge: Knowledge) -> ReportOrder:
    asked, format_name = Asked.of_file(request, knowledge.municipalities)
    if fault := size_fault(asked, knowledge.snapshot(), is_on_this_machine(request)):
        raise InvalidParametersError([InvalidParameter("onderwerp", fault)])
    return file_order(asked, format_name)


def _head(order: ReportOrder) -> Response:
    """What is known of a file before it is made: all but its length."""
    response = file_response(b"", order.title, order.format)
    del response.headers["content-length"]
    return response


def _busy() -> Response:
    values = {
        "here": PAGE,
        "status": 503,
        "heading": "Het bestand is nog niet gemaakt",
        "detail": "Er worden al andere bestanden gemaakt. Probeer het zo opnieuw.",
        "invalid": (),
        "starting": False,
        "again": True,
    }
    response = page("error.html", values, status=503)
    response.headers["Retry-After"] = _RETRY_AFTER
    return response
