"""Ways to make one order of several, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fusion import Scores, convex, distribution_based, reciprocal_rank, scaled

LEGS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.floats(-100, 100)), min_size=1, max_size=3)


def test_scores_are_scaled_to_the_lowest_and_the_highest() -> None:
    assert scaled({"a": 4.0, "b": 2.0, "c": 3.0}) == {"a": 1.0, "b": 0.0, "c": 0.5}
    assert scaled({"a": -1.0, "b": -3.0}) == {"a": 1.0, "b": 0.0}
    assert scaled({"a": 0.2, "b": 0.2}) == {"a": 1.0, "b": 1.0}
    assert scaled({"a": 0.0}) == {"a": 1.0}
    assert scaled({}) == {}


def test_convex_is_the_weighted_mean_of_scaled_scores() -> None:
    """The first leg gives 1, 0.5 and 0, the second 1 and 0: a third of the one and two thirds of the other."""
    legs = [(1.0, {"a": 0.9, "b": 0.8, "c": 0.7}), (2.0, {"b": 6.0, "d": 2.0})]
    assert convex(legs) == pytest.approx({"a": 1 / 3, "b": 0.5 / 3 + 2 / 3, "c": 0.0, "d": 0.0})


def test_convex_counts_an_empty_leg_as_one_that_missed_everything() -> None:
    assert convex([(0.25, {"a": 3.0, "b": 1.0}), (0.75, {})]) == {"a": 0.25, "b": 0.0}
    assert convex([(0.5, {}), (0.5, {})]) == {}


def test_a_leg_of_no_weight_changes_no_score_but_brings_what_it_found() -> None:
    assert convex([(1.0, {"a": 3.0}), (0.0, {"b": 9.0, "c": 1.0})]) == {"a": 1.0, "b": 0.0, "c": 0.0}


@given(LEGS, st.lists(st.floats(0.1, 10), min_size=3, max_size=3))
def test_convex_lies_between_nothing_and_one(legs: list[Scores], weights: list[float]) -> None:
    fused = convex(list(zip(weights, legs, strict=False)))
    assert fused.keys() == {id_ for leg in legs for id_ in leg}
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in fused.values())


def test_reciprocal_rank_sums_one_over_k_and_the_rank() -> None:
    """Ranks: a 1, b 2, c 3 in the first leg, c 1 and a 2 in the second."""
    fused = reciprocal_rank([{"a": 0.9, "b": 0.8, "c": 0.7}, {"c": 6.0, "a": 2.0}], k=60)
    assert fused == pytest.approx({"a": 1 / 61 + 1 / 62, "b": 1 / 62, "c": 1 / 63 + 1 / 61})


def test_reciprocal_rank_of_equal_scores_goes_by_id_and_a_small_k_by_the_first_place() -> None:
    assert reciprocal_rank([{"b": 1.0, "a": 1.0}], k=1) == pytest.approx({"a": 1 / 2, "b": 1 / 3})
    legs = [{"a": 9.0, "b": 8.0, "c": 7.0}, {"d": 9.0, "b": 8.0, "c": 7.0}]
    assert max(reciprocal_rank(legs, k=60).items(), key=lambda each: each[1])[0] == "b"
    assert reciprocal_rank(legs, k=0)["a"] == reciprocal_rank(legs, k=0)["b"] == 1.0
    assert reciprocal_rank([], k=60) == {}


def test_distribution_based_puts_three_deviations_at_nothing_and_one() -> None:
    """Of 1 and 3 the mean is 2 and the deviation 1: they lie a sixth below and above a half."""
    fused = distribution_based([(1.0, {"a": 3.0, "b": 1.0}), (0.5, {"b": 7.0})])
    assert fused == pytest.approx({"a": 0.5 + 1 / 6, "b": 0.5 - 1 / 6 + 0.5 * 0.5})


def test_distribution_based_gives_equal_scores_a_half() -> None:
    assert distribution_based([(2.0, {"a": 5.0, "b": 5.0}), (1.0, {})]) == {"a": 1.0, "b": 1.0}
