"""Headings and sections: the blocks of a text put in the tree that a reader of the note would draw."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Section, SectionKind
from ingest.block import Block, BlockKind
from ingest.clean import CleanText
from ingest.contents import normal_title
from ingest.damage import damaged_blocks
from ingest.headings import Heading, find_headings

STRUCTURER = "structure 2"
_COLOPHON_TITLES = frozenset(["colofon", "colophon"])
_COLOPHON_SIGNS = re.compile(
    r"(?i)\b(?:postadres|postbus \d+|bezoekadres|colofon|vormgeving|fotografie|drukwerk|isbn|oplage|eindredactie)\b"
    r"|geen rechten worden ontleend|©|\b(?:tel(?:efoon)?|t)\.?:? ?\(?(?:14 )?0\d{2,3}|\S+@\S+\.nl\b"
)
_MAX_COLOPHON = 1500


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of blocks that becomes one section: the headings that open it and the blocks under them."""

    path: tuple[str, ...]
    kind: SectionKind
    start: int
    heading_end: int


def find_sections(clean: CleanText, headings: Mapping[int, Heading] | None = None) -> tuple[Section, ...]:
    """The sections of a text, which tile it; `headings`, by the index of their block, are found where none are given.

    A heading without text of its own that is followed by a heading below it has no section of its own: the section of
    that lower heading begins with it, so that it can be quoted and no passage is a lone title.
    """
    if not clean.text:
        return ()
    pieces = list(_pieces(clean, headings))
    if not pieces or pieces[0].start > 0:
        pieces.insert(0, _Piece((), SectionKind.BODY, 0, 0))
    sections: list[Section] = []
    for piece, end in zip(pieces, [*(piece.start for piece in pieces[1:]), len(clean.text)], strict=True):
        sections.append(Section(piece.path, piece.kind, piece.start, piece.heading_end, end))
    return tuple(sections)


def _pieces(clean: CleanText, known: Mapping[int, Heading] | None) -> Iterator[_Piece]:
    blocks = clean.blocks
    colophon = _colophon_start(blocks)
    headings = find_headings(blocks[:colophon], clean.entries, damaged_blocks(blocks)) if known is None else known
    stack: list[Heading] = []
    kind: SectionKind | None = None
    pending: int | None = None
    for index, block in enumerate(blocks):
        heading = headings.get(index)
        if heading is not None:
            joins = pending is not None and (heading.rank > stack[-1].rank or _same(heading, stack[-1]))
            if pending is not None and not joins:
                yield _Piece(_path(stack), _kind_of(stack), pending, blocks[index - 1].end)
                pending = None
            while stack and stack[-1].rank >= heading.rank:
                stack.pop()
            stack.append(heading)
            pending = block.start if pending is None else pending
            kind = None
            continue
        found = _block_kind(block, index, colophon, stack)
        if index == colophon and found is SectionKind.COLOPHON:
            stack = stack if pending is not None else []
        if pending is not None:
            yield _Piece(_path(stack), found, pending, blocks[index - 1].end)
        elif found is not kind:
            yield _Piece(_path(stack), found, block.start, block.start)
        pending, kind = None, found
    if pending is not None:
        yield _Piece(_path(stack), _kind_of(stack), pending, blocks[-1].end)


def _same(one: Heading, two: Heading) -> bool:
    return normal_title(one.title) == normal_title(two.title)


def _path(stack: Sequence[Heading]) -> tuple[str, ...]:
    titles = [heading.title for heading in stack]
    return tuple(title for place, title in enumerate(titles) if not place or title != titles[place - 1])


def _kind_of(stack: Sequence[Heading]) -> SectionKind:
    return SectionKind.COLOPHON if stack and stack[-1].title.lower() in _COLOPHON_TITLES else SectionKind.BODY


def _block_kind(block: Block, index: int, colophon: int, stack: Sequence[Heading]) -> SectionKind:
    if block.kind is BlockKind.CONTENTS:
        return SectionKind.CONTENTS
    if block.kind is BlockKind.NOTE:
        return SectionKind.FOOTNOTES
    return SectionKind.COLOPHON if index >= colophon else _kind_of(stack)


def _colophon_start(blocks: Sequence[Block]) -> int:
    """Where the closing address or disclaimer begins: after the last wide gap, short, with its usual words."""
    start = next(
        (i for i in range(len(blocks) - 1, -1, -1) if blocks[i].blanks >= 2 or blocks[i].new_page), len(blocks)
    )
    text = "\n".join(block.text for block in blocks[start:])
    if start and len(text) <= _MAX_COLOPHON and _COLOPHON_SIGNS.search(text):
        return start
    return len(blocks)
