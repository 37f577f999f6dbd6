"""Tasks that are broken off, and kinds of tasks that are done beside each other, on real SQLite."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.entry import unknown_metadata
from corpus.errors import CancelledError, NotFoundError
from corpus.register import Register
from corpus.register_tasks import CANCELLED, Tasks
from corpus.task import MOST_ATTEMPTS, NewTask, Task, TaskKind, TaskState
from tests.corpus.register_samples import add, with_generation


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'register.sqlite'}"


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    register = Register.open(url)
    yield with_generation(register)
    register.close()


@pytest.fixture
def tasks(register: Register) -> Tasks:
    return register.tasks


def work(name: str = "nota", kind: TaskKind = TaskKind.DOCUMENT) -> NewTask:
    return NewTask(kind, {"naam": name}, "a" * 64)


def begun(tasks: Tasks, *kinds: TaskKind) -> Task:
    task = tasks.next(kinds or tuple(TaskKind))
    assert task is not None
    return task


def about(name: str, task: Task) -> bool:
    return task.order == {"naam": name}


def test_one_that_waits_ends_at_once(tasks: Tasks, register: Register) -> None:
    first, second = tasks.add(work("een")), tasks.add(work("twee"))
    ended = tasks.cancel(first.id)
    assert (ended.state, ended.error, ended.cancelled, ended.attempts) == (TaskState.FAILED, CANCELLED, True, 0)
    assert tasks.get(first.id) == ended == tasks.cancel(first.id)
    assert begun(tasks).id == second.id
    assert not tasks.get(second.id).cancelled


def test_the_file_of_one_that_ended_so_is_needed_no_more(tasks: Tasks, register: Register) -> None:
    task = tasks.add(work())
    assert register.files() == {"a" * 64}
    tasks.cancel(task.id)
    assert register.files() == frozenset()


def test_one_that_runs_is_told_and_ends_when_it_is_given_back(tasks: Tasks, url: str) -> None:
    """As another process tells it."""
    task = tasks.add(work())
    begun(tasks)
    other = Register.open(url)
    assert other.tasks.cancel(task.id).state is TaskState.RUNNING
    other.close()
    assert tasks.get(task.id).cancelled
    tasks.progress(task.id, 0.5)
    tasks.alive(task.id)
    assert (tasks.get(task.id).state, tasks.get(task.id).progress) == (TaskState.RUNNING, 0.5)
    assert not tasks.give_back(task.id, counted=False)
    ended = tasks.get(task.id)
    assert (ended.state, ended.error, ended.cancelled) == (TaskState.FAILED, CANCELLED, True)
    assert tasks.next() is None


def test_one_that_nobody_broke_off_waits_again(tasks: Tasks) -> None:
    tasks.add(work())
    assert tasks.give_back(begun(tasks).id, counted=True)
    assert begun(tasks).attempts == 2


def test_one_that_fails_after_it_was_told_was_broken_off(tasks: Tasks) -> None:
    task, other = tasks.add(work("een")), tasks.add(work("twee"))
    for _ in range(2):
        begun(tasks)
    tasks.cancel(task.id)
    for each in (task, other):
        tasks.fail(each.id, "kapot")
    assert (tasks.get(task.id).error, tasks.get(task.id).cancelled) == (CANCELLED, True)
    assert (tasks.get(other.id).error, tasks.get(other.id).cancelled) == ("kapot", False)


def test_one_that_was_told_too_late_is_done(tasks: Tasks) -> None:
    task = tasks.add(work())
    begun(tasks)
    tasks.cancel(task.id)
    tasks.finish(task.id, {"x": 1})
    done = tasks.get(task.id)
    assert (done.state, done.result, done.error, done.cancelled) == (TaskState.DONE, {"x": 1}, None, False)
    assert tasks.cancel(task.id) == done


def test_one_that_is_not_there(tasks: Tasks) -> None:
    with pytest.raises(NotFoundError, match="'x'"):
        tasks.cancel("x")


def test_what_is_asked_for_after_a_cancel_is_done(tasks: Tasks) -> None:
    first = tasks.add(work())
    begun(tasks)
    tasks.cancel(first.id)
    again = tasks.add(work())
    assert again.id != first.id
    assert tasks.add(work()) == again
    tasks.give_back(first.id, counted=False)
    assert begun(tasks).id == again.id


def test_one_that_was_told_to_end_does_not_wait_again_after_a_crash(tasks: Tasks) -> None:
    told, other = tasks.add(work("een")), tasks.add(work("twee"))
    for _ in range(2):
        begun(tasks)
    tasks.cancel(told.id)
    tasks.recover(quiet_for=0)
    ended = tasks.get(told.id)
    assert (ended.state, ended.error, ended.cancelled) == (TaskState.FAILED, CANCELLED, True)
    assert tasks.get(other.id).state is TaskState.WAITING


def test_each_kind_has_a_line_of_its_own(tasks: Tasks) -> None:
    report, document = tasks.add(work(kind=TaskKind.REPORT)), tasks.add(work())
    assert report.id != document.id
    assert begun(tasks, TaskKind.DOCUMENT).id == document.id
    assert tasks.next((TaskKind.DOCUMENT,)) is None
    assert begun(tasks, TaskKind.REPORT).kind is TaskKind.REPORT


def test_a_worker_leaves_alone_what_the_worker_of_another_kind_does(tasks: Tasks) -> None:
    report, document = tasks.add(work(kind=TaskKind.REPORT)), tasks.add(work())
    for _ in range(MOST_ATTEMPTS):
        for kind in TaskKind:
            begun(tasks, kind)
        tasks.recover(0, (TaskKind.DOCUMENT,))
        assert tasks.get(report.id).state is TaskState.RUNNING
        tasks.recover(0, (TaskKind.REPORT,))
    for task in (report, document):
        assert (tasks.get(task.id).state, tasks.get(task.id).attempts) == (TaskState.FAILED, MOST_ATTEMPTS)


def test_taking_out_a_document_breaks_off_what_would_bring_it_back(register: Register) -> None:
    running, waiting, other = (register.tasks.add(work(name)) for name in ("nota", "nota ", "ander"))
    begun(register.tasks)
    register.retire("nota", lambda task: about("nota", task) or about("nota ", task))
    states = [(register.tasks.get(each.id).state, register.tasks.get(each.id).cancelled) for each in (running, waiting)]
    assert states == [(TaskState.RUNNING, True), (TaskState.FAILED, True)]
    assert register.tasks.get(other.id).state is TaskState.WAITING
    with pytest.raises(NotFoundError, match="'nota'"):
        register.retire("nota", lambda task: about("nota", task) or about("nota ", task))


def test_what_cannot_be_taken_out_breaks_nothing_off(register: Register) -> None:
    task = register.tasks.add(work())
    with pytest.raises(NotFoundError):
        register.retire("ander", lambda task: about("ander", task))
    assert register.tasks.get(task.id) == task


@pytest.mark.parametrize("taken_out", [False, True])
def test_a_version_of_a_task_that_was_broken_off_is_never_seen(register: Register, taken_out: bool) -> None:
    register.activate(add(register, "nota", "eerst"))
    task = register.tasks.add(work())
    begun(register.tasks)
    version = add(register, "nota", "later")
    if taken_out:
        register.retire("nota", lambda task: about("nota", task))
    else:
        register.tasks.cancel(task.id)
    with pytest.raises(CancelledError, match="Afgebroken op verzoek"):
        register.activate(version, task.id)
    assert version not in [document.version for document in register.snapshot().documents]
    assert len(register.snapshot().documents) == (0 if taken_out else 1)


def test_a_version_of_a_task_that_goes_on_is_seen(register: Register) -> None:
    task = register.tasks.add(work())
    version = add(register, "nota", "later")
    register.activate(version, task.id)
    assert [document.version for document in register.snapshot().documents] == [version]


def test_no_refusal_is_kept_of_a_task_that_was_broken_off(register: Register) -> None:
    task, metadata = register.tasks.add(work()), replace(unknown_metadata(Path("x.pdf")), document_id="nota")
    register.refuse(metadata, "x.pdf", None, "kapot", task.id)
    register.tasks.cancel(task.id)
    with pytest.raises(CancelledError):
        register.refuse(metadata, "x.pdf", None, "nog eens", task.id)
    assert [each.reason for each in register.refusals()] == ["kapot"]
