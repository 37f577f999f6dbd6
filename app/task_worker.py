"""The thread of a service that does the tasks of the queue, one after another."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Protocol

from app.faults import trace_of
from corpus.errors import BeleidswijzerError, DocumentError, HeldError
from corpus.register_tasks import Tasks
from corpus.task import MOST_ATTEMPTS, Task, TaskKind

LOGGER = logging.getLogger("beleidswijzer.tasks")
_LOOK_SECONDS = 5.0  # between two looks at the queue, which another process may have filled
_TELL_SECONDS = 0.5  # between two times that progress is kept
_PAUSE_SECONDS = 5.0  # after a fault that may pass
_SHARED_QUIET_SECONDS = 3600.0  # after which a task of another process is one that died with it


class Run(Protocol):
    """Does one task and returns its result, or None where `stopped` told it to end before it had begun.

    DocumentError where it can never be done; any other error of ours may pass, so it is tried again.
    """

    def __call__(
        self, task: Task, progress: Callable[[float], None], stopped: Callable[[], bool]
    ) -> Mapping[str, object] | None: ...


class TaskWorker:
    """Does tasks from `start` until `stop`, which lets the task at hand end; `pause` is how long a fault is given.

    `shared`: other processes work on the same queue, so what runs there is left alone. `tidy` is called when a task
    has failed, whose file nobody needs any more.
    """

    def __init__(
        self,
        tasks: Tasks,
        runs: Mapping[TaskKind, Run],
        shared: bool,
        tidy: Callable[[], None],
        pause: float = _PAUSE_SECONDS,
    ) -> None:
        self._tasks = tasks
        self._runs = runs
        self._tidy = tidy
        self._quiet = _SHARED_QUIET_SECONDS if shared else 0.0
        self._pause = pause
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._busy = False

    def start(self) -> None:
        """Begin, also once more after `wait`."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._work, name="tasks")
        self._thread.start()

    def wake(self) -> None:
        """A task was added."""
        self._woken.set()

    def stop(self) -> bool:
        """Begin no other task; whether there is one to wait for."""
        self._stopping.set()
        self._woken.set()
        return self._busy

    def wait(self) -> None:
        """Return once no task runs any more, after `stop`."""
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                self._tasks.recover(self._quiet)
                while not self._stopping.is_set() and (task := self._tasks.next()) is not None:
                    self._do(task)
            except BeleidswijzerError as error:
                LOGGER.error("the queue of tasks cannot be used: %s", error)
            except Exception as error:  # noqa: BLE001 - whatever it is, the log knows and the next task has its turn
                LOGGER.error("a task failed: %s", trace_of(error))
            self._woken.wait(_LOOK_SECONDS)

    def _do(self, task: Task) -> None:
        self._busy = True
        try:
            result = self._runs[task.kind](task, _Told(self._tasks, task.id), self._stopping.is_set)
        except DocumentError as error:
            self._fail(task, str(error))
        except HeldError:
            self._tasks.give_back(task.id, counted=False)
            self._stopping.wait(self._pause)
        except BeleidswijzerError as error:
            self._try_again(task, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, its task is told to have failed
            LOGGER.error("task %s failed: %s", task.id, trace_of(error))
            self._fail(task, f"Er ging iets mis in de dienst ({type(error).__name__}); het log zegt waar.")
        else:
            if result is None:
                self._tasks.give_back(task.id, counted=False)
            else:
                self._tasks.finish(task.id, result)
        finally:
            self._busy = False

    def _fail(self, task: Task, reason: str) -> None:
        self._tasks.fail(task.id, reason)
        self._tidy()

    def _try_again(self, task: Task, error: BeleidswijzerError) -> None:
        LOGGER.error("task %s failed: %s", task.id, error)
        if task.attempts >= MOST_ATTEMPTS:
            self._fail(task, f"Is {task.attempts} keer geprobeerd en telkens mislukt: {error}")
        else:
            self._tasks.give_back(task.id, counted=True)
            self._stopping.wait(self._pause)


class _Told:
    """Keeps the progress of a task, not more often than anybody would look."""

    def __init__(self, tasks: Tasks, task_id: str) -> None:
        self._tasks = tasks
        self._task_id = task_id
        self._next = time.monotonic() + _TELL_SECONDS

    def __call__(self, share: float) -> None:
        if time.monotonic() >= self._next:
            self._tasks.progress(self._task_id, share)
            self._next = time.monotonic() + _TELL_SECONDS
