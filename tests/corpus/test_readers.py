"""Waiting for the queries that began earlier, and for no others."""

import threading

from corpus.readers import Readers


def test_waits_for_nobody_when_nobody_reads() -> None:
    Readers().wait_for_earlier()


def test_waits_for_earlier_readers_and_not_for_later_ones() -> None:
    readers = Readers()
    waited, earlier_may_end = threading.Event(), threading.Event()
    started = threading.Barrier(2)

    def earlier() -> None:
        with readers.reading():
            started.wait()
            earlier_may_end.wait()

    def wait() -> None:
        readers.wait_for_earlier()
        waited.set()

    reading, waiting = threading.Thread(target=earlier), threading.Thread(target=wait)
    reading.start()
    started.wait()
    waiting.start()
    assert not waited.wait(0.1)  # an earlier query still runs, and by now the wait has begun
    with readers.reading():
        earlier_may_end.set()
        assert waited.wait(5)  # while a later one runs
    reading.join()
    waiting.join()


def test_a_reader_that_fails_has_ended() -> None:
    readers = Readers()
    try:
        with readers.reading():
            raise ValueError
    except ValueError:
        readers.wait_for_earlier()
