"""The model that weighs what a statement shows: one logistic model per aspect, kept as JSON that a person can read."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from app.aspects.aspect import Aspect
from corpus.errors import DataDirectoryError
from embeddings.encoder import Vectors

PACKAGED_MODEL = Path(__file__).parent / "model.json"


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class FittedOn(_Kept):
    """The labelled statements that a model was fitted on."""

    name: str
    sha256: str
    statements: int


class Held(_Kept):
    """The error by cross-validation at the threshold: no section of a document is in two folds."""

    labelled: int
    precision: float
    recall: float


class AspectWeights(_Kept):
    """A logistic model: from probability `threshold` on a statement is of the aspect.

    It also is where it shows one of the signs that are `certain`, each with the share of the sample that bears it out.
    `direction` weighs the vector of a statement less the mean vector; empty where meaning takes no part.
    """

    threshold: float
    constant: float
    certain: dict[str, float]
    weights: dict[str, float]
    direction: tuple[float, ...]
    cross_validated: Held


class Meaning(_Kept):
    """The weights where the vectors of one encoder take part; `mean` is the mean vector of the statements."""

    fingerprint: str
    mean: tuple[float, ...]
    aspects: dict[Aspect, AspectWeights]


class Weigher:
    """The models of all aspects at once."""

    def __init__(self, aspects: Mapping[Aspect, AspectWeights]) -> None:
        names = sorted({name for each in aspects.values() for name in each.weights})
        self._places = {name: place for place, name in enumerate(names)}
        self._weights = np.array(
            [[aspects[aspect].weights.get(name, 0.0) for aspect in Aspect] for name in names]
        ).reshape(len(names), len(Aspect))
        self._constants = np.array([aspects[aspect].constant for aspect in Aspect])
        self._directions = np.array([aspects[aspect].direction for aspect in Aspect]).T
        self._thresholds = {aspect: aspects[aspect].threshold for aspect in Aspect}
        self._certain = {
            name: [(other, aspects[other].certain[name]) for other in Aspect if name in aspects[other].certain]
            for each in aspects.values()
            for name in each.certain
        }

    def judge(self, features: Mapping[str, float]) -> dict[Aspect, float]:
        """The aspects of one statement, its meaning left out."""
        return self.judge_all([features])[0]

    def judge_all(
        self, statements: Sequence[Mapping[str, float]], vectors: Vectors | None = None
    ) -> list[dict[Aspect, float]]:
        """The aspects of statements with these features, each with its probability.

        `vectors`, of shape (statements, dimension), are those of the statements less the mean.
        """
        values = np.tile(self._constants, (len(statements), 1))
        for row, features in enumerate(statements):
            known = [(self._places[name], share) for name, share in features.items() if name in self._places]
            if known:
                places, shares = zip(*known, strict=True)
                values[row] += np.array(shares) @ self._weights[list(places)]
        if vectors is not None and len(self._directions):
            values += vectors @ self._directions
        probabilities = 1.0 / (1.0 + np.exp(-np.clip(values, -700.0, 700.0)))
        return [self._judged(*each) for each in zip(statements, probabilities.tolist(), strict=True)]

    def _judged(self, features: Mapping[str, float], probabilities: Sequence[float]) -> dict[Aspect, float]:
        judged = dict(zip(Aspect, probabilities, strict=True))
        found = {aspect for aspect, threshold in self._thresholds.items() if judged[aspect] >= threshold}
        for name in self._certain.keys() & features.keys():
            for aspect, share in self._certain[name]:
                found.add(aspect)
                judged[aspect] = max(judged[aspect], share)
        return {aspect: probability for aspect, probability in judged.items() if aspect in found}


class AspectModel(_Kept):
    """The weights without an encoder, and those with one; of every aspect."""

    fitted_on: FittedOn
    words: dict[Aspect, AspectWeights]
    meaning: Meaning | None


def read_model(path: Path) -> AspectModel:
    """The model in a file; DataDirectoryError where it is none."""
    try:
        return AspectModel.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"{error.error_count()} faults"
        raise DataDirectoryError(
            f"{path} is no model of aspects of this version ({reason}): install the product again, or make it anew "
            "with `python -m app.aspects.fit`"
        ) from error


@cache
def packaged_model() -> AspectModel:
    """The model that comes with the product."""
    return read_model(PACKAGED_MODEL)
