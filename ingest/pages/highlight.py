"""Lines of a quote marked in the picture of their page."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pages.render import ColourPicture

_CHANNELS = 3
_PAPER = (255, 226, 122)  # what white becomes; ink stays as it is
_INK = (20, 71, 122)
_TABLES = tuple(bytes(min(value, most) for value in range(256)) for most in _PAPER)
_LINE = 2  # pixels under each line, so that colour is not all that marks it


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a page in points from its top left."""

    left: float
    top: float
    right: float
    bottom: float


def highlight(picture: ColourPicture, places: Sequence[Place]) -> None:
    """Mark the places in the picture itself: as with a marker pen, and underlined."""
    for place in places:
        left, right = _within(place.left, place.right, picture.scale, picture.width)
        top, bottom = _within(place.top, place.bottom, picture.scale, picture.height)
        for row in range(top, bottom):
            _mark(picture, row, left, right)
    for place in places:
        left, right = _within(place.left, place.right, picture.scale, picture.width)
        _, bottom = _within(place.top, place.bottom, picture.scale, picture.height)
        for row in range(bottom, min(bottom + _LINE, picture.height)):
            start = _CHANNELS * (row * picture.width + left)
            picture.pixels[start : start + _CHANNELS * (right - left)] = bytes(_INK) * (right - left)


def _mark(picture: ColourPicture, row: int, left: int, right: int) -> None:
    start, end = (_CHANNELS * (row * picture.width + column) for column in (left, right))
    for channel, table in enumerate(_TABLES):
        part = picture.pixels[start + channel : end : _CHANNELS]
        picture.pixels[start + channel : end : _CHANNELS] = part.translate(table)


def _within(low: float, high: float, scale: float, most: int) -> tuple[int, int]:
    """Pixels from and to, inside the picture; none where a place is outside it."""
    start = max(0, min(most, int(low * scale)))
    return start, max(start, min(most, round(high * scale)))
