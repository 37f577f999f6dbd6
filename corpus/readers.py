"""Who is reading: so that what was retired is deleted only when no earlier query can still ask for it."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Readers:
    """Counts the queries of this process; a query that begins later is never waited for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tickets = itertools.count()
        self._reading: set[int] = set()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold this from reading the snapshot until the last passage of the answer is read."""
        with self._changed:
            ticket = next(self._tickets)
            self._reading.add(ticket)
        try:
            yield
        finally:
            with self._changed:
                self._reading.remove(ticket)
                self._changed.notify_all()

    def wait_for_earlier(self) -> None:
        """Return once every query that began before this call has ended; never call it while reading."""
        with self._changed:
            now = next(self._tickets)
            self._changed.wait_for(lambda: all(ticket > now for ticket in self._reading))
