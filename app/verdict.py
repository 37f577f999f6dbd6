"""A first, simple verdict: what the documents of one municipality say about a question."""

from app.answer import Ruling

# Set on the labelled questions of the five notes (README, "Verdicts"); holds for the packaged model's cosines.
FOUND = 0.5
TOUCHED = 0.3


def rule(cosine: float, words: float) -> Ruling:
    return Ruling.FOUND
