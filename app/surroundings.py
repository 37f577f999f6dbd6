"""What a command works with, besides its arguments."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from app.api.body import Body
from app.console import Console, visible
from app.service import Service
from app.settings import Settings

PROGRAM = "beleidswijzer"
Notify = Callable[[str], None]
Connect = Callable[[Settings, Notify], Service]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a command works with: its settings, where it finds the knowledge base, and where it writes."""

    settings: Settings
    connect: Connect
    output: TextIO
    messages: TextIO
    console: Console

    def notify(self, message: str) -> None:
        """Tell the user something on stderr."""
        print(f"{PROGRAM}: {visible(message)}", file=self.messages, flush=True)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """The knowledge base, closed afterwards."""
        service = self.connect(self.settings, self.notify)
        try:
            yield service
        finally:
            service.close()

    def json(self, body: Body) -> None:
        """A body as REST gives it."""
        print(body.model_dump_json(by_alias=True, indent=2), file=self.output)
