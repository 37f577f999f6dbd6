"""Which blocks are headings, and how high each stands."""

import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass

from ingest.bare_headings import TOP_TITLES, find_bare_headings, is_parted, is_period, series_of
from ingest.block import Block, BlockKind
from ingest.contents import Entry, normal_title
from ingest.heading_form import Rank, series_number, series_style
from ingest.recurring import without_bullet

_LETTERED = re.compile(r"(\d{1,2})([a-z])")


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a heading and its rank (see heading_form.Rank): smaller is nearer to the top."""

    rank: int
    title: str


def find_headings(
    blocks: Sequence[Block], entries: Sequence[Entry], damaged: Container[int] = ()
) -> dict[int, Heading]:
    """The headings among the blocks, by index.

    `entries` are the titles that the list of contents promises; of the `damaged` blocks only those are headings that
    show it by their form or come back elsewhere.
    """
    known = {normal_title(entry.title) for entry in entries if entry.depth == 0}
    bare = find_bare_headings(blocks, known, damaged)
    return _Ranking(blocks, bare, known).headings()


class _Ranking:
    """Gives every heading its rank, from the top of the document down."""

    def __init__(self, blocks: Sequence[Block], bare: set[int], known: set[str]) -> None:
        self._blocks = blocks
        self._bare = bare
        self._known = known
        self._outer = _outer_headings(blocks, bare)
        self._found: dict[int, Heading] = {}
        self._series: dict[str, int] = {}
        self._letters: dict[str, int] = {}
        self._themes = 0
        self._below_theme = False
        self._themed = _has_themes(blocks, bare)
        self._chapters_begun = False
        self._formed = [index for index, block in enumerate(blocks) if block.kind is BlockKind.HEADING]

    def headings(self) -> dict[int, Heading]:
        for index, block in enumerate(self._blocks):
            if block.kind is BlockKind.HEADING and block.rank is not None:
                self._add(index, self._formed_rank(block))
            elif index in self._bare:
                self._add(index, self._bare_rank(index))
        return self._found

    def _add(self, index: int, rank: int) -> None:
        self._found[index] = Heading(rank, without_bullet(self._blocks[index].text))
        self._series = {style: other for style, other in self._series.items() if other <= rank}
        self._letters = {letter: other for letter, other in self._letters.items() if other <= rank}
        if rank < Rank.INNER:
            self._themes, self._below_theme = 0, False
        self._themes += rank == Rank.INNER and index in self._bare
        self._chapters_begun = self._chapters_begun or (
            rank == Rank.CHAPTER and self._blocks[index].kind is BlockKind.HEADING
        )

    def _formed_rank(self, block: Block) -> int:
        rank = block.rank or 0
        if rank == Rank.INNER:
            return self._action_rank()
        if rank != Rank.LETTERED:
            return rank
        match = _LETTERED.match(block.text)
        number, letter = match.groups() if match else ("0", "a")
        if self._series:
            last = self._found[max(self._found)]
            rank = max(self._series.values()) + (series_number(last.title) == int(number))
        rank = self._letters.get(f"{number}{chr(ord(letter) - 1)}", rank)
        self._letters[f"{number}{letter}"] = rank
        return rank

    def _action_rank(self) -> int:
        """Actions stand under the one heading above them, where themes and actions take turns; below several headings
        in a row, each with its text, one cannot tell which they belong to."""
        if self._themes:
            self._below_theme = self._themed and self._themes == 1
        self._themes = 0
        return Rank.INNER + self._below_theme

    def _bare_rank(self, index: int) -> int:
        block = self._blocks[index]
        title = block.text
        number = series_of(title)
        if normal_title(title) in self._known:
            return int(Rank.CHAPTER)
        stands_high = not self._known or is_parted(block)
        if title.lower().rstrip(".: ") in TOP_TITLES and not self._chapters_begun and stands_high:
            return int(Rank.CHAPTER)
        if number is not None and self._opens_chapter(index, number):
            return int(Rank.CHAPTER)
        if number is not None:
            style = series_style(title)
            if style not in self._series or (number == 1 and index - 1 in self._found):
                last = self._found.get(index - 1)
                above = max(self._series.values(), default=Rank.SERIES - 1)
                self._series[style] = max(above, last.rank if last and last.rank >= Rank.SERIES else 0) + 1
            return self._series[style]
        if is_period(title):
            return Rank.INNER + 1
        return int(Rank.OUTER if index in self._outer else Rank.INNER)

    def _opens_chapter(self, index: int, number: int) -> bool:
        """Whether the next heading by its form is numbered under this one, as '1.1' is under '1'."""
        place = bisect_right(self._formed, index)
        return place < len(self._formed) and self._blocks[self._formed[place]].text.startswith(f"{number}.1 ")


def _has_themes(blocks: Sequence[Block], bare: set[int]) -> bool:
    """Whether a labelled action is the next heading below a bare one more than once."""
    below = False
    turns = 0
    for index, block in enumerate(blocks):
        if index in bare:
            below = True
        elif block.kind is BlockKind.HEADING:
            turns += below and block.rank == Rank.INNER
            below = False
    return turns > 1


def _outer_headings(blocks: Sequence[Block], bare: set[int]) -> set[int]:
    """The bare headings that stand above the others: by how they are set, or by what they are directly followed by."""
    plain = {index for index in bare if series_of(blocks[index].text) is None and not is_period(blocks[index].text)}
    glued = {
        index for index in plain if index + 1 < len(blocks) and index + 1 not in bare and _is_glued(blocks[index + 1])
    }
    parents = {index for index in plain if index + 1 in plain}
    if len(glued) >= 4 and len(plain - glued) >= 4 and len(glued) * 4 >= len(plain):
        return plain - glued
    votes = sum(blocks[index].text.endswith("?") - blocks[index + 1].text.endswith("?") for index in parents)
    if abs(votes) >= 2:
        return parents | {index for index in plain if blocks[index].text.endswith("?") == (votes > 0)}
    return parents


def _is_glued(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and block.blanks == 0 and not block.new_page
