"""The pages of a PDF as pictures beside its text, with the lines of a passage marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as PathParameter
from starlette.requests import Request
from starlette.responses import Response

from app.answer import PassageInContext
from app.api import parameters as given
from app.api.knowledge import Knowledge, Known
from app.api.original_file import media_type
from app.api.query import FormQuery, Single, shown
from app.web.asked_passage import PASSAGE, passage_of
from corpus.document import TextBox
from corpus.errors import MachineError, NotFoundError
from corpus.stored import StoredDocument
from ingest.page_pictures import PagePictures
from ingest.pages.highlight import Place

router = APIRouter(include_in_schema=False)
_MOST_PAGES = 100_000
_GONE = "Het oorspronkelijke bestand is er niet meer; hieronder staat wat ervan gelezen is."
_NOT_DRAWN = "Deze pagina kan niet getekend worden; hieronder staat wat ervan gelezen is."
_BUSY = "De pagina kan nu niet getekend worden; probeer het later opnieuw."
_PAGE_NUMBER = given.whole_number(1, _MOST_PAGES)
PAGE: Single[int | None] = Single(
    "pagina", "De pagina van het bestand.", {"type": "integer"}, False, None, _PAGE_NUMBER
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a file of `pages` pages that can be shown, in points; `marked` where lines of the passage are on it."""

    number: int
    pages: int
    width: int
    height: int
    marked: bool


@cache
def pictures() -> PagePictures:
    """What draws pages for this process."""
    return PagePictures()


@router.get("/documenten/{id}/paginas/{number}.png")
def page_picture(
    request: Request, document_id: Annotated[str, PathParameter(alias="id")], number: str, knowledge: Known
) -> Response:
    query = FormQuery(request)
    passage_id = query.one(PASSAGE)
    query.finish()
    stored = knowledge.document(document_id)
    found = None if passage_id is None else passage_of(knowledge, document_id, passage_id)
    if not (number.isascii() and number.isdigit() and len(number) < 7 and 0 < int(number) <= _MOST_PAGES):
        raise NotFoundError(f"{shown(number)} is geen nummer van een pagina")
    path = pdf_of(knowledge, stored)
    places = () if found is None else places_on(found.boxes, int(number))
    picture = None if path is None else pictures().picture(path, int(number), places)
    if picture is None:
        raise NotFoundError(f"Van pagina {number} van document {document_id!r} is er geen beeld")
    return Response(picture.png, media_type="image/png", headers={"Content-Security-Policy": "default-src 'none'"})


def sheet_of(
    knowledge: Knowledge, stored: StoredDocument, found: PassageInContext | None, asked: int | None, near: int
) -> Sheet | str | None:
    """The page that was asked for, else that of the passage, else `near`; why there is none; None for other files."""
    path = knowledge.files.path(stored.file_sha256)
    if not path.is_file():
        return _GONE
    if media_type(path) != "application/pdf":
        return None
    boxes = () if found is None else found.boxes
    number = asked or (_first_page(found) if found is not None else None) or near
    try:
        size = pictures().size(path, number)
    except MachineError:
        return _BUSY
    if size is None:
        return _NOT_DRAWN
    return Sheet(number, size.pages, round(size.width), round(size.height), bool(places_on(boxes, number)))


def pdf_of(knowledge: Knowledge, stored: StoredDocument) -> Path | None:
    """Where the file of a document is; None where it is gone or no PDF."""
    path = knowledge.files.path(stored.file_sha256)
    return path if path.is_file() and media_type(path) == "application/pdf" else None


def places_on(boxes: Sequence[TextBox], number: int) -> tuple[Place, ...]:
    return tuple(Place(box.left, box.top, box.right, box.bottom) for box in boxes if box.page == number)


def _first_page(found: PassageInContext) -> int | None:
    if found.boxes:
        return min(box.page for box in found.boxes)
    return found.passage.pages[0] if found.passage.pages else None
