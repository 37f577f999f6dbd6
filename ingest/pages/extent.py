"""How large a page is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """How large a page is, in points, and its number."""

    number: int
    width: float
    height: float
