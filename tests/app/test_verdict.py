"""The verdict on one municipality: with a calibration that can be worked out by hand, and without one."""

import math
from functools import partial

import pytest

from app.answer import Ruling
from app.retrieval import Evidence
from app.verdict import Judgement, Yardstick, judge
from tests.app.calibrations import CALIBRATION


def nothing_more() -> float:
    return 0.0


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


@pytest.mark.parametrize(
    ("words", "tokens", "ruling", "certainty"),
    [
        (1.0, 0.9, Ruling.FOUND, sigmoid(2 + 3.6 - 3)),
        (0.7, 0.6, Ruling.FOUND, sigmoid(1.4 + 2.4 - 3)),
        (0.5, 0.5, Ruling.TOUCHED, sigmoid(1 + 2 - 3)),
        (0.1, 0.6, Ruling.TOUCHED, sigmoid(0.2 + 2.4 - 3)),
        (0.0, 0.5, Ruling.NOTHING, 1 - sigmoid(2 - 3)),
        (0.0, 0.0, Ruling.NOTHING, 1 - sigmoid(-3)),
    ],
)
def test_the_calibration_decides(words: float, tokens: float, ruling: Ruling, certainty: float) -> None:
    """Found from 0.6 on, touched on from 0.3 on; of silence the certainty is that nothing is said."""
    judged = judge(Yardstick(CALIBRATION, True), Evidence(0.8, words, tokens), nothing_more)
    assert judged.ruling is ruling
    assert judged.certainty == pytest.approx(certainty, abs=0.005)


def test_a_question_in_another_language_is_judged_without_its_words() -> None:
    evidence = Evidence(cosine=0.75, words=0.0, tokens=0.0)
    assert judge(Yardstick(CALIBRATION, True), evidence, nothing_more).ruling is Ruling.NOTHING
    judged = judge(Yardstick(CALIBRATION, False), evidence, nothing_more)
    assert judged.ruling is Ruling.FOUND
    assert judged.certainty is None, "nothing was calibrated for another language"


@pytest.mark.parametrize(
    ("words", "ruling"), [(1.0, Ruling.FOUND), (0.5, Ruling.FOUND), (0.37, Ruling.TOUCHED), (0.0, Ruling.NOTHING)]
)
@pytest.mark.parametrize("meaning", [0.0, 0.95])
def test_without_a_calibration_words_decide_and_no_certainty_is_given(
    words: float, ruling: Ruling, meaning: float
) -> None:
    assert judge(Yardstick(None, True), Evidence(meaning, words, meaning), nothing_more) == Judgement(ruling, None)


@pytest.mark.parametrize("calibrated", [True, False])
def test_what_only_a_contents_list_or_footnote_mentions_is_touched_on(calibrated: bool) -> None:
    calibration = CALIBRATION if calibrated else None
    silent = Evidence(0.2, 0.1, 0.1)
    for mentioned, ruling in ((0.95, Ruling.TOUCHED), (0.3, Ruling.NOTHING)):
        judged = judge(Yardstick(calibration, True), silent, partial(float, mentioned))
        assert judged.ruling is ruling
        assert (judged.certainty is None) is not calibrated


def test_what_contents_lists_say_is_not_looked_up_where_body_text_speaks() -> None:
    def never() -> float:
        raise AssertionError("asked")

    assert judge(Yardstick(CALIBRATION, True), Evidence(0.8, 0.5, 0.5), never).ruling is Ruling.TOUCHED
    assert judge(Yardstick(None, True), Evidence(0.8, 1.0, 0.9), never).ruling is Ruling.FOUND


@pytest.mark.parametrize("calibrated", [True, False])
def test_more_of_the_words_never_gives_a_lesser_ruling(calibrated: bool) -> None:
    order = [Ruling.NOTHING, Ruling.TOUCHED, Ruling.FOUND]
    calibration = CALIBRATION if calibrated else None
    judged = [judge(Yardstick(calibration, True), Evidence(0.8, step / 100, 0.2), nothing_more) for step in range(250)]
    rulings = [order.index(each.ruling) for each in judged]
    assert rulings == sorted(rulings)
    assert set(rulings) == {0, 1, 2}


def test_it_is_never_quite_certain() -> None:
    assert judge(Yardstick(CALIBRATION, True), Evidence(1.0, 50.0, 1.0), nothing_more).certainty == 0.99
    assert judge(Yardstick(CALIBRATION, True), Evidence(0.0, -50.0, 0.0), nothing_more).certainty == 0.99
