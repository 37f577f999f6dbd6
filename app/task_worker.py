"""The thread of a service that does the tasks of some kinds, one after another."""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from app.fault_words import fault_words
from app.faults import trace_of
from app.running_task import RunningTask
from corpus.errors import BeleidswijzerError, CancelledError, DocumentError, HeldError
from corpus.register_tasks import Tasks
from corpus.task import MOST_ATTEMPTS, Task, TaskKind

LOGGER = logging.getLogger("beleidswijzer.tasks")
_LOOK_SECONDS = 5.0  # between two looks at the queue, which another process may have filled
_PAUSE_SECONDS = 5.0  # after a fault that may pass
_SHARED_QUIET_SECONDS = 3600.0  # after which a task of another process is one that died with it


class Run(Protocol):
    """Does one task and returns its result, or None where `stopped` told it to end before it was done.

    `stopped` says so when the service stops, after which the task waits again, and when the task is broken off, after
    which it has ended. `progress` raises CancelledError in the second case, for a run that would rather end there.
    DocumentError where it can never be done; any other error of ours may pass, so it is tried again. Each of the two
    may read the register, and so raise what that raises.
    """

    def __call__(
        self, task: Task, progress: Callable[[float], None], stopped: Callable[[], bool]
    ) -> Mapping[str, object] | None: ...


Turn = Callable[[Callable[[], bool]], AbstractContextManager[bool]]


def any_time(_: Callable[[], bool]) -> AbstractContextManager[bool]:
    """The turn of a kind of work that waits for nothing else."""
    return nullcontext(True)


class TaskWorker:
    """Does the tasks of the kinds in `runs` from `start` until `stop`, which lets the task at hand end.

    No other worker of this process does these kinds. `shared`: other processes work on the same queue, so what runs
    there is left alone. `tidy` is called when a task has failed, whose file nobody needs any more. A task begins within
    a `turn`: that gives True once it has come, or False where what it is given says not to wait any longer. `pause` is
    how long a fault is given to pass.
    """

    def __init__(
        self,
        tasks: Tasks,
        runs: Mapping[TaskKind, Run],
        shared: bool,
        tidy: Callable[[], None],
        turn: Turn = any_time,
        pause: float = _PAUSE_SECONDS,
    ) -> None:
        self._tasks = tasks
        self._runs = runs
        self._tidy = tidy
        self._turn = turn
        self._quiet = _SHARED_QUIET_SECONDS if shared else 0.0
        self._pause = pause
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._busy = False

    def start(self) -> None:
        """Begin, also once more after `wait`."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._work, name=f"tasks {' '.join(self._runs)}")
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
                self._tasks.recover(self._quiet, tuple(self._runs))
                while not self._stopping.is_set() and self._tasks.waits(tuple(self._runs)):
                    self._do_next()
            except BeleidswijzerError as error:
                LOGGER.error("the queue of tasks cannot be used: %s", error)
            except Exception as error:  # noqa: BLE001 - whatever it is, the log knows and the next task has its turn
                LOGGER.error("a task failed: %s", trace_of(error))
            if not self._stopping.is_set():  # asked after the clearing above, so that no wake of `stop` is lost
                self._woken.wait(_LOOK_SECONDS)

    def _do_next(self) -> None:
        """Do the first task when its turn comes; until then it waits, and can be broken off as one that does."""
        with self._turn(lambda: not self._stopping.is_set()) as mine:
            task = self._tasks.next(tuple(self._runs)) if mine else None
            is_fault = task is not None and self._do(task)
        if is_fault:
            self._stopping.wait(self._pause)

    def _do(self, task: Task) -> bool:
        """Do a task; whether there was a fault that may pass."""
        self._busy = True
        try:
            running = RunningTask(self._tasks, task.id, self._stopping.is_set)
            result = self._runs[task.kind](task, running.progress, running.stopped)
        except DocumentError as error:
            self._fail(task, error.reason.dutch)
        except CancelledError as error:
            self._fail(task, str(error))
        except HeldError:
            return self._give_back(task, counted=False)
        except BeleidswijzerError as error:
            return self._try_again(task, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, its task is told to have failed
            LOGGER.error("task %s failed: %s", task.id, trace_of(error))
            self._fail(task, f"Er ging iets mis in de dienst ({type(error).__name__}); het log zegt waar.")
        else:
            if result is None:
                self._give_back(task, counted=False)
            else:
                self._tasks.finish(task.id, result)
        finally:
            self._busy = False
        return False

    def _fail(self, task: Task, reason: str) -> None:
        self._tasks.fail(task.id, reason)
        self._tidy()

    def _try_again(self, task: Task, error: BeleidswijzerError) -> bool:
        """Let it wait for another try, unless this was the last; whether it waits. Its message is for the log alone."""
        LOGGER.error("task %s failed: %s", task.id, error)
        if task.attempts >= MOST_ATTEMPTS:
            self._fail(task, f"Is {task.attempts} keer geprobeerd en telkens mislukt. {fault_words(error)}")
            return False
        return self._give_back(task, counted=True)

    def _give_back(self, task: Task, counted: bool) -> bool:
        waits = self._tasks.give_back(task.id, counted)
        if not waits:
            self._tidy()
        return waits
