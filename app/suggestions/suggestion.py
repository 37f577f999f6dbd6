"""A question that the documents themselves suggest."""

from dataclasses import dataclass
from enum import StrEnum


class SuggestionKind(StrEnum):
    """Where a suggestion comes from."""

    HEADING = "kop"
    TOPIC = "onderwerp"
    ABBREVIATION = "afkorting"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to ask as it stands; `municipalities` counts those whose documents say it."""

    text: str
    kind: SuggestionKind
    municipalities: int
