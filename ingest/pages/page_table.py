"""A table as it stands on one page."""

from dataclasses import dataclass

from ingest.pages.page import Word


@dataclass(frozen=True, slots=True)
class PageCell:
    """The words of one cell in the order of reading, line by line; empty for an empty cell."""

    lines: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on one page, or the part of it that stands there.

    Every row has a cell for every column; `headers` counts the rows of column headings at its top. The box is in
    points, as in Word; a caption is not part of it.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    headers: int
    rows: tuple[tuple[PageCell, ...], ...]
