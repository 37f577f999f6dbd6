"""What a file itself suggests about its metadata, until somebody confirms it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that a file suggests for one field of its metadata, never shown as fact.

    `field` is a key of the catalogue (title, published, municipalities, kind, ...), `value` as a catalogue would write
    it (a municipality by its name, a date in ISO 8601), `origin` says in Dutch where it was found.
    """

    field: str
    value: str
    origin: str
