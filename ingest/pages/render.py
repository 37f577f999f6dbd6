"""Pages of a PDF as pictures; beside `pdfium_calls` the only module that knows pypdfium2 and its exceptions."""

from contextlib import closing
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

POINTS_AN_INCH = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey, one byte a pixel, row by row from the top left; `scale` is pixels to a point."""

    width: int
    height: int
    pixels: bytes
    scale: float

    @property
    def resolution(self) -> int:
        """Pixels to an inch."""
        return round(self.scale * POINTS_AN_INCH)


def count_pages(data: bytes) -> int | None:
    """How many pages a PDF has; None for what pdfium cannot open."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    with closing(document):
        return len(document)


def render(data: bytes, number: int, resolution: int, most_pixels: int) -> Picture | None:
    """Page `number` (from 1) as it is shown, at so many pixels to an inch or, for a large page, as `most_pixels` allow.

    None for a page that cannot be drawn.
    """
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(data)) as document, closing(document[number - 1]) as page:
            width, height = page.get_size()
            scale = min(resolution / POINTS_AN_INCH, sqrt(most_pixels / max(width * height, 1)))
            with closing(page.render(scale=scale, grayscale=True)) as bitmap:
                return Picture(bitmap.width, bitmap.height, _without_padding(bitmap), scale)
    except (pypdfium2.PdfiumError, IndexError):
        return None


def _without_padding(bitmap: "pypdfium2.PdfBitmap") -> bytes:
    """The pixels of a bitmap of one byte a pixel, whose rows may be longer than they show."""
    content = bytes(bitmap.buffer)
    if bitmap.stride == bitmap.width:
        return content[: bitmap.width * bitmap.height]
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    return b"".join(content[start : start + bitmap.width] for start in starts)
