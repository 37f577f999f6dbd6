"""The workers of a service: one for every kind of task, so that no kind waits for another."""

from collections.abc import Callable, Mapping

from app.task_worker import Run, TaskWorker, Turn, any_time
from corpus.register_tasks import Tasks
from corpus.task import TaskKind


class TaskWorkers:
    """A `TaskWorker` for each kind in `runs`; the arguments and methods are those of that class.

    A kind that is not in `turns` waits for nothing but the tasks of its own kind.
    """

    def __init__(
        self,
        tasks: Tasks,
        runs: Mapping[TaskKind, Run],
        shared: bool,
        tidy: Callable[[], None],
        turns: Mapping[TaskKind, Turn],
        pause: float = 5.0,
    ) -> None:
        self._workers = [
            TaskWorker(tasks, {kind: run}, shared, tidy, turns.get(kind, any_time), pause) for kind, run in runs.items()
        ]

    def start(self) -> None:
        for worker in self._workers:
            worker.start()

    def wake(self) -> None:
        for worker in self._workers:
            worker.wake()

    def stop(self) -> bool:
        """Begin no other task; whether there is one to wait for."""
        busy = [worker.stop() for worker in self._workers]
        return any(busy)

    def wait(self) -> None:
        for worker in self._workers:
            worker.wait()
