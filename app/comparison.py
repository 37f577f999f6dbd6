"""One topic over municipalities."""

from dataclasses import dataclass
from datetime import date

from app.answer import Finding
from app.figures.measure import Measure


@dataclass(frozen=True, slots=True)
class Comparison:
    """One topic over municipalities, each retrieved on its own, as their documents stand on `day`.

    `measures` are the figures of several of them that are of the same kind.
    """

    topic: str
    also_searched: tuple[str, ...]
    day: date
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
