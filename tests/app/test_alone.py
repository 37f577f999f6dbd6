"""Who may change the documents: one at a time, each in the turn in which it came, in threads and in processes."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.alone import Alone
from corpus.errors import DataDirectoryError
from tests.app.waits import until

ROOT = Path(__file__).parents[2]
HOLDS = """
import pathlib, sys
from app.alone import Alone
with Alone(pathlib.Path(sys.argv[1]))():
    print("in", flush=True)
    input()
"""


@pytest.fixture
def alone(tmp_path: Path) -> Alone:
    return Alone(tmp_path)


def no_longer() -> bool:
    return False


@contextmanager
def process_that_holds(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDS, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "in\n"
            yield process
        finally:
            process.kill()


def test_who_is_alone_is_not_asked_to_wait(alone: Alone) -> None:
    asked: list[bool] = []

    def asks() -> bool:
        asked.append(True)
        return True

    for _ in range(2):
        with alone(asks) as mine:
            assert mine
    assert asked == []


def test_who_has_it_has_it_once_more_and_lets_go_of_it_at_the_end(alone: Alone) -> None:
    got: list[bool] = []

    def other() -> None:
        with alone(no_longer) as mine:
            got.append(mine)

    def ask_elsewhere() -> None:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

    with alone(no_longer):
        with alone(no_longer) as mine:
            assert mine
        ask_elsewhere()
    ask_elsewhere()
    assert got == [False, True]


def test_who_will_not_wait_does_not_get_it(alone: Alone) -> None:
    with alone():
        refused: list[bool] = []

        def attempt() -> None:
            with alone(no_longer) as mine:
                refused.append(not mine)

        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
        assert refused == [True]
    with alone(no_longer) as mine:
        assert mine


def test_who_comes_first_goes_first(alone: Alone) -> None:
    order: list[int] = []
    inside: list[int] = []
    waiting = [threading.Event() for _ in range(6)]

    def work(number: int) -> None:
        def asked() -> bool:
            waiting[number].set()
            return True

        with alone(asked) as mine:
            assert mine
            inside.append(number)
            order.append(number)
            assert inside == [number]
            inside.remove(number)

    threads = []
    with alone():
        for number in range(6):
            threads.append(threading.Thread(target=work, args=(number,)))
            threads[-1].start()
            assert waiting[number].wait(20)
    for thread in threads:
        thread.join()
    assert order == list(range(6))


def test_who_gives_up_lets_the_next_one_go(alone: Alone) -> None:
    got: list[str] = []
    stopping = threading.Event()
    asked = {"first": threading.Event(), "second": threading.Event()}

    def work(name: str) -> None:
        def wait_on() -> bool:
            asked[name].set()
            return name == "second" or not stopping.is_set()

        with alone(wait_on) as mine:
            got.append(f"{name} {mine}")

    with alone():
        threads = []
        for name in asked:
            threads.append(threading.Thread(target=work, args=(name,)))
            threads[-1].start()
            assert asked[name].wait(20)
        stopping.set()
        until(lambda: got == ["first False"])
    for thread in threads:
        thread.join()
    assert got == ["first False", "second True"]


def test_an_interrupt_while_it_waits_leaves_its_place(alone: Alone) -> None:
    def interrupted() -> bool:
        raise KeyboardInterrupt

    faults: list[type[BaseException]] = []

    def work() -> None:
        try:
            with alone(interrupted):
                raise AssertionError("it was not its turn")
        except KeyboardInterrupt as interrupt:
            faults.append(type(interrupt))

    with alone():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert faults == [KeyboardInterrupt]
    with alone(no_longer) as mine:
        assert mine


def test_a_process_waits_for_another_and_for_no_dead_one(alone: Alone, tmp_path: Path) -> None:
    with process_that_holds(tmp_path) as process:
        with alone(no_longer) as mine:
            assert not mine
        got: list[bool] = []
        asked = threading.Event()

        def work() -> None:
            def wait_on() -> bool:
                asked.set()
                return True

            with alone(wait_on) as mine:
                got.append(mine)

        thread = threading.Thread(target=work)
        thread.start()
        assert asked.wait(20)
        assert got == []
        process.kill()
        thread.join(20)
        assert got == [True]


def test_a_process_does_not_come_twice_while_another_waits(tmp_path: Path) -> None:
    """Two that share a folder as two processes do: each with locks of its own."""
    busy, waiting = Alone(tmp_path), Alone(tmp_path)
    order: list[str] = []
    asked = threading.Event()

    def work() -> None:
        def wait_on() -> bool:
            asked.set()
            return True

        with waiting(wait_on):
            order.append("waiting")

    thread = threading.Thread(target=work)
    with busy():
        thread.start()
        assert asked.wait(20)
    with busy():
        order.append("busy")
    thread.join(20)
    assert order == ["waiting", "busy"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataDirectoryError, match="cannot be written"), Alone(tmp_path / "file")():
        raise AssertionError("it was held")
