"""Writing canonical text while recording how each stretch of the source came into it."""

from corpus.document import Change, Stretch


class SpanMap:
    """Builds the canonical text from left to right; afterwards `stretches` tile both source and text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._length = 0
        self._kept_from = 0
        self._pieces: list[str] = []
        self._stretches: list[Stretch] = []

    @property
    def position(self) -> int:
        """How far the source has been accounted for."""
        return self._position

    @property
    def length(self) -> int:
        """The length of the canonical text so far."""
        return self._length

    def keep_to(self, source_end: int) -> None:
        """Take the source over as it is, up to `source_end`."""
        if source_end > self._position:
            self._length += source_end - self._position
            self._position = source_end

    def replace_to(self, source_end: int, text: str, change: Change) -> None:
        """Let `text` stand for the source up to `source_end`; empty text drops it."""
        if source_end <= self._position:
            return
        if text and text == self._source[self._position : source_end]:
            self.keep_to(source_end)
            return
        self._close_kept()
        last = self._stretches[-1] if self._stretches else None
        if last is not None and last.change is change and last.start == last.end and not text:
            self._stretches[-1] = Stretch(last.source_start, source_end, last.start, last.end, change)
        else:
            self._stretches.append(Stretch(self._position, source_end, self._length, self._length + len(text), change))
        self._pieces.append(text)
        self._length += len(text)
        self._position = self._kept_from = source_end

    def text(self) -> str:
        """The canonical text so far."""
        self._close_kept()
        return "".join(self._pieces)

    def stretches(self) -> tuple[Stretch, ...]:
        """The map so far, neighbours with the same reason in one stretch."""
        self._close_kept()
        return tuple(self._stretches)

    def _close_kept(self) -> None:
        """Put what was kept since the last change into the map, as one stretch."""
        kept = self._position - self._kept_from
        if kept:
            self._stretches.append(Stretch(self._kept_from, self._position, self._length - kept, self._length, None))
            self._pieces.append(self._source[self._kept_from : self._position])
            self._kept_from = self._position
