"""Making a run: its topics one after another, what fails kept apart, and the same run for the same documents."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.answer import Ruling, Scope
from app.api.report_bodies import RunBody
from app.comparison import Comparison
from app.holdings import Holdings
from app.report.build import RunBuilder, index_of
from app.report.order import ReportOrder, Topic, distinct
from corpus.document import Municipality
from corpus.errors import BeleidswijzerError, HeldError, MachineError, UnreachableError, UsageError
from corpus.stored import Snapshot
from corpus.task import Task, TaskKind, TaskState
from tests.app.fake_documents import refusal
from tests.app.fake_knowledge_base import FakeKnowledgeBase

DAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
UTRECHT, AMSTELVEEN = Municipality("GM0344", "Utrecht"), Municipality("GM0362", "Amstelveen")
TOPICS = (Topic("conflictscheidingen"), Topic("Wonen", "woningen", "Ruimte"), Topic("laadpalen"))


def order(*topics: Topic, **values: object) -> ReportOrder:
    return replace(ReportOrder("Proef", topics or TOPICS, (), "md", DAY), **values)  # type: ignore[arg-type]


@pytest.fixture
def knowledge(tmp_path: Path) -> FakeKnowledgeBase:
    return FakeKnowledgeBase(tmp_path)


def built(
    knowledge: FakeKnowledgeBase,
    wanted: ReportOrder,
    progress: Callable[[int], None] = lambda _: None,
    run_id: str = "een",
) -> RunBody:
    run = RunBuilder(knowledge, wanted).run(run_id, NOW, progress, lambda: False)
    assert run is not None
    return run


def test_every_topic_has_every_municipality_in_one_order(knowledge: FakeKnowledgeBase) -> None:
    run = built(knowledge, order())
    names = [
        [finding.name for finding in result.comparison.municipalities] for result in run.results if result.comparison
    ]
    assert names == [["Amstelveen", "Apeldoorn", "Utrecht"]] * 3
    asked = built(knowledge, order(municipalities=(UTRECHT, AMSTELVEEN)))
    first = asked.results[0].comparison
    assert first is not None
    assert [finding.name for finding in first.municipalities] == ["Utrecht", "Amstelveen"]
    assert [each.code for each in asked.settings.municipalities] == ["GM0344", "GM0362"]


def test_the_question_is_what_is_searched_and_the_name_what_it_is_called(knowledge: FakeKnowledgeBase) -> None:
    run = built(knowledge, order(Topic("Wonen", "woningen", "Ruimte")))
    (result,) = run.results
    assert (result.topic.topic, result.topic.question, result.topic.group) == ("Wonen", "woningen", "Ruimte")
    assert result.comparison is not None
    assert [finding.ruling for finding in result.comparison.municipalities][-1] is Ruling.FOUND
    assert [asked[0] for asked in knowledge.asked if isinstance(asked, tuple)] == ["woningen"]


def test_scope_and_settings_reach_the_comparison_and_the_run(knowledge: FakeKnowledgeBase) -> None:
    valid_on = date(2025, 1, 31)
    run = built(knowledge, order(municipalities=(UTRECHT,), valid_on=valid_on, day=valid_on, per_municipality=1))
    assert knowledge.asked[0] == ("conflictscheidingen", Scope(municipalities=(UTRECHT,), valid_on=valid_on), 1)
    settings = run.settings
    assert (settings.day, settings.valid_on, settings.per_municipality) == (valid_on, valid_on, 1)
    assert (settings.model, settings.calibration, settings.changing) == ("hand", None, False)
    assert settings.index == index_of(knowledge.snapshot())


def test_the_documents_are_those_that_a_verdict_rests_on_as_they_stand_that_day(knowledge: FakeKnowledgeBase) -> None:
    everything = built(knowledge, order(day=date(2028, 6, 1)))
    assert [(each.id, each.validity) for each in everything.documents] == [
        ("amstelveen-jeugd", "verlopen"),
        ("utrecht-samenvatting", "onbekend"),
    ]
    assert [each.id for each in built(knowledge, order(municipalities=(UTRECHT,))).documents] == [
        "utrecht-samenvatting"
    ]


def test_refused_files_in_scope_are_told_by_name_alone(knowledge: FakeKnowledgeBase) -> None:
    knowledge.refusals = (
        refusal("/home/jan/kapot.pdf", "kapot", UTRECHT),
        refusal("/home/jan/elders.pdf", "elders", AMSTELVEEN),
        refusal("/home/jan/onbekend.pdf", "onbekend"),
    )
    assert [each.path for each in built(knowledge, order()).refused] == ["kapot.pdf", "elders.pdf", "onbekend.pdf"]
    assert [each.path for each in built(knowledge, order(municipalities=(UTRECHT,))).refused] == ["kapot.pdf"]


def test_a_topic_that_fails_does_not_lose_the_others(
    knowledge: FakeKnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[int] = []
    knowledge.failing_topics["woningen"] = KeyError("woningen")
    knowledge.failing_topics["laadpalen"] = HeldError("/data/index is held")
    with caplog.at_level(logging.ERROR):
        run = built(knowledge, order(), done.append)
    first, second, third = run.results
    assert (first.error, second.comparison, third.comparison) == (None, None, None)
    assert second.error == "De machine heeft geen ruimte meer of een andere storing. Meld het de beheerder."
    assert third.error == "De kennisbank wordt nu bijgewerkt. Probeer het over een minuut opnieuw."
    assert done == [1, 2, 3]
    assert "KeyError" in caplog.text
    assert "/data/index is held" in caplog.text
    assert "woningen" not in caplog.text


@pytest.mark.parametrize("error", [UnreachableError("no answer"), UsageError("fout"), KeyError("x")])
def test_where_every_topic_fails_the_first_error_is_raised(knowledge: FakeKnowledgeBase, error: Exception) -> None:
    knowledge.failing_topics = {topic.searched: error for topic in TOPICS}
    with pytest.raises(BeleidswijzerError) as caught:
        built(knowledge, order())
    expected = error if isinstance(error, BeleidswijzerError) else caught.value
    assert caught.value is expected
    assert isinstance(caught.value, type(error) if expected is error else MachineError)


def test_a_stop_is_heard_before_the_next_topic(knowledge: FakeKnowledgeBase) -> None:
    builder = RunBuilder(knowledge, order())
    assert builder.run("een", NOW, lambda _: None, lambda: len(knowledge.asked) == 2) is None
    assert len(knowledge.asked) == 2


def test_two_runs_of_the_same_differ_in_id_and_moment_alone(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
    first = built(FakeKnowledgeBase(tmp_path / "een"), order())
    second = RunBuilder(FakeKnowledgeBase(tmp_path / "twee"), order()).run(
        "twee", datetime(2027, 1, 1, tzinfo=UTC), lambda _: None, lambda: False
    )
    assert second is not None
    assert second.model_copy(update={"id": "een", "made_at": NOW}) == first


class Growing(FakeKnowledgeBase):
    """Takes in a version between the first topics, or after every one."""

    def __init__(self, folder: Path, always: bool) -> None:
        super().__init__(folder)
        self._always = always
        self._count = 0

    def compare(self, topic: str, scope: Scope, per_municipality: int, day: date | None = None) -> Comparison:
        if self._always or len(self.asked) == 1:
            self._count += 1
        return super().compare(topic, scope, per_municipality, day)

    def snapshot(self) -> Snapshot:
        held = super().snapshot()
        first, *others = held.documents
        return Snapshot(held.generation, (replace(first, version=f"{self._count:064}"), *others))


def test_topics_that_were_compared_before_a_document_came_are_compared_again(tmp_path: Path) -> None:
    knowledge = Growing(tmp_path, always=False)
    done: list[int] = []
    run = built(knowledge, order(), done.append)
    assert [asked[0] for asked in knowledge.asked if isinstance(asked, tuple)] == [
        "conflictscheidingen",
        "woningen",
        "laadpalen",
        "conflictscheidingen",
        "woningen",
    ]
    assert (done, run.settings.changing) == ([1, 2, 3, 3, 3], False)


def test_where_documents_keep_changing_the_run_says_so(tmp_path: Path) -> None:
    assert built(Growing(tmp_path, always=True), order()).settings.changing


def test_the_index_is_another_with_another_version_model_or_document(knowledge: FakeKnowledgeBase) -> None:
    held = knowledge.snapshot()
    assert held.generation is not None
    first, second = held.documents
    others = [
        Snapshot(held.generation, (first,)),
        Snapshot(held.generation, (replace(first, version="0" * 64), second)),
        Snapshot(replace(held.generation, fingerprint="x"), held.documents),
        Snapshot(replace(held.generation, lexical_version="x"), held.documents),
        Snapshot(None, ()),
    ]
    assert len({index_of(each) for each in [held, *others]}) == 6
    same = Snapshot(replace(held.generation, id="another"), (second, first))
    assert index_of(same) == index_of(held)


def test_how_the_index_was_made_is_told_apart_from_what_is_in_it(tmp_path: Path) -> None:
    class Other(FakeKnowledgeBase):
        def holdings(self) -> Holdings:
            held = super().holdings()
            snapshot = held.ledger.snapshot
            assert snapshot.generation is not None
            generation = replace(snapshot.generation, lexical_version="x")
            return replace(held, ledger=replace(held.ledger, snapshot=replace(snapshot, generation=generation)))

    fewer = FakeKnowledgeBase(tmp_path / "fewer")
    fewer.remove("utrecht-samenvatting")
    first, second, third = (
        built(each, order()).settings
        for each in (FakeKnowledgeBase(tmp_path / "all"), fewer, Other(tmp_path / "other"))
    )
    assert first.indexing == second.indexing != third.indexing
    assert len({first.index, second.index, third.index}) == 3


def test_an_order_comes_back_from_its_task() -> None:
    wanted = order(municipalities=(UTRECHT,), valid_on=DAY, per_municipality=2, since="x")
    for each in (wanted, order()):
        new = each.as_task()
        task = Task("id", new.kind, new.order, TaskState.WAITING, 0.0, None, None, 0, False, NOW)
        assert (new.kind, ReportOrder.of_task(task.order)) == (TaskKind.REPORT, each)
        assert each.as_task().order != new.order  # two orders are two reports


def test_a_topic_is_kept_once_under_its_first_group() -> None:
    topics = (Topic("a", None, "x"), Topic("b"), Topic("a", "a", "y"), Topic("a", "c"))
    assert distinct(topics) == (topics[0], topics[1], topics[3])
