"""Documents that are nearly the same text: versions of one file, or the same file received twice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

SIZE = 256
"""How many hashes a sketch keeps."""

_MIN_RESEMBLANCE = 0.8
_MIN_CONTAINMENT = 0.9
_MIN_RATIO = 0.6
_MIN_SHARED = 0.3
_FEWEST = 50
_MOST_TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Sketch:
    """A fingerprint of a text: how many different shingles it has, and the smallest hashes of those, ascending."""

    shingles: int
    hashes: tuple[int, ...]


@dataclass(frozen=True, slots=True, order=True)
class NearIdentical:
    """Two documents by id, `first` < `second`, whose texts are nearly the same.

    `resemblance` estimates which part of all their shingles both have, `containment` which part of the smaller one's
    the larger one has; both from 0 to 1.
    """

    first: str
    second: str
    resemblance: float
    containment: float


def resemblance(one: Sketch, two: Sketch) -> float:
    """The share of shingles that both texts have, estimated over the smallest hashes of both together."""
    smallest = sorted({*one.hashes, *two.hashes})[:SIZE]
    if not smallest:
        return 0.0
    both = {*one.hashes} & {*two.hashes}
    return sum(1 for each in smallest if each in both) / len(smallest)


def containment(one: Sketch, two: Sketch) -> float:
    """The share of the smaller text's shingles that the larger text has, from their resemblance and sizes."""
    if not one.shingles or not two.shingles:
        return 0.0
    return _containment(one, two, resemblance(one, two))


def _containment(one: Sketch, two: Sketch, alike: float) -> float:
    smaller = min(one.shingles, two.shingles)
    return min(1.0, alike / (1 + alike) * (one.shingles + two.shingles) / smaller)


def are_near_identical(one: Sketch, two: Sketch) -> bool:
    """Whether two texts are versions of one: they resemble each other, or one of like size holds the other.

    A text of fewer than 50 shingles is too short to tell.
    """
    smaller, larger = sorted((one.shingles, two.shingles))
    if smaller < _FEWEST:
        return False
    alike = resemblance(one, two)
    if alike >= _MIN_RESEMBLANCE:
        return True
    return smaller >= _MIN_RATIO * larger and _containment(one, two, alike) >= _MIN_CONTAINMENT


def near_identical(sketches: Mapping[str, Sketch]) -> tuple[NearIdentical, ...]:
    """The pairs of these documents, sketches by id, that are nearly the same text, in the order of their ids.

    Only pairs that share hashes are compared, so that thousands of different documents cost little; where very many
    are the same, each is paired with some of them.
    """
    holders: dict[int, list[str]] = {}
    for document_id in sorted(sketches):
        for each in sketches[document_id].hashes:
            holders.setdefault(each, []).append(document_id)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        for place, first in enumerate(ids):
            shared.update((first, second) for second in ids[place + 1 : place + 1 + _MOST_TOGETHER])
    found: list[NearIdentical] = []
    for (first, second), count in shared.items():
        one, two = sketches[first], sketches[second]
        if count >= _MIN_SHARED * min(len(one.hashes), len(two.hashes)) and are_near_identical(one, two):
            found.append(NearIdentical(first, second, resemblance(one, two), containment(one, two)))
    return tuple(sorted(found))
