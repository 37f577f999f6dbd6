"""Where a position of the source stands in the canonical text."""

from bisect import bisect_right
from collections.abc import Sequence

from corpus.document import Stretch


class Positions:
    """The span map of a document, to be looked up by position; `stretches` tile its source."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = stretches
        self._starts = [stretch.source_start for stretch in stretches]

    def of(self, source_position: int) -> int:
        """The position in the canonical text; inside a replaced stretch its start, 0 where there is no text."""
        if not self._stretches:
            return 0
        stretch = self._stretches[max(0, bisect_right(self._starts, source_position) - 1)]
        if stretch.change is None:
            return stretch.start + min(source_position, stretch.source_end) - stretch.source_start
        return stretch.start if source_position < stretch.source_end else stretch.end
