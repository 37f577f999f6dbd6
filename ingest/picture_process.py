"""The process that draws one page of a PDF for another, within limits."""

import os

from ingest.own_process import be_silent, channels, end_by_itself, limit_memory
from ingest.pages.highlight import highlight
from ingest.pages.png import png
from ingest.pages.render import measure, render_in_colour
from ingest.picture_wire import PagePicture, PictureRequest


def main() -> None:
    """Answer the one request on standard input; nothing where the page cannot be drawn."""
    requests, answers = channels()
    be_silent()
    request = PictureRequest.decoded(requests.readline())
    end_by_itself(request.limits.seconds)
    if os.name == "posix":
        limit_memory(request.limits.memory)
    drawn = draw(request)
    if drawn is not None:
        answers.write(drawn.encoded())
        answers.flush()


def draw(request: PictureRequest) -> PagePicture | None:
    """The page that is asked for; None where pdfium cannot open or draw it."""
    data = request.path.read_bytes()
    size = measure(data, request.page)
    if size is None:
        return None
    if not request.draw:
        return PagePicture(size.pages, size.width, size.height, b"")
    picture = render_in_colour(data, request.page, request.limits.resolution, request.limits.pixels)
    if picture is None:
        return None
    highlight(picture, request.places)
    written = png(picture.width, picture.height, picture.pixels)
    return PagePicture(size.pages, size.width, size.height, written)
