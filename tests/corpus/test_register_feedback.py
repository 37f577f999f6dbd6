"""What was said of verdicts in the register, on real SQLite: kept once until it is removed."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from corpus.errors import NotFoundError
from corpus.register import Register
from corpus.register_feedback import SAME_SECONDS, Feedback
from corpus.verdict_feedback import VerdictFeedback
from tests.corpus.register_samples import FEEDBACK

MOST = 100


@pytest.fixture
def feedback(tmp_path: Path) -> Iterator[Feedback]:
    register = Register.open(f"sqlite:///{tmp_path / 'register.sqlite'}")
    yield register.feedback
    register.close()


def later(seconds: float, name: str) -> VerdictFeedback:
    """The same, said so much later."""
    return replace(FEEDBACK, id=name, given_at=FEEDBACK.given_at + timedelta(seconds=seconds))


def test_it_comes_back_as_it_went_in(feedback: Feedback) -> None:
    bare = replace(FEEDBACK, id="kaal", certainty=None, remark="", filters={}, index="", question="anders")
    for each in (FEEDBACK, bare):
        assert feedback.add(each, MOST) == each
        assert feedback.get(each.id) == each


def test_what_is_said_twice_in_a_moment_is_kept_once(feedback: Feedback) -> None:
    feedback.add(FEEDBACK, MOST)
    assert feedback.add(later(SAME_SECONDS - 1, "tweede"), MOST) == FEEDBACK
    assert feedback.add(later(SAME_SECONDS + 1, "derde"), MOST) == later(SAME_SECONDS + 1, "derde")
    assert feedback.count() == 2


@pytest.mark.parametrize(
    "other",
    [
        replace(FEEDBACK, id="b", question="anders"),
        replace(FEEDBACK, id="b", municipality="GM0362"),
        replace(FEEDBACK, id="b", right_ruling="zijdelings"),
        replace(FEEDBACK, id="b", remark=""),
        replace(FEEDBACK, id="b", filters={"soort": "nota"}),
    ],
    ids=("question", "municipality", "ruling", "remark", "filters"),
)
def test_what_differs_is_kept_beside_it(feedback: Feedback, other: VerdictFeedback) -> None:
    feedback.add(FEEDBACK, MOST)
    assert feedback.add(other, MOST) == other
    assert feedback.count() == 2


def test_filters_in_another_order_are_the_same(feedback: Feedback) -> None:
    feedback.add(FEEDBACK, MOST)
    turned = replace(FEEDBACK, id="b", filters=dict(reversed(list(FEEDBACK.filters.items()))))
    assert feedback.add(turned, MOST) == FEEDBACK


def test_no_more_is_kept_than_may_be_but_what_is_kept_is_still_given(feedback: Feedback) -> None:
    feedback.add(FEEDBACK, 1)
    assert feedback.add(replace(FEEDBACK, id="b", question="anders"), 1) is None
    assert feedback.add(later(1, "c"), 1) == FEEDBACK
    feedback.remove(FEEDBACK.id)
    assert feedback.add(later(1, "c"), 1) is not None


def test_the_newest_comes_first_and_a_stretch_can_be_asked(feedback: Feedback) -> None:
    for number in (2, 1, 3):
        feedback.add(later(number * 100, str(number)), MOST)
    assert [each.id for each in feedback.all()] == ["3", "2", "1"]
    assert [each.id for each in feedback.all(1, 1)] == ["2"]
    assert [each.id for each in feedback.all(3, 50)] == []


def test_what_was_removed_is_not_there(feedback: Feedback) -> None:
    feedback.add(FEEDBACK, MOST)
    feedback.remove(FEEDBACK.id)
    assert (feedback.all(), feedback.count()) == ((), 0)
    for ask in (feedback.get, feedback.remove):
        with pytest.raises(NotFoundError, match=FEEDBACK.id):
            ask(FEEDBACK.id)


def test_what_several_threads_say_at_once_is_kept_once_and_within_the_limit(feedback: Feedback) -> None:
    def say(number: int) -> None:
        for question in range(4):
            feedback.add(replace(FEEDBACK, id=f"{number}-{question}", question=str(question)), 3)

    threads = [threading.Thread(target=say, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.question for each in feedback.all()) == ["0", "1", "2"]


def test_it_survives_a_restart_without_a_close(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    first = Register.open(url)
    first.feedback.add(FEEDBACK, MOST)
    second = Register.open(url)
    assert second.feedback.all() == (FEEDBACK,)
    assert isinstance(second.feedback.get(FEEDBACK.id).given_at, datetime)
    for each in (first, second):
        each.close()
