"""Writing canonical text while recording how each stretch of the source came into it."""

from corpus.document import Change, Stretch


class SpanMap:
    """Builds the canonical text from left to right; afterwards `stretches` tile both source and text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._length = 0
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
            self._add(source_end, self._source[self._position : source_end], None)

    def replace_to(self, source_end: int, text: str, change: Change) -> None:
        """Let `text` stand for the source up to `source_end`; empty text drops it."""
        if source_end > self._position:
            same = text == self._source[self._position : source_end]
            self._add(source_end, text, None if same else change)

    def text(self) -> str:
        """The canonical text so far."""
        return "".join(self._pieces)

    def stretches(self) -> tuple[Stretch, ...]:
        """The map so far, neighbours with the same reason in one stretch."""
        return tuple(self._stretches)

    def _add(self, source_end: int, text: str, change: Change | None) -> None:
        stretch = Stretch(self._position, source_end, self._length, self._length + len(text), change)
        last = self._stretches[-1] if self._stretches else None
        if last is not None and last.change == change and (change is None or last.start == last.end and not text):
            self._stretches[-1] = Stretch(last.source_start, source_end, last.start, stretch.end, change)
        else:
            self._stretches.append(stretch)
        if text:
            self._pieces.append(text)
        self._position = source_end
        self._length += len(text)
