"""Which passages are shown, and in what order."""

import itertools

import pytest

from app.comparing.choice import chosen, in_order
from app.validity import Validity
from tests.app.comparing.made import document, hit, quotes

ONE, TWO, THREE = document("een"), document("twee"), document("drie")


def test_what_may_be_in_force_comes_first_and_within_it_the_best() -> None:
    hits = [
        hit(ONE, "verlopen, best", 0.9, Validity.ENDED),
        hit(ONE, "verlopen", 0.8, Validity.ENDED),
        hit(TWO, "geldig, slechter", 0.2, Validity.IN_FORCE),
        hit(THREE, "onbekend", 0.3, Validity.UNKNOWN),
        hit(TWO, "geldig", 0.4, Validity.IN_FORCE),
    ]
    for some in itertools.permutations(hits):
        assert quotes(in_order(some)) == ["geldig", "onbekend", "geldig, slechter", "verlopen, best", "verlopen"]


@pytest.mark.parametrize("past", [Validity.NOT_YET, Validity.ENDED, Validity.WITHDRAWN, Validity.REPLACED])
def test_what_is_not_in_force_comes_last(past: Validity) -> None:
    assert quotes(in_order([hit(ONE, "niet", 1.0, past), hit(TWO, "wel", 0.1, Validity.IN_FORCE)])) == ["wel", "niet"]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (1, ["a1"]),
        (2, ["a1", "b1"]),
        (3, ["a1", "a2", "b1"]),
        (4, ["a1", "a2", "a3", "b1"]),
        (9, ["a1", "a2", "a3", "b1", "b2"]),
    ],
)
def test_the_best_of_each_document_goes_before_the_others(limit: int, expected: list[str]) -> None:
    hits = [hit(of, f"{name}{place}", start=place) for of, name in ((ONE, "a"), (TWO, "b")) for place in (1, 2, 3)][:5]
    strong = {each.passage.id for each in hits if each.passage.quote in ("a2", "b2")}
    assert quotes(chosen(hits, limit, strong)) == expected


def test_a_document_that_only_touches_on_the_topic_takes_no_place_of_one_that_treats_it() -> None:
    hits = [hit(ONE, "a1", start=1), hit(ONE, "a2", start=2), hit(ONE, "a3", start=3), hit(TWO, "b1", start=1)]
    assert quotes(chosen(hits, 3, {hits[1].passage.id})) == ["a1", "a2", "a3"]
    assert quotes(chosen(hits, 4, {hits[1].passage.id})) == ["a1", "a2", "a3", "b1"]


def test_what_is_in_force_and_only_touches_on_it_stays_first() -> None:
    hits = [hit(TWO, "b1"), hit(ONE, "a1", 0.9, Validity.ENDED), hit(THREE, "c1", 0.8, Validity.ENDED)]
    strong = {each.passage.id for each in hits[1:]}
    assert quotes(chosen(hits, 1, strong)) == ["b1"]
    assert quotes(chosen(hits, 2, strong)) == ["b1", "a1"]
