"""The paired test, against probabilities worked out by hand."""

import pytest

from app.experiment.paired import difference


def test_three_questions_that_gain_the_same_are_chance_in_one_of_four() -> None:
    """Of the eight ways to draw three signs two are as far from 0: all up and all down."""
    found = difference([0.6, 0.6, 0.6], [0.5, 0.5, 0.5])
    assert found.mean == pytest.approx(0.1)
    assert found.p == pytest.approx(2 / 8, abs=0.02)


def test_ten_that_gain_are_no_chance() -> None:
    assert difference([1.0] * 10, [0.0] * 10).p == pytest.approx(2 / 1024, abs=0.002)


def test_a_gain_and_a_like_loss_are_nothing() -> None:
    found = difference([1.0, 0.0], [0.0, 1.0])
    assert (found.mean, found.p) == (0.0, 1.0)


def test_questions_that_do_not_move_do_not_count() -> None:
    few, many = difference([0.5, 0.7], [0.2, 0.2]), difference([0.5, 0.7, *[0.3] * 50], [0.2, 0.2, *[0.3] * 50])
    assert few.p == many.p == pytest.approx(2 / 4, abs=0.02)


def test_nothing_moves() -> None:
    found = difference([0.3, 0.4], [0.3, 0.4])
    assert (found.mean, found.p) == (0.0, 1.0)


def test_the_same_comparison_has_the_same_p_and_its_reverse_too() -> None:
    after, before = [0.9, 0.4, 0.8, 0.1], [0.5, 0.5, 0.5, 0.5]
    assert difference(after, before) == difference(after, before)
    assert difference(before, after).p == difference(after, before).p


@pytest.mark.parametrize(("after", "before"), [([0.1], [0.1, 0.2]), ([], [])])
def test_scores_that_are_no_pairs_are_refused(after: list[float], before: list[float]) -> None:
    with pytest.raises(ValueError, match="a pair has two"):
        difference(after, before)
