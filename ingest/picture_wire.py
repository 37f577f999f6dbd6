"""What the process that draws pages and the one that asks for it say to each other: a line of JSON, then a picture."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from ingest.pages.highlight import Place

_MOST = 1e6  # points of a side of a page


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """Seconds, bytes of memory, pixels to an inch, pixels of a picture, and bytes of an answer."""

    seconds: float = 10.0
    memory: int = 1 << 30
    resolution: int = 110
    pixels: int = 2_000_000
    output: int = 8 << 20


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A page (from 1) of a file with what to mark on it; without `draw` only its size is asked for."""

    path: Path
    page: int
    places: tuple[Place, ...]
    draw: bool
    limits: PictureLimits

    def encoded(self) -> bytes:
        values = {
            "path": os.fspath(self.path),
            "page": self.page,
            "places": [asdict(place) for place in self.places],
            "draw": self.draw,
            "limits": asdict(self.limits),
        }
        return json.dumps(values).encode() + b"\n"

    @classmethod
    def decoded(cls, line: bytes) -> Self:
        """The request in a line of our own making."""
        values = json.loads(line)
        places = tuple(Place(**place) for place in values["places"])
        limits = PictureLimits(**values["limits"])
        return cls(Path(values["path"]), values["page"], places, values["draw"], limits)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of a PDF: the pages of its file, its size in points, and its picture as PNG where that was asked for."""

    pages: int
    width: float
    height: float
    png: bytes

    def encoded(self) -> bytes:
        return json.dumps([self.pages, self.width, self.height]).encode() + b"\n" + self.png

    @classmethod
    def decoded(cls, answer: bytes) -> Self:
        """The page in an answer that may be of anybody's making; ValueError where it is not one."""
        line, _, picture = answer.partition(b"\n")
        try:
            values: object = json.loads(line)
        except (ValueError, RecursionError):
            values = None
        match values:
            case [int(pages), float(width), float(height)] if pages > 0 and 0 < width < _MOST and 0 < height < _MOST:
                return cls(pages, width, height, picture)
        raise ValueError("not a page")
