"""What turns the evidence in a municipality's documents into a probability that they say something."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.retrieval import Evidence
from corpus.errors import DataDirectoryError
from corpus.stored import Generation

PACKAGED_CALIBRATIONS = Path(__file__).parent / "calibrations"
OWN_CALIBRATION = "calibration.json"

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class CalibrationData(_Kept):
    """A set of labelled questions that a calibration was made from, and its (question, municipality) pairs."""

    name: str
    sha256: str
    said: int
    silent: int


class CrossValidated(_Kept):
    """The error on questions that a calibration was not made from, ten ways: counts, and the Brier score (0 is best).

    `relevant` and `silent` pairs were judged; `missed`, `touched` and `false` as in `app.evaluation`.
    """

    relevant: int
    missed: int
    touched: int
    silent: int
    false: int
    brier: float


class Calibration(_Kept):
    """Two logistic models over `Evidence`, for one model and word analysis, with a second stage or without.

    `dutch` weighs (cosine, words, tokens, 1), `foreign` (cosine, tokens, 1), each without tokens where there is no
    second stage. From probability `found` on documents treat a question, from `touched` on they mention it.
    """

    fingerprint: str
    lexical_version: str
    late_interaction: bool
    dutch: tuple[float, ...]
    foreign: tuple[float, ...]
    found: Share
    touched: Share
    data: tuple[CalibrationData, ...]
    cross_validated: CrossValidated

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        tokens = int(self.late_interaction)
        if (len(self.dutch), len(self.foreign)) != (3 + tokens, 2 + tokens):
            raise ValueError("the number of weights is not that of the features")
        if self.touched > self.found:
            raise ValueError("touched lies above found")
        return self

    def fits(self, generation: Generation, late: bool) -> bool:
        """Whether it was made with such an index, its second stage used or not."""
        made_with = (self.fingerprint, self.lexical_version, self.late_interaction)
        return made_with == (generation.fingerprint, generation.lexical_version, late)

    def probability(self, evidence: Evidence, dutch: bool) -> float:
        """The probability that documents with this evidence say something about a question."""
        weights = self.dutch if dutch else self.foreign
        values = (*features(evidence, dutch), 1.0)
        return logistic(sum(weight * value for weight, value in zip(weights, values, strict=True)))


def features(evidence: Evidence, dutch: bool) -> tuple[float, ...]:
    """What a calibration weighs: of the best passages alone, so that other documents change nothing."""
    tokens = () if evidence.tokens is None else (evidence.tokens,)
    return (evidence.cosine, evidence.words, *tokens) if dutch else (evidence.cosine, *tokens)


def logistic(value: float) -> float:
    """1 / (1 + e^-value), without overflow."""
    return 1.0 / (1.0 + math.exp(-max(-700.0, min(700.0, value))))


class Calibrations:
    """The calibrations of a data directory, read anew when its own file changes; safe to use from several threads.

    Nothing is read before a verdict is asked: a file that is no calibration stops no other command.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._found: tuple[tuple[Generation, bool, tuple[int, int] | None], Calibration | None] | None = None

    def get(self, generation: Generation, late: bool) -> Calibration | None:
        """As `find_calibration`."""
        key = (generation, late, _stamp(self._data_dir / OWN_CALIBRATION))
        found = self._found
        if found is None or found[0] != key:
            found = self._found = (key, find_calibration(self._data_dir, generation, late))
        return found[1]


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells that a file has changed; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def find_calibration(data_dir: Path, generation: Generation, late: bool) -> Calibration | None:
    """The user's own calibration where it fits the index, else a packaged one that does, else None.

    `late`: its second stage is used. DataDirectoryError for a file that is no calibration.
    """
    own = data_dir / OWN_CALIBRATION
    paths: Sequence[Path] = [*([own] if own.is_file() else []), *sorted(PACKAGED_CALIBRATIONS.glob("*.json"))]
    return next((each for each in map(read_calibration, paths) if each.fits(generation, late)), None)


def read_calibration(path: Path) -> Calibration:
    """The calibration in a file."""
    try:
        return Calibration.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"{error.error_count()} faults"
        raise DataDirectoryError(
            f"{path} is no calibration of this version ({reason}): remove it, or make it anew with "
            "`beleidswijzer calibrate`"
        ) from error


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write it as JSON that a person can read, in one step; DataDirectoryError where that cannot be."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(calibration.model_dump_json(indent=2) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise DataDirectoryError(
            f"{path} cannot be written ({error.strerror}): choose another with --output"
        ) from error
