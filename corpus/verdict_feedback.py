"""What somebody says of a verdict: that another would have been right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VerdictFeedback:
    """A verdict that was given on a question and a municipality (its code), and the one that would have been right.

    Rulings are by their names on the wire. `certainty` is that of the verdict given, None where it had none; `remark`
    may be empty. `filters` are those of the question, by the names of the wire, empty where there were none. `index` is
    the fingerprint of the model and the version of the word analysis in use when it was said, or empty.
    """

    id: str
    question: str
    municipality: str
    ruling: str
    certainty: float | None
    right_ruling: str
    remark: str
    filters: Mapping[str, str]
    index: str
    given_at: datetime
