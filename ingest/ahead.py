"""Work that runs ahead of whoever needs its results in order."""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Result = TypeVar("_Result")
Job = Callable[[], _Result]


def run_ahead(
    jobs: Iterable[Job[_Result]], at_once: int, end_running: Callable[[], None]
) -> Generator[Future[_Result], None, None]:
    """For each job, in order, its result to come; `at_once` jobs run in threads, no more than one more waits ahead.

    Closing the generator drops what has not begun, calls `end_running`, which is to let what has begun fail soon, and
    waits for that.
    """
    begun: deque[Future[_Result]] = deque()
    asked: Future[_Result] | None = None
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="ingest")
    try:
        for job in jobs:
            begun.append(pool.submit(job))
            if len(begun) > at_once:
                asked = begun.popleft()
                yield asked
        while begun:
            asked = begun.popleft()
            yield asked
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if any(not each.done() for each in (*begun, asked) if each is not None):
            end_running()
        pool.shutdown(wait=True)
