"""What all forms have in common: their faults, told beside the fields."""

from collections.abc import Sequence

from app.api.query import InvalidParameter


class Faulty:
    """A form that has `faults`."""

    __slots__ = ()
    faults: Sequence[InvalidParameter]

    def fault(self, name: str) -> str:
        """What is wrong with a field, "" where nothing is."""
        return "; ".join(each.reason for each in self.faults if each.name == name)
