"""The outline of a PDF: titles with the pages they point to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One title; `depth` from 1. `page` (from 1) and `top` (points from the page's lower edge, as the file has it) are
    None where its destination is missing or wrong."""

    title: str
    depth: int
    page: int | None
    top: float | None
