"""What the forms to search and to compare share: the days that documents hold, and what is wrong with a field."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.api.query import InvalidParameter
from app.web.faulty import Faulty

DAYS = {"periodeVan": "Geldig vanaf", "periodeTot": "Geldig tot en met", "geldigOp": "Geldig op één dag"}
_FOLDED = {"gemeente", *DAYS}


@dataclass(frozen=True, slots=True)
class AskingForm(Faulty):
    """What is wrong with a form."""

    faults: Sequence[InvalidParameter]

    @property
    def folded(self) -> bool:
        """Whether a field is wrong that is behind a line that opens."""
        return any(each.name in _FOLDED for each in self.faults)
