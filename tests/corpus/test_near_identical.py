"""Which texts are versions of one another, told from their sketches."""

import time

from corpus.near_identical import (
    NearIdentical,
    Sketch,
    are_near_identical,
    containment,
    near_identical,
    resemblance,
)


def of(*hashes: int) -> Sketch:
    """A text so short that its sketch is all of it."""
    return Sketch(len(hashes), tuple(sorted(hashes)))


def run(start: int, end: int) -> Sketch:
    return of(*range(start, end))


def test_resemblance_and_containment_by_hand() -> None:
    assert resemblance(of(1, 2, 3, 4), of(3, 4, 5, 6)) == 2 / 6
    assert containment(of(1, 2, 3, 4), of(3, 4, 5, 6)) == 0.5
    assert containment(run(0, 100), run(0, 200)) == 1.0
    assert (resemblance(of(), of()), containment(of(), of(1))) == (0.0, 0.0)


def test_only_the_smallest_hashes_of_both_together_count() -> None:
    large = Sketch(1000, tuple(range(0, 512, 2)))
    other = Sketch(1000, tuple(range(256)))
    assert resemblance(large, other) == 128 / 256


def test_pairs_are_found_by_resemblance_or_by_holding_the_other() -> None:
    sketches = {
        "b": run(0, 100),
        "a": run(5, 105),
        "c": run(0, 150),
        "d": run(0, 200),
        "e": run(500, 600),
    }
    assert [(pair.first, pair.second) for pair in near_identical(sketches)] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
        ("c", "d"),
    ]
    assert near_identical(sketches)[0] == NearIdentical("a", "b", 95 / 105, 0.95)
    assert not are_near_identical(sketches["b"], sketches["d"])


def test_a_text_that_is_too_short_tells_nothing() -> None:
    assert near_identical({"a": run(0, 49), "b": run(0, 49)}) == ()
    assert len(near_identical({"a": run(0, 50), "b": run(0, 50)})) == 1


def test_hundreds_of_copies_cost_little_and_each_is_noticed() -> None:
    copies = {f"{number:04}": run(0, 256) for number in range(200)}
    start = time.process_time()
    pairs = near_identical(copies)
    assert time.process_time() - start < 20
    assert {name for pair in pairs for name in (pair.first, pair.second)} == set(copies)
    assert len(pairs) < 200 * 21


def test_nothing_resembles_nothing() -> None:
    assert near_identical({}) == near_identical({"a": of(), "b": of()}) == ()
