"""What reads the files of an ingest."""

from pathlib import Path
from typing import Protocol

from corpus.document import Document


class DocumentReader(Protocol):
    """Reads files to documents; safe to use from several threads."""

    @property
    def at_once(self) -> int:
        """How many files it can read at the same time."""
        ...

    @property
    def recognises(self) -> bool:
        """Whether pages without usable text go through text recognition, on this machine and now."""
        ...

    @property
    def fingerprint(self) -> str:
        """What decides, beside the bytes of a file, whether it can be read: the same while nothing of that changes."""
        ...

    def read(self, path: Path) -> Document:
        """The document in a file; DocumentError with reason and remedy."""
        ...

    def rest(self) -> None:
        """No file is to be read for a while."""
        ...

    def close(self) -> None:
        """Let what is being read fail at once; a later `read` may follow."""
        ...
