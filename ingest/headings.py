"""Which blocks are headings, and how high each stands."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.block import Block, BlockKind
from ingest.contents import Entry, normal_title
from ingest.heading_form import MAX_HEADING, Rank, is_ended, is_row, series_number, series_style

_MAX_BARE = 110
_MAX_WORDS = 16
_GAP = 3
_MOST_TOGETHER = 2
_PARAGRAPH = 120
_AIR = 0.1
_MAX_AIRLESS = 60
_TOP_LIST = """
voorwoord inleiding samenvatting leeswijzer managementsamenvatting nawoord slotwoord slot conclusie conclusies bijlage
bijlagen colofon bronnen bronvermelding literatuur literatuurlijst begrippenlijst begrippen afkortingen
"""
_OPEN_LIST = """
voor door over van met en of de het een in bij tot te wij we dat die is zijn om als naar onze ons hun alle deze dit
"""
TOP_TITLES = frozenset(_TOP_LIST.split())
_OPEN_ENDINGS = frozenset(_OPEN_LIST.split())
_CAPTION = re.compile(r"(?i)(?:afbeelding|figuur|tabel|grafiek|foto|bron|illustratie|noot)\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a heading and its rank (see heading_form.Rank): smaller is nearer to the top."""

    rank: int
    title: str


def find_headings(blocks: Sequence[Block], entries: Sequence[Entry]) -> dict[int, Heading]:
    """The headings among the blocks, by index; `entries` are the titles that the list of contents promises."""
    known = {normal_title(entry.title) for entry in entries if entry.depth == 0}
    bare = _bare_headings(blocks, known)
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
        self._found[index] = Heading(rank, self._blocks[index].text)
        self._series = {style: other for style, other in self._series.items() if other <= rank}
        self._chapters_begun = self._chapters_begun or (
            rank == Rank.CHAPTER and self._blocks[index].kind is BlockKind.HEADING
        )

    def _formed_rank(self, block: Block) -> int:
        rank = block.rank or 0
        if rank == Rank.LETTERED and self._series:
            last = self._found[max(self._found)]
            number = re.match(r"\d+", block.text)
            opened = number is not None and series_number(last.title) == int(number.group())
            return max(self._series.values()) + opened
        return rank

    def _bare_rank(self, index: int) -> int:
        block = self._blocks[index]
        title = block.text
        number = series_number(title)
        if normal_title(title) in self._known:
            return int(Rank.CHAPTER)
        stands_high = not self._known or _is_parted(block)
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
        return int(Rank.OUTER if index in self._outer else Rank.INNER)

    def _opens_chapter(self, index: int, number: int) -> bool:
        """Whether the next heading by its form is numbered under this one, as '1.1' is under '1'."""
        place = bisect_right(self._formed, index)
        return place < len(self._formed) and self._blocks[self._formed[place]].text.startswith(f"{number}.1 ")


def _outer_headings(blocks: Sequence[Block], bare: set[int]) -> set[int]:
    """The bare headings that stand above the others: by how they are set, or by what they are directly followed by."""
    plain = {index for index in bare if series_number(blocks[index].text) is None}
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


def _bare_headings(blocks: Sequence[Block], known: set[str]) -> set[int]:
    """The blocks that are a heading by nothing but their shape: short, without an end, above body text.

    More than a few short lines together are the labels of a picture or a list of names.
    """
    airless = sum(1 for block in blocks if block.blanks) < _AIR * len(blocks)
    candidates = [
        index
        for index in range(len(blocks))
        if _can_be_heading(blocks, index, known)
        and (_has_air(blocks, index) or (airless and _stands_out(blocks, index)))
    ]
    found: set[int] = set()
    start = 0
    while start < len(candidates):
        end = start + 1
        while (
            end < len(candidates)
            and candidates[end] == candidates[end - 1] + 1
            and not _is_parted(blocks[candidates[end]])
        ):
            end += 1
        run = candidates[start:end]
        most = _MOST_TOGETHER + _is_parted(blocks[run[0]])
        if len(run) <= most and _has_body(blocks, run[-1] + 1):
            found.update(run)
        else:
            found.update(index for index in run if _is_known(blocks[index].text, known))
        start = end
    return found | _returning(blocks, found)


def _is_known(text: str, known: set[str]) -> bool:
    return normal_title(text) in known or text.lower() in TOP_TITLES


def _returning(blocks: Sequence[Block], found: set[int]) -> set[int]:
    """The blocks with the very text of a heading that comes back through the document ('Doelen', 'Financiën')."""
    times = Counter(blocks[index].text for index in found)
    return {
        index
        for index, block in enumerate(blocks)
        if times[block.text] >= 2 and block.kind is BlockKind.PARAGRAPH and (block.blanks or block.new_page)
    }


def _is_parted(block: Block) -> bool:
    return block.blanks >= _GAP or block.new_page


def _has_body(blocks: Sequence[Block], index: int) -> bool:
    """Whether the block after a heading is text that can stand under it."""
    if index >= len(blocks):
        return False
    block = blocks[index]
    if block.kind in (BlockKind.CONTENTS, BlockKind.NOTE):
        return False
    if block.kind in (BlockKind.ITEM, BlockKind.ROW, BlockKind.HEADING):
        return not _is_lower_item(block)
    return len(block.text) >= 60 or is_ended(block.text)


def _is_lower_item(block: Block) -> bool:
    """Whether a list item begins with a small letter: then the line above it leads in, and is no heading."""
    word = re.search(r"[^\W\d_]", block.text)
    return block.kind is BlockKind.ITEM and word is not None and word.start() <= 3 and word.group().islower()


def _can_be_heading(blocks: Sequence[Block], index: int, known: set[str]) -> bool:
    block = blocks[index]
    text = block.text
    if len(text) > MAX_HEADING:
        return False
    numbered = series_number(text) is not None
    strong = block.bold or numbered
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or len(text) > (MAX_HEADING if strong else _MAX_BARE):
        return False
    if normal_title(text) in known:
        return True
    if (len(text.split()) > _MAX_WORDS and not strong) or _CAPTION.match(text):
        return False
    if (is_ended(text) and not text.endswith("?") and not (numbered and block.bold)) or text.endswith(","):
        return False
    if text.rsplit(maxsplit=1)[-1].lower() in _OPEN_ENDINGS or sum(map(str.isalpha, text)) * 2 < len(text):
        return False
    if is_row(text) or "=" in text or re.search(r"\s[A-Z]$", text) or _is_in_table(blocks, index):
        return False
    if block.kind is BlockKind.ITEM or text[0].isdigit():
        return numbered and not _has_sibling(blocks, index)
    return text[0].isupper() or (text[0] == "(" and not text.endswith(")"))


def _has_air(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands apart from the text before it."""
    block = blocks[index]
    apart = not index or block.new_page or block.blanks > 0 or _after_heading(blocks, index)
    return apart or block.kind is BlockKind.ITEM or block.text[0].isdigit()


def _stands_out(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is a heading where a file has no blank lines: short, after a full stop, above a paragraph."""
    block = blocks[index]
    if block.lines > 1 or len(block.text) > _MAX_AIRLESS or index + 1 == len(blocks):
        return False
    following = blocks[index + 1]
    return (
        is_ended(blocks[index - 1].text) and following.kind is BlockKind.PARAGRAPH and len(following.text) >= _PARAGRAPH
    )


def _is_in_table(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line stands among the rows of a table: after one, and not above a paragraph."""
    if not index or blocks[index - 1].kind is not BlockKind.ROW or _is_parted(blocks[index]):
        return False
    return index + 1 == len(blocks) or len(blocks[index + 1].text) < _PARAGRAPH


def _after_heading(blocks: Sequence[Block], index: int) -> bool:
    last = blocks[index - 1]
    return last.kind is BlockKind.HEADING or (len(last.text) <= 60 and not is_ended(last.text))


def _has_sibling(blocks: Sequence[Block], index: int) -> bool:
    """Whether a numbered line stands in a list: the number before or after it is its neighbour."""
    number = series_number(blocks[index].text) or 0
    near = [
        series_number(blocks[place].text.lstrip("-•– ")) for place in (index - 1, index + 1) if 0 <= place < len(blocks)
    ]
    return number - 1 in near or number + 1 in near
