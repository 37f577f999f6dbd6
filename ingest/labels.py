"""Short lines that label a table or a picture, and so are no headings, whatever their shape."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.block import Block, BlockKind
from ingest.heading_form import is_ended
from ingest.tables import find_tables

_MIN_LABELS = 8
_MAX_LABEL = 70
_BARRIERS = frozenset({BlockKind.HEADING, BlockKind.TITLE, BlockKind.CONTENTS, BlockKind.NOTE})


def inside_tables(blocks: Sequence[Block]) -> Iterator[int]:
    """The blocks from the first row of each table to its end."""
    for start, end in _stretches(blocks):
        for table in find_tables([block.text for block in blocks[start:end]]):
            yield from range(start + table.first, start + table.end)


def captions_of_tables(blocks: Sequence[Block], candidates: Sequence[int]) -> tuple[set[int], set[int]]:
    """Of the candidates right above the rows of tables the topmost ones, which are captions, and those below them."""
    captions: set[int] = set()
    below: set[int] = set()
    for start, end in _stretches(blocks):
        for table in find_tables([block.text for block in blocks[start:end]]):
            above = [index for index in candidates if start + table.start <= index < start + table.first]
            captions.update(above[:1])
            below.update(above[1:])
    return captions, below


def mere_labels(blocks: Sequence[Block]) -> Iterator[int]:
    """The blocks of pages without a single sentence: pictures and diagrams, whose labels are no headings."""
    starts = [index for index, block in enumerate(blocks) if block.new_page]
    for start, end in pairwise([*starts, len(blocks)]):
        page = blocks[start:end]
        if len(page) >= _MIN_LABELS and all(
            block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
            and len(block.text) <= _MAX_LABEL
            and not is_ended(block.text)
            for block in page
        ):
            yield from range(start, end)


def _stretches(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The runs of blocks [start, end) between headings that show by themselves, contents and notes."""
    start = 0
    for index, block in enumerate(blocks):
        if block.kind in _BARRIERS:
            if index > start:
                yield start, index
            start = index + 1
    if start < len(blocks):
        yield start, len(blocks)
