"""Pages of a PDF as pictures; beside `pdfium_calls` the only module that knows pypdfium2 and its exceptions."""

from contextlib import closing
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

POINTS_AN_INCH = 72
_CHANNELS = 3


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


@dataclass(frozen=True, slots=True)
class ColourPicture:
    """A page in colour, three bytes (red, green, blue) a pixel; the rest as in `Picture`."""

    width: int
    height: int
    pixels: bytearray
    scale: float


@dataclass(frozen=True, slots=True)
class PageSize:
    """Points of a page as it is shown, and how many `pages` its file has."""

    pages: int
    width: float
    height: float


def measure(data: bytes, number: int) -> PageSize | None:
    """The size of page `number` (from 1); None for a file or page that pdfium cannot open."""
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(data)) as document, closing(document[number - 1]) as page:
            return PageSize(len(document), *page.get_size())
    except (pypdfium2.PdfiumError, IndexError):
        return None


def render_in_colour(data: bytes, number: int, resolution: int, most_pixels: int) -> ColourPicture | None:
    """As `render`, in colour."""
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(data)) as document, closing(document[number - 1]) as page:
            width, height = page.get_size()
            scale = min(resolution / POINTS_AN_INCH, sqrt(most_pixels / max(width * height, 1)))
            maker = pypdfium2.PdfBitmap.new_native
            with closing(page.render(scale=scale, rev_byteorder=True, maybe_alpha=False, bitmap_maker=maker)) as bitmap:
                if bitmap.n_channels != _CHANNELS:
                    return None
                return ColourPicture(bitmap.width, bitmap.height, bytearray(_without_padding(bitmap, _CHANNELS)), scale)
    except (pypdfium2.PdfiumError, IndexError):
        return None


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


def _without_padding(bitmap: "pypdfium2.PdfBitmap", channels: int = 1) -> bytes:
    """The pixels of a bitmap of so many bytes a pixel, whose rows may be longer than they show."""
    content = bytes(bitmap.buffer)
    row = bitmap.width * channels
    if bitmap.stride == row:
        return content[: row * bitmap.height]
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    return b"".join(content[start : start + row] for start in starts)
