"""A reader of files in this process, for tests in which the files are no danger."""

from collections.abc import Callable
from pathlib import Path

from corpus.document import Document
from ingest.read import read_document


class PlainReader:
    """A `DocumentReader` around a function."""

    def __init__(
        self,
        read: Callable[[Path], Document] = read_document,
        at_once: int = 1,
        recognises: bool = False,
        fingerprint: str = "plain",
    ) -> None:
        self.read = read
        self.at_once = at_once
        self.recognises = recognises
        self.fingerprint = fingerprint
        self.rests = 0
        self.closes = 0

    def rest(self) -> None:
        self.rests += 1

    def close(self) -> None:
        self.closes += 1
