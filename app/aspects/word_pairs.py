"""The words of a statement and the pairs that follow one another, as features a model can weigh."""

from collections.abc import Sequence
from itertools import pairwise

from app.aspects.cues import Word

WORD = "word: "
PAIR = "pair: "
_NUMBER = "#"
_START, _END = "<", ">"


def word_pairs(words: Sequence[Word]) -> dict[str, float]:
    """One feature per word and pair, a number standing for any; `<` and `>` are where the statement begins and ends."""
    texts = [_NUMBER if word.text[0].isdigit() else word.text for word in words]
    found = {WORD + text: 1.0 for text in texts}
    found.update((f"{PAIR}{one} {two}", 1.0) for one, two in pairwise([_START, *texts, _END]))
    return found
