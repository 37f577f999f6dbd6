"""Which of the passages that were found say something by themselves."""

from app.comparing.telling import telling
from app.retrieval import Candidate
from app.verdict import Yardstick
from tests.app.calibrations import CALIBRATION

WORDS_ALONE = Yardstick(None, dutch=True)


def candidate(
    id_: str, words: float | None = None, tokens: float | None = None, cosine: float | None = 0.8
) -> Candidate:
    return Candidate(id_, "v", 0.5, cosine, words, tokens)


def kept(candidates: list[Candidate], yardstick: Yardstick) -> list[str]:
    return [each.candidate.id for each in telling(candidates, yardstick, late=True)]


def test_the_best_stays_whatever_it_says_and_of_the_others_what_touches_on_the_topic() -> None:
    found = [candidate("a", 0.0), candidate("b", 0.5), candidate("c", 0.3), candidate("d", 0.4), candidate("e")]
    assert kept(found, WORDS_ALONE) == ["a", "b", "d"]
    assert kept([], WORDS_ALONE) == []


def test_the_calibration_says_from_where_on() -> None:
    """It touches from 0.3 on: 2 words + 4 tokens - 3 of at least -0.85."""
    found = [candidate("a", 1.0, 0.9), candidate("b", 0.1, 0.5), candidate("c", 0.1, 0.4), candidate("d", 0.3, 0.4)]
    assert kept(found, Yardstick(CALIBRATION, dutch=True)) == ["a", "b", "d"]


def test_a_question_in_another_language_keeps_more() -> None:
    found = [candidate("a", cosine=0.9), candidate("b", cosine=0.7), candidate("c", cosine=0.2)]
    assert kept(found, Yardstick(CALIBRATION, dutch=False)) == ["a", "b"]


def test_what_a_leg_did_not_rank_scores_as_its_lowest() -> None:
    found = [candidate("a", 1.0, 0.9), candidate("b", 0.2, 0.5), candidate("c", 0.2, None, None)]
    by_id = {
        each.candidate.id: each.probability for each in telling(found, Yardstick(CALIBRATION, dutch=True), late=True)
    }
    assert by_id["c"] == by_id["b"]


def test_more_words_never_say_less() -> None:
    measure = Yardstick(CALIBRATION, dutch=True)
    shares = [telling([candidate("a", step / 20, 0.5)], measure, late=True)[0].probability for step in range(9)]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_an_index_without_token_vectors_is_told_by_the_other_legs() -> None:
    calibration = CALIBRATION.model_copy(update={"late_interaction": False, "dutch": (0.0, 4.0, -3.0)})
    found = [candidate("a", 1.0), candidate("b", 0.6), candidate("c", 0.1)]
    assert [each.candidate.id for each in telling(found, Yardstick(calibration, dutch=True), late=False)] == ["a", "b"]
