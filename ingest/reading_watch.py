"""What is heard of the reading of one file, and what it comes to."""

import time
from pathlib import Path

from corpus.document import Document
from corpus.errors import DocumentError
from corpus.reason import Reason, Why, because
from ingest.limits import Limits
from ingest.reading_wire import LONGEST_PLACE, RESULTS, Kind, Message, decode


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
                raise self._refused(Why.MANY_PAGES, pages=self._pages, most=self._limits.pages)
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
        if kind is Kind.REFUSED:
            raise DocumentError(str(self._path), self._reason(content))
        if kind is Kind.TOO_LARGE:
            raise self._refused(Why.MUCH_MEMORY, mebibytes=self._limits.memory >> 20)
        if kind is Kind.TOO_LONG:
            raise self._refused(Why.MUCH_TEXT, mebibytes=self._limits.output >> 20)
        raise self._refused(Why.READER_FAILED, place=content[:LONGEST_PLACE].decode("utf-8", "replace"))

    def too_long(self) -> DocumentError:
        """It had all its time."""
        return self._refused(Why.LONG_READING, seconds=round(self._seconds))

    def broke(self, code: int) -> DocumentError:
        """It ended before it answered; negative codes are signals."""
        return self._refused(Why.ENDED_BY_SIGNAL if code < 0 else Why.ENDED_WITH_CODE, number=abs(code))

    def _reason(self, content: bytes) -> Reason:
        try:
            return Reason.from_json(content)
        except ValueError:
            raise self._wrong() from None

    def _wrong(self) -> DocumentError:
        return self._refused(Why.NO_SENSE)

    def _refused(self, why: Why, **values: str | int) -> DocumentError:
        return DocumentError(str(self._path), because(why, **values))
