"""The workers of the queue: each kind by itself, stopped, broken off and killed, on the register as it is."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import running_task
from app.running_task import RunningTask
from app.task_worker import Run
from app.task_workers import TaskWorkers
from corpus.errors import CancelledError, MachineError
from corpus.register import Register
from corpus.register_tasks import CANCELLED
from corpus.task import NewTask, Task, TaskKind, TaskState
from tests.app.waits import until

ROOT = Path(__file__).parents[2]


class FakeRun:
    """Waits for `may_end`, then returns the order; ends early where it is stopped. `begun` has what it was given."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.may_end = threading.Event()
        self.ends_by = "stopped"

    def __call__(
        self, task: Task, progress: Callable[[float], None], stopped: Callable[[], bool]
    ) -> Mapping[str, object] | None:
        self.begun.append(task.id)
        while not self.may_end.wait(0.01):
            match self.ends_by:
                case "stopped" if stopped():
                    return None
                case "progress":
                    progress(0.5)
                case "fault" if stopped():
                    raise MachineError("x")
        return {"made": task.order["name"]}


class Room:
    """A register with workers for two kinds."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.tasks = register.tasks
        self.document, self.report = FakeRun(), FakeRun()
        self.tidied: list[bool] = []
        runs: dict[TaskKind, Run] = {TaskKind.DOCUMENT: self.document, TaskKind.REPORT: self.report}
        self.workers = TaskWorkers(self.tasks, runs, False, lambda: self.tidied.append(True), {}, pause=0.01)

    def add(self, kind: TaskKind, name: str = "a") -> Task:
        added = self.tasks.add(NewTask(kind, {"name": name}, None))
        self.workers.wake()
        return added

    def state(self, task: Task) -> TaskState:
        return self.tasks.get(task.id).state


@contextmanager
def opened(folder: Path) -> Iterator[Room]:
    register = Register.open(f"sqlite:///{folder / 'register.db'}")
    room = Room(register)
    room.workers.start()
    try:
        yield room
    finally:
        room.workers.stop()
        room.document.may_end.set()
        room.report.may_end.set()
        room.workers.wait()
        register.close()


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(running_task, "_TELL_SECONDS", 0.02)
    with opened(tmp_path) as room:
        yield room


@pytest.mark.parametrize("long", list(TaskKind))
def test_a_long_task_of_one_kind_holds_no_other_kind_up(room: Room, long: TaskKind) -> None:
    short = next(kind for kind in TaskKind if kind is not long)
    runs = {TaskKind.DOCUMENT: room.document, TaskKind.REPORT: room.report}
    first = room.add(long)
    until(lambda: room.state(first) is TaskState.RUNNING)
    runs[short].may_end.set()
    for number in range(4):
        each = room.add(short, str(number))
        until(lambda each=each: room.state(each) is TaskState.DONE)  # type: ignore[misc]
    assert (room.state(first), runs[long].begun) == (TaskState.RUNNING, [first.id])
    runs[long].may_end.set()
    until(lambda: room.state(first) is TaskState.DONE)
    assert room.tasks.get(first.id).result == {"made": "a"}


@pytest.mark.parametrize("ends_by", ["stopped", "progress", "fault"])
def test_a_task_that_is_broken_off_ends_and_the_next_one_begins(room: Room, ends_by: str) -> None:
    room.report.ends_by = ends_by
    first, second = room.add(TaskKind.REPORT, "een"), room.add(TaskKind.REPORT, "twee")
    until(lambda: room.state(first) is TaskState.RUNNING)
    assert room.tasks.cancel(first.id).state is TaskState.RUNNING
    until(lambda: room.state(first) is TaskState.FAILED)
    until(lambda: room.state(second) is TaskState.RUNNING)
    ended = room.tasks.get(first.id)
    assert (ended.error, ended.cancelled, ended.attempts) == (CANCELLED, True, 1)
    assert (room.report.begun, room.tidied) == ([first.id, second.id], [True])


def test_one_that_was_broken_off_while_it_waited_never_begins(room: Room) -> None:
    first, second, third = (room.add(TaskKind.DOCUMENT, name) for name in ("een", "twee", "drie"))
    until(lambda: room.state(first) is TaskState.RUNNING)
    room.tasks.cancel(second.id)
    room.document.may_end.set()
    until(lambda: room.state(third) is TaskState.DONE)
    assert room.document.begun == [first.id, third.id]


def test_a_task_begins_when_its_turn_comes(tmp_path: Path) -> None:
    """Until then it waits and counts no attempt; one that is broken off meanwhile has ended at once."""
    register = Register.open(f"sqlite:///{tmp_path / 'register.db'}")
    asked, may_begin, run = threading.Event(), threading.Event(), FakeRun()
    run.may_end.set()

    @contextmanager
    def turn(wait_on: Callable[[], bool]) -> Iterator[bool]:
        asked.set()
        while wait_on() and not may_begin.wait(0.01):
            pass
        yield may_begin.is_set()

    kind = TaskKind.DOCUMENT
    workers = TaskWorkers(register.tasks, {kind: run}, False, lambda: None, {kind: turn}, pause=0.01)
    first, second = (register.tasks.add(NewTask(kind, {"name": name}, None)) for name in ("een", "twee"))
    workers.start()
    try:
        assert asked.wait(20)
        assert not workers.stop()  # nothing to wait for
        workers.wait()
        assert register.tasks.get(first.id).state is TaskState.WAITING
        workers.start()
        assert register.tasks.cancel(first.id).state is TaskState.FAILED
        may_begin.set()
        until(lambda: register.tasks.get(second.id).state is TaskState.DONE)
        assert (run.begun, register.tasks.get(second.id).attempts) == ([second.id], 1)
    finally:
        workers.stop()
        workers.wait()
        register.close()


def test_a_stop_gives_both_back_uncounted(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        tasks = [room.add(kind) for kind in TaskKind]
        until(lambda: all(room.state(each) is TaskState.RUNNING for each in tasks))
        assert room.workers.stop()
        room.workers.wait()
        assert [(room.state(each), room.tasks.get(each.id).attempts) for each in tasks] == [(TaskState.WAITING, 0)] * 2
        assert not room.workers.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_nothing_is_lost_in_a_kill(tmp_path: Path) -> None:
    """Both workers are at work, and others wait, when the process dies; one of them was told to end."""
    with opened(tmp_path) as room:
        room.workers.stop()
        room.workers.wait()
        tasks = [room.add(kind, name) for kind in TaskKind for name in ("een", "twee")]
        command = [sys.executable, "-m", "tests.app.test_task_worker", str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT) as child:
            try:
                until(lambda: sum(room.state(each) is TaskState.RUNNING for each in tasks) == 2, "the beginning of two")
            finally:
                child.send_signal(signal.SIGKILL)
        told = next(each for each in tasks if room.state(each) is TaskState.RUNNING)
        room.tasks.cancel(told.id)
        room.document.may_end.set()
        room.report.may_end.set()
        room.workers.start()
        until(lambda: all(room.state(each) in (TaskState.DONE, TaskState.FAILED) for each in tasks))
        ended = {each.id: room.tasks.get(each.id) for each in tasks}
        assert [each.id for each in ended.values() if each.state is TaskState.FAILED] == [told.id]
        assert ended[told.id].cancelled
        assert sorted(room.document.begun + room.report.begun) == sorted(ended.keys() - {told.id})


def test_work_without_progress_is_known_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server, what is silent for long is taken for the work of a process that died."""
    register = Register.open(f"sqlite:///{tmp_path / 'register.db'}")
    added = register.tasks.add(NewTask(TaskKind.DOCUMENT, {}, None))
    register.tasks.next()
    now, wall = time.monotonic(), time.time()
    running = RunningTask(register.tasks, added.id, lambda: False)
    monkeypatch.setattr(time, "monotonic", lambda: now + 3500)
    monkeypatch.setattr(time, "time", lambda: wall + 3500)
    assert not running.stopped()
    monkeypatch.setattr(time, "time", lambda: wall + 3700)
    register.tasks.recover(quiet_for=3600)
    assert register.tasks.get(added.id).state is TaskState.RUNNING
    register.tasks.cancel(added.id)
    monkeypatch.setattr(time, "monotonic", lambda: now + 3700)
    assert running.stopped()
    with pytest.raises(CancelledError):
        running.progress(0.5)
    register.close()


def test_a_stop_of_the_service_is_heard_at_once_and_breaks_nothing_off(tmp_path: Path) -> None:
    register = Register.open(f"sqlite:///{tmp_path / 'register.db'}")
    added = register.tasks.add(NewTask(TaskKind.DOCUMENT, {}, None))
    running = RunningTask(register.tasks, added.id, lambda: True)
    assert running.stopped()
    running.progress(0.5)
    register.close()


if __name__ == "__main__":
    with opened(Path(sys.argv[1])):
        threading.Event().wait(60)
