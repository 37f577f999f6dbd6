"""The queue of tasks, on real SQLite: nothing is lost, and nothing is done for ever."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Metadata, Municipality
from corpus.entry import unknown_metadata
from corpus.errors import NotFoundError
from corpus.register import Register
from corpus.register_tasks import KEPT_SECONDS, Tasks
from corpus.task import MOST_ATTEMPTS, NewTask, Task, TaskKind, TaskState


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'register.sqlite'}"


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    register = Register.open(url)
    yield register
    register.close()


@pytest.fixture
def tasks(register: Register) -> Tasks:
    return register.tasks


def work(name: str = "één", file_sha256: str | None = "a" * 64) -> NewTask:
    return NewTask(TaskKind.DOCUMENT, {"naam": name, "gemeenten": [["GM0344", "Utrecht"]]}, file_sha256)


def begun(tasks: Tasks) -> Task:
    task = tasks.next()
    assert task is not None
    return task


def test_a_task_comes_back_as_it_went_in(tasks: Tasks, url: str) -> None:
    added = tasks.add(work())
    assert (added.kind, added.order, added.state) == (TaskKind.DOCUMENT, work().order, TaskState.WAITING)
    assert (added.progress, added.error, added.result, added.attempts) == (0.0, None, None, 0)
    again = Register.open(url)
    assert again.tasks.get(added.id) == added
    again.close()


def test_tasks_are_done_in_their_order(tasks: Tasks) -> None:
    added = [tasks.add(work(name)) for name in ("één", "twee", "drie")]
    assert [begun(tasks).id for _ in added] == [task.id for task in added]
    assert tasks.next() is None


def test_a_task_that_is_done_says_what_came_of_it(tasks: Tasks) -> None:
    tasks.add(work())
    task = begun(tasks)
    assert (task.state, task.attempts) == (TaskState.RUNNING, 1)
    for share, kept in ((0.5, 0.5), (7.0, 1.0), (-1.0, 0.0)):
        tasks.progress(task.id, share)
        assert tasks.get(task.id).progress == kept
    tasks.finish(task.id, {"document": "één"})
    done = tasks.get(task.id)
    assert (done.state, done.progress, done.result, done.error) == (TaskState.DONE, 1.0, {"document": "één"}, None)


def test_what_has_ended_changes_no_more(tasks: Tasks) -> None:
    tasks.add(work())
    task = begun(tasks)
    tasks.fail(task.id, "kapot")
    ended = tasks.get(task.id)
    assert (ended.state, ended.error, ended.result) == (TaskState.FAILED, "kapot", None)
    tasks.finish(task.id, {})
    tasks.give_back(task.id, counted=True)
    tasks.progress(task.id, 0.5)
    assert tasks.get(task.id) == ended


def test_the_same_work_is_one_task_while_it_has_not_ended(tasks: Tasks) -> None:
    first = tasks.add(work())
    assert tasks.add(work()) == first
    other = tasks.add(work("ander"))
    running = begun(tasks)
    assert tasks.add(work()) == running
    tasks.finish(running.id, {})
    again = tasks.add(work())
    assert len({first.id, other.id, again.id}) == 3


def test_the_same_work_from_eight_threads_is_one_task(tasks: Tasks) -> None:
    ids: list[str] = []
    threads = [threading.Thread(target=lambda: ids.append(tasks.add(work()).id)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1


def test_a_task_goes_to_one_worker_only(tasks: Tasks, url: str) -> None:
    added = {tasks.add(work(str(number))).id for number in range(40)}
    others = [Register.open(url) for _ in range(4)]
    taken: list[str] = []

    def take(register: Register) -> None:
        while (task := register.tasks.next()) is not None:
            taken.append(task.id)

    threads = [threading.Thread(target=take, args=(register,)) for register in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for register in others:
        register.close()
    assert sorted(taken) == sorted(added)


def test_a_task_that_was_given_back_is_first_again(tasks: Tasks) -> None:
    first = tasks.add(work("één"))
    tasks.add(work("twee"))
    tasks.progress(begun(tasks).id, 0.5)
    tasks.give_back(first.id, counted=False)
    back = tasks.get(first.id)
    assert (back.state, back.progress, back.attempts) == (TaskState.WAITING, 0.0, 0)
    assert begun(tasks).id == first.id
    tasks.give_back(first.id, counted=True)
    assert begun(tasks).attempts == 2


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        (TaskKind.DOCUMENT, "Kijk het bestand na en bied het opnieuw aan."),
        (TaskKind.REPORT, "Vraag het rapport opnieuw aan, zo nodig met minder onderwerpen."),
    ],
)
def test_what_a_process_left_running_waits_again_and_then_fails(tasks: Tasks, kind: TaskKind, remedy: str) -> None:
    task = tasks.add(NewTask(kind, {}, None))
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert begun(tasks).attempts == attempt
        tasks.recover(quiet_for=60)
        assert tasks.get(task.id).state is TaskState.RUNNING
        tasks.recover(quiet_for=0)
    failed = tasks.get(task.id)
    assert failed.state is TaskState.FAILED
    assert failed.error is not None
    assert failed.error.startswith("Is 3 keer begonnen en nooit afgemaakt")
    assert failed.error.endswith(f". {remedy}")
    assert tasks.next() is None


def test_a_file_is_needed_until_its_task_has_ended(register: Register) -> None:
    tasks = register.tasks
    tasks.add(work())
    tasks.add(work("zonder", None))
    assert register.files() == {"a" * 64}
    task = begun(tasks)
    assert register.files() == {"a" * 64}
    tasks.finish(task.id, {})
    assert register.files() == frozenset()


def test_an_ended_task_is_kept_for_thirty_days(tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> None:
    old, waiting = tasks.add(work("oud")), tasks.add(work("wacht"))
    tasks.finish(begun(tasks).id, {})
    later = time.time() + KEPT_SECONDS
    monkeypatch.setattr(time, "time", lambda: later - 60)
    tasks.add(work("nieuw"))
    assert tasks.get(old.id).state is TaskState.DONE
    monkeypatch.setattr(time, "time", lambda: later + 60)
    tasks.add(work("nieuwer"))
    with pytest.raises(NotFoundError, match=rf"^Er is geen taak '{old.id}'"):
        tasks.get(old.id)
    assert tasks.get(waiting.id).state is TaskState.WAITING


def test_a_task_that_is_not_there(tasks: Tasks) -> None:
    with pytest.raises(NotFoundError, match="'x'"):
        tasks.get("x")
    tasks.finish("x", {})


def test_refusals_are_kept_by_document(register: Register, url: str) -> None:
    assert register.refusals() == ()
    before = time.time()
    first, other, second = (unknown(name) for name in ("b", "a", "c"))
    known = replace(
        first, title="Nota “B”", municipalities=(Municipality("GM0344", "Utrecht"),), valid_from=date(2024, 1, 2)
    )
    register.refuse(first, "/map/b.pdf", "f" * 64, "beschadigd")
    register.refuse(other, "/map/a.pdf", None, "bestaat niet")
    register.refuse(second, "/map/b.pdf", "d" * 64, "leeg")
    register.refuse(known, "/map/b.pdf", "e" * 64, "te groot")
    again = Register.open(url)
    kept = again.refusals()
    assert [(each.metadata, each.path, each.file_sha256, each.reason) for each in kept] == [
        (other, "/map/a.pdf", None, "bestaat niet"),
        (known, "/map/b.pdf", "e" * 64, "te groot"),
        (second, "/map/b.pdf", "d" * 64, "leeg"),
    ]
    assert all(before <= each.at.timestamp() <= time.time() for each in kept)
    again.forget_refusal("b")
    again.forget_refusal("onbekend")
    assert [each.metadata.document_id for each in register.refusals()] == ["a", "c"]
    again.close()


def test_taking_out_a_document_forgets_its_refusal(register: Register) -> None:
    register.refuse(unknown("a"), "a.pdf", None, "beschadigd")
    assert register.retire("a") == ()
    assert register.refusals() == ()
    with pytest.raises(NotFoundError, match="'a'"):
        register.retire("a")


def unknown(document_id: str) -> Metadata:
    return replace(unknown_metadata(Path("x.pdf")), document_id=document_id)
