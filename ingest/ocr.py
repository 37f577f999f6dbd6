"""Text recognition by Tesseract with Dutch where those are installed; only this module knows pytesseract and PIL."""

import functools
import shutil
from collections.abc import Callable, Sequence

from ingest.pages.page import Word
from ingest.pages.recognise import Recognise
from ingest.pages.render import Picture, render
from ingest.recognised_words import confident, words_in

LANGUAGE = "nld"
_RESOLUTION = 300
_MOST_PIXELS = 40_000_000
_SECONDS = 60
"""More than the seconds that a page adds to what its file may take: that limit is the one to be met."""


@functools.cache
def unavailable() -> str | None:
    """Why pages cannot be recognised here, with the remedy; None where they can. Takes a while the first time."""
    if shutil.which("tesseract") is None:
        return "the program tesseract is not installed: install tesseract-ocr and tesseract-ocr-nld"
    try:
        import PIL  # noqa: F401
        import pytesseract
    except ImportError:
        return "the extra is not installed: pip install 'beleidswijzer[ocr]'"
    try:
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractError, OSError) as error:
        return f"the program tesseract does not work ({type(error).__name__}): install it again"
    return None if LANGUAGE in languages else f"tesseract has no {LANGUAGE} (Dutch): install tesseract-ocr-{LANGUAGE}"


def recogniser(told: Callable[[], None] = lambda: None) -> Recognise:
    """What recognises pages, and says with `told` that it begins on one; it gives None where `unavailable`."""

    def recognise(data: bytes, number: int) -> Sequence[Word] | None:
        if unavailable() is not None:
            return None
        told()
        picture = render(data, number, _RESOLUTION, _MOST_PIXELS)
        found = words_in(_table(picture), picture.scale) if picture is not None else []
        return [each.word for each in confident(found)]

    return recognise


def _table(picture: Picture) -> str:
    """Tesseract's table of a page; empty where it fails on it or takes too long."""
    import pytesseract
    from PIL import Image

    image = Image.frombytes("L", (picture.width, picture.height), picture.pixels)
    image.format = "PPM"  # as it is written for Tesseract: packing it takes longer than it saves
    config = f"--psm 3 --dpi {picture.resolution}"
    try:
        table = pytesseract.image_to_data(image, lang=LANGUAGE, config=config, timeout=_SECONDS)
    except (RuntimeError, OSError):  # TesseractError is a RuntimeError, and so is its time being up
        return ""
    return str(table)
