"""Whether a document is in force on a day, as far as is known of it."""

from datetime import date
from enum import StrEnum

from corpus.document import Metadata

_WITHDRAWN, _LAPSED = "ingetrokken", "vervallen"


class Validity(StrEnum):
    """How a document stands on one day, as the wire calls it."""

    IN_FORCE = "geldig"
    NOT_YET = "nog_niet_geldig"
    ENDED = "verlopen"
    WITHDRAWN = "ingetrokken"
    REPLACED = "vervangen"
    UNKNOWN = "onbekend"


IN_THE_PAST = frozenset({Validity.ENDED, Validity.WITHDRAWN, Validity.REPLACED})


def validity_of(metadata: Metadata, day: date, replaced: bool) -> Validity:
    """How a document stands on `day`; `replaced`: another document in force then says that it takes its place.

    A period that has begun and of which no end is known is one in force.
    """
    if metadata.status == _WITHDRAWN:
        return Validity.WITHDRAWN
    if metadata.status == _LAPSED or (metadata.valid_until is not None and metadata.valid_until < day):
        return Validity.ENDED
    if replaced:
        return Validity.REPLACED
    if metadata.valid_from is not None and day < metadata.valid_from:
        return Validity.NOT_YET
    if metadata.valid_from is None and metadata.valid_until is None:
        return Validity.UNKNOWN
    return Validity.IN_FORCE
