"""The municipalities that a form offers to choose from, and those that are chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.scoped import with_documents
from corpus.document import Municipality
from corpus.municipalities import Municipalities
from corpus.stored import Snapshot


@dataclass(frozen=True, slots=True)
class Offered:
    """Those with documents and those that were named, by name; `chosen` are the codes of the latter."""

    municipalities: tuple[Municipality, ...]
    chosen: frozenset[str]

    @classmethod
    def of(cls, municipalities: Municipalities, snapshot: Snapshot, named: Iterable[str]) -> "Offered":
        """What is offered where these were named, by name or code; what is no municipality is passed over."""
        known = {each for each in map(municipalities.get, named) if each is not None}
        both = {*with_documents(snapshot), *known}
        return cls(
            tuple(sorted(both, key=lambda each: each.name)),
            frozenset(each.code for each in known),
        )
