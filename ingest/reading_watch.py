"""What is heard of the reading of one file, and what it comes to."""

import time
from pathlib import Path

from corpus.document import Document
from corpus.errors import DocumentError
from ingest.limits import Limits
from ingest.reading_wire import LONGEST_REASON, RESULTS, Kind, Message, decode


class ReadingWatch:
    """What is heard of one reading, and how long it may still take."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._started = time.monotonic()
        self._seconds = limits.seconds
        self._pages: int | None = None
        self._recognised = 0
        self._result: Message | None = None

    def left(self) -> float:
        """Seconds; 0 when there are none left."""
        return max(0.0, self._started + self._seconds - time.monotonic())

    def hear(self, message: Message) -> bool:
        """Whether more is to come. More pages give more time; DocumentError where there are too many."""
        kind, content = message
        if kind in RESULTS and self._result is None:
            self._result = message
        elif kind is Kind.ENDED:
            return False
        elif kind is Kind.OPENED and self._pages is None and content.isdigit():
            self._pages = int(content[:12])
            if self._pages > self._limits.pages:
                raise self._refused(
                    f"has {self._pages:,} pages, and no more than {self._limits.pages:,} are read; split it into parts"
                )
            self._seconds += self._pages * self._limits.seconds_a_page
        elif kind is Kind.RECOGNISING and self._recognised < (self._pages or 0):
            self._recognised += 1
            self._seconds += self._limits.seconds_a_recognised_page
        else:
            raise self._wrong()
        return True

    def document(self) -> Document:
        """The document that was heard; DocumentError where that is a reason."""
        if self._result is None:
            raise self.broke(0)
        kind, content = self._result
        if kind is Kind.READ:
            try:
                return decode(content)
            except ValueError:
                raise self._wrong() from None
        text = content[:LONGEST_REASON].decode("utf-8", "surrogatepass")
        if kind is Kind.REFUSED:
            raise DocumentError(text)
        if kind is Kind.TOO_LARGE:
            raise self._refused(
                f"takes more than {self._limits.memory >> 20:,} MiB of memory to read; split it into parts, or save it "
                "again from the program that it belongs to"
            )
        if kind is Kind.TOO_LONG:
            raise self._refused(
                f"yields more than {self._limits.output >> 20:,} MiB of text and places; split it into parts"
            )
        raise self._refused(
            f"cannot be read: its reader failed ({text}); save it again from the program that it belongs to, and "
            "please report this"
        )

    def too_long(self) -> DocumentError:
        """It had all its time."""
        return self._refused(
            f"was not read within {self._seconds:,.0f} seconds and was given up; split it into parts, or save it again "
            "from the program that it belongs to"
        )

    def broke(self, code: int) -> DocumentError:
        """It ended before it answered; negative codes are signals."""
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return self._refused(
            f"ended the process that read it ({how}), by damage in the file or for want of memory; open it in the "
            "program that it belongs to and save it again"
        )

    def _wrong(self) -> DocumentError:
        return self._refused(
            "made the process that read it give an answer that makes no sense; open it in the program that it belongs "
            "to and save it again"
        )

    def _refused(self, reason: str) -> DocumentError:
        return DocumentError(f"{self._path} {reason}")
