"""The first, simple verdict."""

import pytest

from app.answer import Ruling
from app.verdict import rule


@pytest.mark.parametrize(
    ("cosine", "words", "ruling"),
    [
        (0.92, 1.0, Ruling.FOUND),
        (0.84, 0.9, Ruling.FOUND),
        (0.80, 0.0, Ruling.NOTHING),
        (0.86, 0.0, Ruling.NOTHING),
        (0.0, 0.0, Ruling.NOTHING),
        (None, 1.0, Ruling.FOUND),
        (None, 0.37, Ruling.TOUCHED),
        (None, 0.0, Ruling.NOTHING),
    ],
)
def test_ruling(cosine: float | None, words: float, ruling: Ruling) -> None:
    assert rule(cosine, words) is ruling


@pytest.mark.parametrize("cosine", [None, 0.8, 0.85, 0.9])
def test_more_of_the_words_never_gives_a_lesser_ruling(cosine: float | None) -> None:
    order = [Ruling.NOTHING, Ruling.TOUCHED, Ruling.FOUND]
    rulings = [order.index(rule(cosine, step / 100)) for step in range(0, 250)]
    assert rulings == sorted(rulings)
    assert len(set(rulings)) == 3 or cosine == 0.9
