"""Ctrl-C in a command that can stop at a good moment."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def heeding_interrupts(notify: Callable[[str], None]) -> Iterator[Callable[[], bool]]:
    """What tells whether Ctrl-C was pressed; pressed again it ends the program as always.

    Only the main thread hears of it; in another, or where interrupts are ignored, nothing changes.
    """
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) in (
        signal.SIG_IGN,
        None,
    ):
        yield pressed.is_set
        return

    def heed(number: int, frame: FrameType | None) -> None:
        if pressed.is_set():
            signal.default_int_handler(number, frame)
        pressed.set()
        notify("stopping after the document at hand; press Ctrl-C again to stop at once")

    before = signal.signal(signal.SIGINT, heed)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
