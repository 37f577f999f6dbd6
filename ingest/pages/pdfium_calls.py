"""The calls to pdfium; the only module that knows pypdfium2 and its exceptions.

pypdfium2 declares its functions with pointer types, and building those for every word takes longer than the calls
themselves. The functions here take and give plain addresses; they are called by their names in pdfium's own headers.
Only those that parse or draw a page let other threads of Python go on meanwhile: for the rest that takes longer too.
Those for characters and objects are called most and check nothing: they take `Address`es and small whole numbers only.
"""

import ctypes
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from corpus.errors import DocumentError
from corpus.reason import Why, because

PDFIUM = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO}"
TEXT_OBJECT, PATH_OBJECT, IMAGE_OBJECT, SHADING_OBJECT, FORM_OBJECT = 1, 2, 3, 4, 5
LINE_TO, CURVE_TO, MOVE_TO = 0, 1, 2

_P, _I = ctypes.c_void_p, ctypes.c_int
Address = ctypes.c_void_p


class Object(Address):
    """The address of something drawn on a page, or of a segment of it, as the functions for those give and take it."""


Matrix = ctypes.c_float * 6
Box = ctypes.c_float * 4


def _long(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, _P).value or 0)


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, _P).value or 0)


load_page = _long(raw.FPDF_LoadPage, _P, _P, _I)
close_page = _long(raw.FPDF_ClosePage, None, _P)
page_box = _plain(raw.FPDF_GetPageBoundingBox, _I, _P, _P)
page_rotation = _plain(raw.FPDFPage_GetRotation, _I, _P)
load_text = _long(raw.FPDFText_LoadPage, _P, _P)
close_text = _long(raw.FPDFText_ClosePage, None, _P)
count_chars = _plain(raw.FPDFText_CountChars, _I, _P)
get_text = _plain(raw.FPDFText_GetText, _I, _P, _I, _I, _P)
char_of_text = _plain(raw.FPDFText_GetCharIndexFromTextIndex, _I, _P, _I)
char_box = _plain(raw.FPDFText_GetCharBox, _I)
text_object = _plain(raw.FPDFText_GetTextObject, _P)
char_matrix = _plain(raw.FPDFText_GetMatrix, _I)
font_size = _plain(raw.FPDFText_GetFontSize, ctypes.c_double)
font_of = _plain(raw.FPDFTextObj_GetFont, _P, _P)
render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, _I, _P)
font_name = _plain(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _P, _P, ctypes.c_size_t)
font_flags = _plain(raw.FPDFFont_GetFlags, _I, _P)
font_weight = _plain(raw.FPDFFont_GetWeight, _I, _P)
count_objects = _plain(raw.FPDFPage_CountObjects, _I)
get_object = _plain(raw.FPDFPage_GetObject, Object)
count_form_objects = _plain(raw.FPDFFormObj_CountObjects, _I)
get_form_object = _plain(raw.FPDFFormObj_GetObject, Object, _P, ctypes.c_ulong)
object_type = _plain(raw.FPDFPageObj_GetType, _I)
object_bounds = _plain(raw.FPDFPageObj_GetBounds, _I)
object_matrix = _plain(raw.FPDFPageObj_GetMatrix, _I)
fill_colour = _plain(raw.FPDFPageObj_GetFillColor, _I)
count_segments = _plain(raw.FPDFPath_CountSegments, _I)
get_segment = _plain(raw.FPDFPath_GetPathSegment, Object)
segment_type = _plain(raw.FPDFPathSegment_GetType, _I)
segment_point = _plain(raw.FPDFPathSegment_GetPoint, _I)
draw_mode = _plain(raw.FPDFPath_GetDrawMode, _I)


@contextmanager
def opened(name: str, data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF that can be read; `name` is for messages. Raises DocumentError when it is broken or has no pages."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(name, because(Why.BROKEN_PDF, error=str(error))) from error
    with closing(document):
        if not len(document):
            raise DocumentError(name, because(Why.NO_PAGES))
        yield document


def address(document: pypdfium2.PdfDocument) -> int | None:
    """The address of a document, for the functions above."""
    return ctypes.cast(document.raw, _P).value


def rendered(document: pypdfium2.PdfDocument, index: int, scale: float) -> bytes:
    """The grey values of a page, `scale` pixels to a point; empty when it cannot be drawn."""
    try:
        page = document[index]
        with closing(page):
            bitmap = page.render(scale=scale, grayscale=True)
            with closing(bitmap):
                return bytes(bitmap.buffer)
    except pypdfium2.PdfiumError:
        return b""
