"""What a passage says of an aspect: one sentence, list item or table row, quoted."""

from dataclasses import dataclass

from app.aspects.amount import Amount
from app.aspects.aspect import Aspect
from app.aspects.years import Years


@dataclass(frozen=True, slots=True)
class Extract:
    """`text` is text[start:end] of the canonical text, and stands in passage `passage`.

    `probability` is the model's. `years` are those of an action, of its own words or of the heading above it; `amounts`
    those of money. Both are empty for other aspects, and where the text tells none.
    """

    aspect: Aspect
    passage: str
    start: int
    end: int
    text: str
    probability: float
    years: tuple[Years, ...]
    amounts: tuple[Amount, ...]
