"""A cache that forgets what was used longest ago."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """Values whose costs together stay within `limit`, the last used ones; safe to use from several threads.

    A value that costs more than the limit is not kept at all.
    """

    def __init__(self, limit: int, cost: Callable[[Value], int]) -> None:
        self._limit = limit
        self._cost = cost
        self._lock = threading.Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._total = 0

    def get(self, key: Key) -> Value | None:
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            if key in self._values:
                self._total -= self._cost(self._values.pop(key))
            self._values[key] = value
            self._total += self._cost(value)
            while self._total > self._limit:
                _, oldest = self._values.popitem(last=False)
                self._total -= self._cost(oldest)
