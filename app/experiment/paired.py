"""Whether two ways of searching differ on the same questions by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 10_000
_SEED = 20070


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of the differences question by question, and the two-sided p of a paired randomisation test."""

    mean: float
    p: float


def difference(after: Sequence[float], before: Sequence[float]) -> Difference:
    """How much `after` is above `before`, question by question.

    Under the null hypothesis the two of a pair are interchangeable, so the sign of each difference is drawn 10,000
    times; p is the share of draws, the observed one among them, whose mean is as far from 0 (Smucker, Allan and
    Carterette 2007, "A comparison of statistical significance tests for information retrieval evaluation").
    """
    if len(after) != len(before) or not before:
        raise ValueError(f"{len(after)} scores against {len(before)}: a pair has two")
    differences = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    moved = differences[differences != 0.0]
    signs = np.random.default_rng(_SEED).integers(0, 2, size=(DRAWS, len(moved)), dtype=np.int8) * 2 - 1
    sums = np.abs(signs @ moved)
    as_far = int(np.count_nonzero(sums >= abs(float(moved.sum())) - 1e-12))
    return Difference(float(differences.mean()), (as_far + 1) / (DRAWS + 1))
