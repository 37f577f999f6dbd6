"""Waiting in a test for what another thread brings about."""

import time
from collections.abc import Callable

_SECONDS = 30.0


def until(happened: Callable[[], object], what: str = "it") -> None:
    """Return once `happened` is true; AssertionError where that takes far too long."""
    deadline = time.monotonic() + _SECONDS
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.01)
