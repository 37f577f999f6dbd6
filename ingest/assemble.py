"""A file that tells its own structure to canonical text: elements become blocks, lines are joined and mended."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from corpus.document import Change, TextBox, TextSpan
from ingest.block import Block, BlockKind
from ingest.clean import CleanText
from ingest.headings import Heading
from ingest.hyphen import Vocabulary
from ingest.joint import MENDED, Joint, Step
from ingest.lines import Line, lines_between
from ingest.marks import Mark, find_odd_characters
from ingest.page_numbers import page_spans
from ingest.positions import Positions
from ingest.structured import Element, ElementKind, Structured
from ingest.writer import Writer

ASSEMBLER = "assemble 1"

_DROPPED = {ElementKind.RUNNING_HEADER: Change.RUNNING_HEADER, ElementKind.PAGE_NUMBER: Change.PAGE_NUMBER}
_KINDS = {
    ElementKind.HEADING: BlockKind.HEADING,
    ElementKind.PARAGRAPH: BlockKind.PARAGRAPH,
    ElementKind.ITEM: BlockKind.ITEM,
    ElementKind.ROW: BlockKind.ROW,
    ElementKind.NOTE: BlockKind.NOTE,
    ElementKind.CONTENTS: BlockKind.CONTENTS,
}
_TIGHT = frozenset({ElementKind.ITEM, ElementKind.ROW, ElementKind.NOTE, ElementKind.CONTENTS})


@dataclass(frozen=True, slots=True)
class Assembled:
    """Canonical text as `clean` gives it, its headings by the index of their block, and what lies where in it."""

    clean: CleanText
    headings: dict[int, Heading]
    tables: tuple[TextSpan, ...]
    recognised: tuple[TextSpan, ...]
    boxes: tuple[TextBox, ...]
    positions: Positions


def assemble(structured: Structured) -> Assembled:
    """Paragraphs on one line each and parted by a blank line, list items and rows on lines of their own.

    Nothing is reordered and no letter is changed; the heading of its column is written before every value of a table.
    What is dropped, replaced or written in stands in the map with its reason.
    """
    source, marks = structured.text, list(find_odd_characters(structured.text))
    dropped: list[tuple[Line, Change]] = []
    parts: list[tuple[Element, list[Step]]] = []
    joining = _Joining(source, marks)
    for element in structured.elements:
        if (change := _DROPPED.get(element.kind)) is not None:
            dropped += [(line, change) for line in joining.lines(element.start, element.end)]
        elif steps := joining.steps(element, parts[-1][0] if parts else None):
            parts.append((element, steps))
    writer = Writer(source, marks, dropped)
    steps = [step for _, steps in parts for step in steps]
    for step, following in zip_longest(steps, steps[1:]):
        writer.write(step, hyphen_goes=following is not None and following.joint is Joint.MEND)
    text, stretches, blocks = writer.finished()
    positions = Positions(stretches)
    pages = page_spans(structured.pages, stretches, len(text))
    return Assembled(
        clean=CleanText(text, stretches, blocks, pages, ()),
        headings=dict(_headings([element for element, _ in parts], blocks)),
        tables=tuple(_tables([element for element, _ in parts], blocks)),
        recognised=tuple(_spans(structured.recognised, positions)),
        boxes=tuple(_boxes(structured, positions)),
        positions=positions,
    )


class _Joining:
    """Elements to lines with their joints."""

    def __init__(self, source: str, marks: Sequence[Mark]) -> None:
        self._source = source
        self._marks = marks
        self._mark_starts = [mark.start for mark in marks]
        self._vocabulary = Vocabulary(source)

    def lines(self, start: int, end: int) -> Iterator[Line]:
        """The visible lines of a stretch."""
        marks = self._marks[bisect_left(self._mark_starts, start) : bisect_left(self._mark_starts, end)]
        return lines_between(self._source, marks, start, end)

    def steps(self, element: Element, before: Element | None) -> list[Step]:
        """The lines of an element; none where nothing of it is visible."""
        opening = _opening(element, before)
        steps: list[Step] = []
        kind = _KINDS[element.kind]
        for start, end, heading in _stretches(element):
            for place, line in enumerate(self.lines(start, end)):
                joint = opening if not steps else self._joint(steps[-1].line, line) if place else Joint.CELL
                steps.append(Step(line, joint, kind, element.rank, f"{heading}: " if heading and not place else ""))
        return steps

    def _joint(self, last: Line, line: Line) -> Joint:
        if last.broken or (last.text.endswith("/") and line.text[0].isalpha()):
            return Joint.NOTHING
        return MENDED[self._vocabulary.mend(last.text, line.text)] or Joint.SPACE


def _stretches(element: Element) -> Iterator[tuple[int, int, str]]:
    """The stretches of an element that are parted by a sign of their own, each with its heading."""
    if element.cells:
        yield from ((cell.start, cell.end, cell.heading) for cell in element.cells)
    else:
        yield element.start, element.end, ""


def _opening(element: Element, before: Element | None) -> Joint:
    if before is None or element.kind not in _TIGHT:
        return Joint.PARAGRAPH
    if before.kind is element.kind:
        return Joint.ITEM if element.table == before.table else Joint.PARAGRAPH
    return Joint.ITEM if element.kind is ElementKind.ITEM and before.kind is ElementKind.PARAGRAPH else Joint.PARAGRAPH


def _headings(elements: Sequence[Element], blocks: Sequence[Block]) -> Iterator[tuple[int, Heading]]:
    for index, (element, block) in enumerate(zip(elements, blocks, strict=True)):
        if element.kind is ElementKind.HEADING and element.rank is not None:
            yield index, Heading(element.rank, block.text)


def _tables(elements: Sequence[Element], blocks: Sequence[Block]) -> Iterator[TextSpan]:
    """The rows of each table that stand together, in one span."""
    first: Block | None = None
    number: int | None = None
    last: Block | None = None
    for element, block in zip(elements, blocks, strict=True):
        if first is not None and last is not None and element.table != number:
            yield TextSpan(first.start, last.end)
            first = None
        if element.table is not None:
            first, number, last = first or block, element.table, block
    if first is not None and last is not None:
        yield TextSpan(first.start, last.end)


def _spans(stretches: Sequence[tuple[int, int]], positions: Positions) -> Iterator[TextSpan]:
    for start, end in stretches:
        span = TextSpan(positions.of(start), positions.of(end))
        if span.end > span.start:
            yield span


def _boxes(structured: Structured, positions: Positions) -> Iterator[TextBox]:
    for box in structured.boxes:
        start, end = positions.of(box.start), positions.of(box.end)
        if end > start:
            yield TextBox(start, end, box.page, box.left, box.top, box.right, box.bottom)
