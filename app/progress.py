"""The progress bar of a long command: on a terminal only, on stderr."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO


class Bar(Protocol):
    """A bar that is told how far the work is."""

    def __call__(self, done: int, total: int, label: str) -> None: ...


@contextmanager
def progress_bar(stream: TextIO) -> Iterator[Bar]:
    """A bar on `stream` that is gone when the work is done; nothing at all where `stream` is no terminal."""
    if not stream.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=stream), transient=True) as display:
        task = display.add_task("", total=None)

        def told(done: int, total: int, label: str) -> None:
            display.update(task, completed=done, total=total, description=escape(label))

        yield told


def _silent(done: int, total: int, label: str) -> None:
    """Where nobody looks there is nothing to draw."""
