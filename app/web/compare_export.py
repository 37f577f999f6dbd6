"""The address at which a comparison is downloaded."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.knowledge import Ready
from app.api.query import InvalidParameter, InvalidParametersError
from app.api.reports import file_response
from app.web.compare import faulty_page
from app.web.comparison_asked import FILE, Asked
from app.web.comparison_file import comparison_file, size_fault

router = APIRouter(include_in_schema=False)


@router.get(FILE)
def file(request: Request, knowledge: Ready) -> Response:
    try:
        asked, format_name = Asked.of_file(request, knowledge.municipalities)
        if fault := size_fault(asked, knowledge.snapshot()):
            raise InvalidParametersError([InvalidParameter("onderwerp", fault)])
    except InvalidParametersError as error:
        return faulty_page(request, knowledge, error.invalid)
    title, content = comparison_file(asked, format_name, knowledge)
    return file_response(content, title, format_name)
