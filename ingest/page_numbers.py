"""Which part of the text stands on which page, where the file or a printed number tells; never counted or guessed."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from corpus.document import PageSpan, Stretch
from ingest.furniture import Furniture
from ingest.lines import Line
from ingest.positions import Positions
from ingest.source_text import SourcePage

_GAP = 3
_MARKED = 3


def printed_pages(lines: Sequence[Line], furniture: Sequence[Furniture], length: int) -> list[SourcePage]:
    """The pages of a plain text that print their number, as stretches of its source of `length` characters.

    A number at the top of its page holds to the next page start, one at the bottom back to the last page start; where
    pages begin without a mark, three blank lines may be a page end, and a number that could stand at either has none.
    """
    numbered = [item for item in furniture if item.number is not None]
    starts = [index for index, line in enumerate(lines) if line.new_page or not index]
    marked = len(starts) > _MARKED
    pages: list[SourcePage] = []
    for place, item in enumerate(numbered):
        before = numbered[place - 1] if place else None
        after = numbered[place + 1] if place + 1 < len(numbered) else None
        extent = _extent(lines, starts, item, before, after, marked)
        if extent is not None:
            start, end = lines[extent[0]].start, lines[extent[1]].start if extent[1] < len(lines) else length
            if not pages or pages[-1].end <= start:
                pages.append(SourcePage(number=item.number, start=start, end=end))
    return pages


def _extent(
    lines: Sequence[Line],
    starts: Sequence[int],
    item: Furniture,
    before: Furniture | None,
    after: Furniture | None,
    marked: bool,
) -> tuple[int, int] | None:
    """The lines [start, end) on the page of a printed number, None where that cannot be told."""
    here = item.line
    place = bisect_right(starts, here)
    first, last = starts[place - 1], starts[place] if place < len(starts) else len(lines)
    gap_before = _GAP if lines[here].new_page or here == 0 else lines[here].blanks
    gap_after = _GAP if last == here + 1 else lines[here + 1].blanks
    if lines[here].new_page and last > here + 1:
        return here, _header_end(lines, item, after, last, marked)
    if last == here + 1 or gap_after > gap_before:
        return _footer_start(lines, item, before, first), here + 1
    if gap_before > gap_after:
        return here, _header_end(lines, item, after, last, marked)
    return None


def _header_end(lines: Sequence[Line], item: Furniture, after: Furniture | None, last: int, marked: bool) -> int:
    if after is not None and after.line < last:
        if _follows(item, after):
            return after.line
        last = after.line
    if marked:
        return last
    return next((index for index in range(item.line + 2, last) if lines[index].blanks >= _GAP), last)


def _footer_start(lines: Sequence[Line], item: Furniture, before: Furniture | None, first: int) -> int:
    if before is not None and before.line >= first:
        if _follows(before, item):
            return before.line + 1
        first = before.line + 1
    starts = [index for index in range(first + 1, item.line) if lines[index].blanks >= _GAP]
    return starts[-1] if starts else first


def _follows(one: Furniture, two: Furniture) -> bool:
    return one.number is not None and two.number == one.number + 1


def page_spans(pages: Sequence[SourcePage], stretches: Sequence[Stretch], length: int) -> tuple[PageSpan, ...]:
    """The pages as spans that tile a canonical text of `length` characters; nothing where no page is known."""
    if not pages:
        return ()
    return tuple(_tiled(pages, Positions(stretches), length))


def _tiled(pages: Sequence[SourcePage], positions: Positions, length: int) -> Iterator[PageSpan]:
    position = 0
    for place, page in enumerate(pages):
        following = pages[place + 1].start if place + 1 < len(pages) else None
        touching = following is not None and following <= page.end + 1
        start = positions.of(page.start)
        end = positions.of(following if touching and following is not None else page.end)
        if start > position:
            yield PageSpan(None, position, start)
        if end > max(start, position):
            yield PageSpan(page.number, max(start, position), end)
            position = end
    if position < length:
        yield PageSpan(None, position, length)
