"""A report as the register keeps it, apart from its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report that was made; `id` is that of its task where it had one.

    `format` is the one that was asked for, `summary` what a list shows of it, as JSON can hold it.
    """

    id: str
    title: str
    format: str
    made_at: datetime
    summary: Mapping[str, object]
