"""The cells that tell on which pages a quote stands."""

from app.api.schemas import PagesBody
from app.report.sheet.book import Cell


def page_cells(pages: PagesBody | None) -> list[Cell]:
    """The first and the last page; empty cells where they are unknown."""
    return [None, None] if pages is None else [pages.first, pages.last]
