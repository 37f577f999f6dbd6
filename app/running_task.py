"""What the work on a task hears and tells while it goes on."""

import time
from collections.abc import Callable

from corpus.errors import CancelledError, NotFoundError
from corpus.register_tasks import CANCELLED, Tasks

_TELL_SECONDS = 0.5  # between two times that progress is kept, or the register is asked whether to go on
_ALIVE_SECONDS = 60.0  # without progress, after which the register hears that the work goes on


class RunningTask:
    """One task that was begun; for one thread at a time, and not more often in the register than anybody would look."""

    def __init__(self, tasks: Tasks, task_id: str, stopping: Callable[[], bool]) -> None:
        self._tasks = tasks
        self._task_id = task_id
        self._stopping = stopping
        self._cancelled = False
        self._told_at = self._asked_at = time.monotonic()

    def progress(self, share: float) -> None:
        """Say how far it is, from 0 to 1; CancelledError once it was broken off."""
        if self.cancelled():
            raise CancelledError(CANCELLED)
        now = time.monotonic()
        if now >= self._told_at + _TELL_SECONDS:
            self._tasks.progress(self._task_id, share)
            self._told_at = now

    def stopped(self) -> bool:
        """Whether to end at the next good moment: the service stops, or the task was broken off."""
        return self._stopping() or self.cancelled()

    def cancelled(self) -> bool:
        """Whether it was broken off, through this process or another; half a second may pass before it is heard."""
        now = time.monotonic()
        if not self._cancelled and now >= self._asked_at + _TELL_SECONDS:
            self._cancelled = self._is_unwanted()
            self._asked_at = now
            if now >= self._told_at + _ALIVE_SECONDS:
                self._tasks.alive(self._task_id)
                self._told_at = now
        return self._cancelled

    def _is_unwanted(self) -> bool:
        """Whether it was broken off, or is gone altogether."""
        try:
            return self._tasks.get(self._task_id).cancelled
        except NotFoundError:
            return True
