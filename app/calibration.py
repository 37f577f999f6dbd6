"""What turns the evidence in a municipality's documents into a probability that they say something."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app.retrieval import Evidence
from corpus.errors import DataDirectoryError
from corpus.stored import Generation

PACKAGED_CALIBRATION = Path(__file__).parent / "calibration.json"
OWN_CALIBRATION = "calibration.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class CalibrationData:
    """One set of labelled questions that a calibration was made from."""

    name: str
    sha256: str
    said: int
    silent: int


@dataclass(frozen=True, slots=True)
class CrossValidated:
    """The error of a calibration on questions that it was not made from: counts, and the Brier score (0 is best)."""

    missed: int
    touched: int
    false: int
    brier: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model over `Evidence`, for one model, word analysis and second stage.

    `coefficients` belong to the features in the order of `features`, the last is the constant. At `found` and above
    documents treat a question, at `touched` and above they mention it.
    """

    fingerprint: str
    lexical_version: str
    second_stage: str
    coefficients: tuple[float, ...]
    found: float
    touched: float
    data: tuple[CalibrationData, ...]
    cross_validated: CrossValidated

    def fits(self, generation: Generation) -> bool:
        """Whether it was made with such an index."""
        made_with = (generation.fingerprint, generation.lexical_version, str(generation.second_stage))
        return made_with == (self.fingerprint, self.lexical_version, self.second_stage)

    def probability(self, evidence: Evidence) -> float:
        """The probability that documents with this evidence say something about the question."""
        values = (*features(evidence), 1.0)
        return logistic(sum(weight * value for weight, value in zip(self.coefficients, values, strict=True)))


def features(evidence: Evidence) -> tuple[float, ...]:
    """What a calibration weighs; none of it grows with the number of documents but through their best passage."""
    tokens = () if evidence.tokens is None else (evidence.tokens,)
    return (evidence.cosine, evidence.words, evidence.together, *tokens)


def logistic(value: float) -> float:
    """1 / (1 + e^-value), without overflow."""
    return 1.0 / (1.0 + math.exp(-max(-700.0, min(700.0, value))))


def load_calibration(paths: Sequence[Path], generation: Generation) -> Calibration | None:
    """The first calibration among these files that fits an index; None where none does.

    DataDirectoryError for a file that is no calibration.
    """
    for path in paths:
        if path.is_file():
            calibration = _read(path)
            if calibration.fits(generation):
                return calibration
    return None


def save_calibration(calibration: Calibration, path: Path) -> None:
    """Write it as JSON that a person can read, in one step."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps({"format": _FORMAT, **asdict(calibration)}, indent=2) + "\n", encoding="utf-8")
    part.replace(path)


def _read(path: Path) -> Calibration:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _calibration(content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataDirectoryError(
            f"{path} is no calibration ({error}): remove it, or make it anew with `beleidswijzer calibrate`"
        ) from error


def _calibration(content: Mapping[str, object]) -> Calibration:
    fields = dict(content)
    if fields.pop("format") != _FORMAT:
        raise ValueError("it is of another format")
    data, error, coefficients = fields.pop("data"), fields.pop("cross_validated"), fields.pop("coefficients")
    if not isinstance(data, list) or not isinstance(error, dict) or not isinstance(coefficients, list):
        raise ValueError("a field has another shape")
    return Calibration(
        **fields,  # type: ignore[arg-type]
        coefficients=tuple(map(float, coefficients)),
        data=tuple(CalibrationData(**each) for each in data),
        cross_validated=CrossValidated(**error),
    )
