"""How the scores of several legs become one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Scores = Mapping[str, float]
"""What one leg found: a score per passage id."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each leg counts in a convex combination."""

    meaning: float
    words: float
    tokens: float


def convex(legs: Sequence[tuple[float, Scores]]) -> dict[str, float]:
    """A weighted mean of scores, each scaled to 0-1 over what its leg found; a leg that missed a passage gives it 0.

    Convex combination with min-max scaling: Bruch, Gai and Ingber 2023 (arXiv 2210.11934).
    """
    total = sum(weight for weight, _ in legs)
    fused: dict[str, float] = {}
    for weight, scores in legs:
        for id_, score in scaled(scores).items():
            fused[id_] = fused.get(id_, 0.0) + weight / total * score
    return fused


def scaled(scores: Scores) -> dict[str, float]:
    """Scores between 0 for the lowest and 1 for the highest; all 1 where they are the same."""
    if not scores:
        return {}
    high, low = max(scores.values()), min(scores.values())
    width = high - low
    return {id_: (score - low) / width if width > 0 else 1.0 for id_, score in scores.items()}


def reciprocal_rank(legs: Sequence[Scores], k: int) -> dict[str, float]:
    """The sum of 1 / (k + rank) over the legs, ranks from 1 (Cormack, Clarke and Büttcher 2009)."""
    fused: dict[str, float] = {}
    for scores in legs:
        for rank, id_ in enumerate(sorted(scores, key=lambda each: (-scores[each], each)), 1):
            fused[id_] = fused.get(id_, 0.0) + 1.0 / (k + rank)
    return fused


def distribution_based(legs: Sequence[tuple[float, Scores]]) -> dict[str, float]:
    """A weighted sum of scores, each scaled so that three deviations below and above its leg's mean are 0 and 1.

    Distribution-based score fusion (Mazzeschi 2023), which Qdrant offers as DBSF.
    """
    fused: dict[str, float] = {}
    for weight, scores in legs:
        if not scores:
            continue
        mean = sum(scores.values()) / len(scores)
        deviation = (sum((score - mean) ** 2 for score in scores.values()) / len(scores)) ** 0.5
        for id_, score in scores.items():
            part = 0.5 + (score - mean) / (6.0 * deviation) if deviation > 0 else 0.5
            fused[id_] = fused.get(id_, 0.0) + weight * part
    return fused
