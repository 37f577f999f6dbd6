"""Ingests that read nothing, and go on for as long as a test wants."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.alone import WaitOn, for_ever
from app.api.schemas import FailureBody, IngestBody, ProgressBody, VanishedBody


class FakeIngest:
    """Tells of each path, then reports it as done; `fail` is raised after the first step. `may_end` holds it up.

    With `until_stopped` it goes on until it is told to stop, which is before the document that fails. Without
    `its_turn` it first waits for that; `dropped` once it was told not to.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[list[Path], Path | None, bool]] = []
        self.prunes: list[bool] = []
        self.vanished: list[VanishedBody] = []
        self.fail: Exception | None = None
        self.may_end = threading.Event()
        self.may_end.set()
        self.ended = threading.Event()
        self.until_stopped = False
        self.seconds_after_stop = 0.0
        self.its_turn = threading.Event()
        self.its_turn.set()
        self.dropped = threading.Event()

    def __call__(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[ProgressBody], None],
        stopped: Callable[[], bool] = lambda: False,
        prune: bool = False,
        wait_on: WaitOn = for_ever,
    ) -> IngestBody:
        self.asked.append((list(paths), catalogue, force))
        self.prunes.append(prune)
        while not self.its_turn.wait(0.01):
            if not wait_on():
                self.dropped.set()
                return _done(0, True, [], [])
        for number, path in enumerate(paths, start=1):
            progress(ProgressBody(document=path.name, done=number, total=len(paths)))
        self.may_end.wait()
        while self.until_stopped and not stopped():
            time.sleep(0.01)
        time.sleep(self.seconds_after_stop)
        if self.fail is not None:
            raise self.fail
        self.ended.set()
        failures = [] if stopped() else [FailureBody(path="b.pdf", reason="beschadigd")]
        return _done(1, stopped(), failures, self.vanished)


def _done(documents: int, stopped: bool, failures: list[FailureBody], vanished: list[VanishedBody]) -> IngestBody:
    return IngestBody(
        documents=documents,
        unchanged=0,
        passages=3 * documents,
        encoded=3 * documents,
        seconds=0.1,
        failures=failures,
        vanished=vanished,
        stopped=stopped,
    )
