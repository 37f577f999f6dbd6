"""The verdict on what the documents of one municipality say about a question."""

from collections.abc import Callable
from dataclasses import dataclass

from app.answer import Ruling
from app.calibration import Calibration, logistic
from app.retrieval import Evidence

# For an index without a calibration: on words alone, whose scale every model shares; fitted on 123 labelled pairs of
# the five notes. It is a ruling without a probability.
_WORDS, _CONSTANT = 9.21, -3.34
_FOUND, _TOUCHED = 0.6, 0.45
# Cosines between two languages lie lower, and no calibration was made for them: who asks in English is shown more.
_TOUCHED_FOREIGN = 0.15
_MENTIONED = 0.6  # of a question's words, by weight, in one passage


@dataclass(frozen=True, slots=True)
class Judgement:
    """A ruling with its probability, None without a calibration."""

    ruling: Ruling
    certainty: float | None


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What evidence is measured by: a calibration or None, for a question in Dutch or in another language."""

    calibration: Calibration | None
    dutch: bool

    def probability(self, evidence: Evidence) -> float:
        """The probability that text with this evidence says something about the question."""
        if self.calibration is None:
            return logistic(_WORDS * evidence.words + _CONSTANT)
        return self.calibration.probability(evidence, self.dutch)

    @property
    def found(self) -> float:
        """From this probability on the question is treated."""
        return _FOUND if self.calibration is None else self.calibration.found

    @property
    def touched(self) -> float:
        """From this probability on it is mentioned."""
        touched = _TOUCHED if self.calibration is None else self.calibration.touched
        return touched if self.dutch else min(touched, _TOUCHED_FOREIGN)


def judge(yardstick: Yardstick, body: Evidence, mentioned: Callable[[], float]) -> Judgement:
    """The ruling for the evidence in body text; where that is silent, `mentioned` tells what share of the words stands
    together in any text, contents lists and footnotes included.

    What only the latter mention, or what is about as likely said as not, is touched on: mentioned, not treated. The
    certainty is then that body text does not treat it, or that it says something. For a question in another language
    there is none.
    """
    said = yardstick.probability(body)
    known = yardstick.calibration is not None and yardstick.dutch
    if said >= yardstick.found:
        return Judgement(Ruling.FOUND, _rounded(said) if known else None)
    if said >= yardstick.touched:
        return Judgement(Ruling.TOUCHED, _rounded(said) if known else None)
    share = mentioned()
    if share > body.words and share >= _MENTIONED:
        return Judgement(Ruling.TOUCHED, _rounded(1.0 - said) if known else None)
    return Judgement(Ruling.NOTHING, _rounded(1.0 - said) if known else None)


def _rounded(probability: float) -> float:
    """Two decimals, and never quite certain."""
    return round(min(0.99, probability), 2)
