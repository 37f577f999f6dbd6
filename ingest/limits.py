"""How much the reading of one file may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds in all, for each page and for each page that text recognition reads; pages; and bytes of memory and of
    what reading yields (text, span map and boxes together)."""

    seconds: float = 30.0
    seconds_a_page: float = 0.5
    seconds_a_recognised_page: float = 20.0
    pages: int = 5_000
    memory: int = 1 << 30
    output: int = 64 << 20
