"""Columns that were read across: where a text jumps from one sentence into another in mid-line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.document import Damage, Section
from ingest.block import Block, BlockKind

PROBLEM = "Kolommen zijn door elkaar gelezen: de zinnen kunnen in een verkeerde volgorde staan."
_BROKEN_WORD = (
    r"(?<![\w-])[a-zà-ÿ]{3,}[-‐] (?!(?:en|of|tot|noch|t/m|als|dan|naar|respectievelijk|resp|and|or|to)\b)[a-zà-ÿ]{2,}"
)
_NO_NOUN = (
    r"\b(?:[Dd]e|[Oo]nze|[Ee]lke|[Ii]edere) (?:is|zijn|wordt|worden|heeft|hebben|kan|kunnen|om|dat|die|de|het|we|wij|er"
    r"|ze|zij|niet)\b"
)
_OPENED = (
    r"\b(?:de|het|een|van|voor|met|in|op|bij|door|om|naar|te|is|en|of|dat|die|dit|deze|onze|hun|als|ook|aan|uit|over|tot"
    r"|zijn|er|we) (?:In|Voor|Van|Met|Bij|Door|Om|Naar|Is|En|Of|Dat|Die|Dit|Deze|Als|Ook|Aan|Uit|Over|Tot|Er|We"
    r"|Wij|Zij|Ze|Daarnaast|Iedereen|Wanneer|Vanuit|Hierdoor|Vanwege|Niet|Hier) [a-zà-ÿ]"
)
_JUMP = re.compile(f"{_BROKEN_WORD}|{_NO_NOUN}|{_OPENED}")
_NEAR = 2000
_FEWEST = 4
_JUDGED = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})


def damaged_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks between the first and the last jump of each place where several stand close together.

    One jump is a slip of the pen or a name; in print read across columns there is one in every few lines: a word broken
    in mid-line, an article before a verb, a sentence that opens in the middle of another.
    """
    jumps = [
        (block.start + match.start(), index)
        for index, block in enumerate(blocks)
        if block.kind in _JUDGED
        for match in _JUMP.finditer(block.text)
    ]
    return frozenset(
        index for group in _groups(jumps) if len(group) >= _FEWEST for index in range(group[0][1], group[-1][1] + 1)
    )


def find_damages(blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[Damage, ...]:
    """The damaged stretches of a text: from the first such block on to the end of the section of the last, where that
    is near."""
    damages: list[Damage] = []
    for first, last in _runs(sorted(damaged_blocks(blocks))):
        start, end = blocks[first].start, blocks[last].end
        section_end = next((section.end for section in sections if section.start < end <= section.end), end)
        end = section_end if section_end - end <= _NEAR else end
        if damages and start <= damages[-1].end:
            start = damages.pop().start
        damages.append(Damage(start, end, PROBLEM))
    return tuple(damages)


def _runs(indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for place, index in enumerate(indexes):
        if place + 1 == len(indexes) or indexes[place + 1] > index + 1:
            yield indexes[start], index
            start = place + 1


def _groups(jumps: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    group = list(jumps[:1])
    for one, two in pairwise(jumps):
        if two[0] - one[0] > _NEAR:
            yield group
            group = []
        group.append(two)
    if group:
        yield group
