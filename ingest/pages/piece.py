"""What stands on a page as one piece: a run of words, or a table."""

from dataclasses import dataclass

from ingest.pages.line import Line
from ingest.pages.page_table import PageTable


@dataclass(frozen=True, slots=True)
class TableSpot:
    """Where a table stands, as one piece of the page."""

    table: PageTable
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def baseline(self) -> float:
        """The bottom of the table, as for a line."""
        return self.bottom


Piece = Line | TableSpot
"""A run of words of one line, or a table."""
