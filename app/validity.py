"""Whether a document is in force on a day, as far as is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.document import Metadata
from corpus.stored import StoredDocument

_DRAFT, _WITHDRAWN, _LAPSED = "concept", "ingetrokken", "vervallen"


class Validity(StrEnum):
    """How a document stands on one day, as the wire calls it."""

    IN_FORCE = "geldig"
    NOT_YET = "nog_niet_geldig"
    ENDED = "verlopen"
    WITHDRAWN = "ingetrokken"
    REPLACED = "vervangen"
    UNKNOWN = "onbekend"


IN_THE_PAST = frozenset({Validity.ENDED, Validity.WITHDRAWN, Validity.REPLACED})
MAY_BE_IN_FORCE = frozenset({Validity.IN_FORCE, Validity.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands on one day; `replaced_by` are the ids of those that say they take its place, ever."""

    validity: Validity
    replaced_by: tuple[str, ...]


class Standings:
    """How each of the active documents stands on `day`.

    A document is replaced from the day on which one that names it is in force, or may be. One that is a draft,
    withdrawn or past takes no place itself, but what replaced that in turn does.
    """

    def __init__(self, documents: Iterable[StoredDocument], day: date) -> None:
        self.day = day
        self._known: dict[str, Standing] = {}
        self._metadata: dict[str, Metadata] = {}
        self._successors: dict[str, list[str]] = {}
        for document in documents:
            own_id = document.metadata.document_id
            self._metadata[own_id] = document.metadata
            for former in document.metadata.replaces:
                if former != own_id:
                    self._successors.setdefault(former, []).append(own_id)

    def of(self, document: StoredDocument) -> Standing:
        """How one of them stands."""
        own_id = document.metadata.document_id
        if (known := self._known.get(own_id)) is not None:
            return known
        validity = validity_of(document.metadata, self.day, self._is_replaced(own_id))
        standing = Standing(validity, tuple(sorted(self._successors.get(own_id, ()))))
        self._known[own_id] = standing
        return standing

    def _is_replaced(self, document_id: str) -> bool:
        seen, waiting = {document_id}, list(self._successors.get(document_id, ()))
        while waiting:
            successor = waiting.pop()
            if successor in seen:
                continue
            seen.add(successor)
            if self._takes_a_place(self._metadata[successor]):
                return True
            waiting += self._successors.get(successor, ())
        return False

    def _takes_a_place(self, metadata: Metadata) -> bool:
        return validity_of(metadata, self.day, replaced=False) in MAY_BE_IN_FORCE


def validity_of(metadata: Metadata, day: date, replaced: bool) -> Validity:
    """How a document stands on `day`; `replaced`: another document in force then says that it takes its place.

    A period that has begun and of which no end is known is one in force; a draft is not in force yet, whatever its
    period.
    """
    if metadata.status == _WITHDRAWN:
        return Validity.WITHDRAWN
    if metadata.status == _LAPSED or (metadata.valid_until is not None and metadata.valid_until < day):
        return Validity.ENDED
    if replaced:
        return Validity.REPLACED
    if metadata.status == _DRAFT or (metadata.valid_from is not None and day < metadata.valid_from):
        return Validity.NOT_YET
    if metadata.valid_from is None and metadata.valid_until is None:
        return Validity.UNKNOWN
    return Validity.IN_FORCE
