"""Makes a calibration from labelled questions."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.calibration import Calibration, CalibrationData, CrossValidated, features
from app.evaluation import JUDGED_KINDS
from app.evaluation_sets import LabelledSet
from app.retrieval import Evidence
from corpus.errors import UsageError
from corpus.stored import Generation

_FOLDS = 10
_STRENGTH = 10.0  # inverse of the regularisation, on standardised features
_MOST_TOUCHED = 0.12  # of the judged pairs on which documents say something
_SECOND_COST = 0.1  # of all errors together, against the more frequent of missed and false
_FEWEST = 20  # pairs of either kind

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question asked of one municipality's documents; `judged`: its kind counts in the figures of verdicts.

    `unheard_of`: no municipality treats its subject, so that touching on it is false as well.
    """

    question: str
    evidence: Evidence
    said: bool
    judged: bool
    unheard_of: bool


def pairs_of(
    questions: LabelledSet, evidence: Mapping[str, Mapping[str, Evidence]], places: Mapping[str, Sequence[str]]
) -> list[Pair]:
    """The pairs of a set: `evidence` by question and municipality, `places` the municipalities of a source file.

    What people said of verdicts counts as said or silent, where the municipality has documents.
    """
    everywhere = sorted({place for names in places.values() for place in names})
    pairs = [
        Pair(question.text, evidence[question.text][place], True, question.kind in JUDGED_KINDS, False)
        for question in questions.questions
        for place in sorted({place for source in question.relevant for place in places.get(source, ())})
    ]
    pairs += [
        Pair(pair.text, evidence[pair.text][place], False, True, pair.municipality is None)
        for pair in questions.silent
        for place in ([pair.municipality] if pair.municipality else everywhere)
        if place in evidence[pair.text]
    ]
    pairs += [
        Pair(pair.text, evidence[pair.text][pair.municipality], pair.found, True, False)
        for pair in questions.judged_pairs
        if pair.municipality in evidence[pair.text]
    ]
    return pairs


def calibrate(
    pairs: Sequence[Pair], generation: Generation, late: bool, data: Sequence[CalibrationData]
) -> Calibration:
    """Fit both models on all pairs; choose the thresholds, and state the error, by tenfold cross-validation.

    No question is in two folds. The thresholds are those at which the larger of the shares of missed and of false
    verdicts is least, while at most 12 % of what is said is called touched on; of equally good ones the middle.
    UsageError for too few pairs.

    The length of a question takes no part, though it tells much in labelled sets: there what has an answer is asked at
    more length than what has none, and with it 562 of 612 long questions about anything else came out as found.
    """
    said = np.array([pair.said for pair in pairs], dtype=np.bool_)
    if min(said.sum(), len(pairs) - said.sum()) < _FEWEST:
        raise UsageError(
            f"a calibration needs at least {_FEWEST} pairs of a question and a municipality with something to find "
            f"and as many with nothing; there are {said.sum()} and {len(pairs) - said.sum()}: add questions"
        )
    dutch = np.array([features(pair.evidence, dutch=True) for pair in pairs])
    foreign = np.array([features(pair.evidence, dutch=False) for pair in pairs])
    held_out = _held_out(dutch, said, [pair.question for pair in pairs])
    found, touched = _thresholds(pairs, held_out)
    return Calibration(
        fingerprint=generation.fingerprint,
        lexical_version=generation.lexical_version,
        late_interaction=late,
        dutch=_fitted(dutch, said),
        foreign=_fitted(foreign, said),
        found=found,
        touched=touched,
        data=tuple(data),
        cross_validated=_counted(pairs, held_out, found, touched),
    )


def _fitted(values: Numbers, said: npt.NDArray[np.bool_]) -> tuple[float, ...]:
    """The weights of a logistic model, the constant last, for values as they are."""
    from sklearn.linear_model import LogisticRegression  # deferred: a second

    mean, deviation = values.mean(axis=0), values.std(axis=0)
    deviation[deviation == 0.0] = 1.0
    model = LogisticRegression(C=_STRENGTH, max_iter=1000).fit((values - mean) / deviation, said)
    weights = model.coef_[0] / deviation
    constant = model.intercept_[0] - float(weights @ mean)
    return (*(round(float(weight), 4) for weight in weights), round(float(constant), 4))


def _held_out(values: Numbers, said: npt.NDArray[np.bool_], questions: Sequence[str]) -> Numbers:
    """The probability of each pair by a model that was fitted without its question."""
    from sklearn.model_selection import GroupKFold

    probabilities = np.zeros(len(values))
    folds = min(_FOLDS, len(set(questions)))
    for some, others in GroupKFold(folds).split(values, said, questions):
        weights = np.array(_fitted(values[some], said[some]))
        probabilities[others] = 1.0 / (1.0 + np.exp(-(values[others] @ weights[:-1] + weights[-1])))
    return probabilities


def _thresholds(pairs: Sequence[Pair], probabilities: Numbers) -> tuple[float, float]:
    grid = [number / 100 for number in range(20, 91)]
    costs = {
        (found, touched): _cost(_counted(pairs, probabilities, found, touched))
        for touched, found in itertools.combinations(grid, 2)
    }
    least = min(costs.values())
    best = sorted(place for place, cost in costs.items() if cost <= least + 1e-9)
    return best[len(best) // 2]


def _cost(error: CrossValidated) -> float:
    touched = error.touched / max(1, error.relevant)
    if touched > _MOST_TOUCHED:
        return float("inf")
    missed, false = error.missed / max(1, error.relevant), error.false / max(1, error.silent)
    return max(missed, false) + _SECOND_COST * (missed + false + touched)


def _counted(pairs: Sequence[Pair], probabilities: Numbers, found: float, touched: float) -> CrossValidated:
    judged = [(pair, share) for pair, share in zip(pairs, probabilities, strict=True) if pair.judged]
    relevant = [share for pair, share in judged if pair.said]
    silent = [(pair, share) for pair, share in judged if not pair.said]
    errors = [(share - pair.said) ** 2 for pair, share in zip(pairs, probabilities, strict=True)]
    return CrossValidated(
        relevant=len(relevant),
        missed=sum(share < touched for share in relevant),
        touched=sum(touched <= share < found for share in relevant),
        silent=len(silent),
        false=sum(share >= found or (pair.unheard_of and share >= touched) for pair, share in silent),
        brier=round(float(np.mean(errors)), 4),
    )
