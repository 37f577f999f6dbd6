"""Headings that show themselves by nothing but their shape and place: short, without an end, above body text."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from ingest.block import Block, BlockKind
from ingest.contents import normal_title
from ingest.heading_form import MAX_HEADING, is_bullet, is_ended, is_row, opens_sentence, series_number, series_style
from ingest.labels import captions_of_tables, inside_tables, mere_labels

_MAX_BARE = 110
_MAX_WORDS = 16
_MAX_WORDS_ON_A_LINE = 18
_MAX_SMALL = 30
_GAP = 3
_MOST_TOGETHER = 2
_PARAGRAPH = 120
_AIR = 0.1
_MAX_AIRLESS = 60
_LONG_TITLE = 25
_TOP_LIST = """
voorwoord inleiding samenvatting leeswijzer managementsamenvatting nawoord slotwoord slot conclusie conclusies bijlage
bijlagen colofon bronnen bronvermelding literatuur literatuurlijst begrippenlijst begrippen afkortingen
"""
_OPEN_LIST = """
voor door over van met en of de het een in bij tot te wij we dat die is zijn om als naar onze ons hun alle deze dit
"""
TOP_TITLES = frozenset(_TOP_LIST.split())
_OPEN_ENDINGS = frozenset(_OPEN_LIST.split())
_CAPTION = re.compile(r"(?i)(?:afbeelding|figuur|tabel|grafiek|foto|bron|illustratie|noot)\b|.*\(bron\b")
_PERIOD = re.compile(r"20\d\d(?:\s*(?:[-–]|t/m|en)\s*20\d\d)?")


def find_bare_headings(blocks: Sequence[Block], known: Container[str], damaged: Container[int]) -> set[int]:
    """The indexes of these headings; `known` are titles that a list of contents promises.

    More than a few short lines together are the labels of a picture or a list of names. A title that comes back word
    for word always is one; in a `damaged` block, a table or a page of mere labels nothing else is.
    """
    airless = sum(1 for block in blocks if block.blanks) < _AIR * len(blocks)
    shunned = set(inside_tables(blocks)) | set(mere_labels(blocks))
    shunned |= {index for index in range(len(blocks)) if index in damaged}
    candidates = [
        index
        for index in range(len(blocks))
        if index not in shunned
        and _can_be_heading(blocks, index, known)
        and (_has_air(blocks, index) or _stands_out(blocks, index, airless))
    ]
    captions, below = captions_of_tables(blocks, candidates)
    found = set(_chosen(blocks, [index for index in candidates if index not in below], known)) | captions
    found |= {index for index, block in enumerate(blocks) if block.kind is BlockKind.TITLE}
    found |= _returning(blocks, found) - shunned
    found |= {index for index in _periods(blocks) if index not in shunned}
    return found | set(_continuing(blocks, found))


def is_parted(block: Block) -> bool:
    """Whether a page or a wide gap stands before a block."""
    return block.blanks >= _GAP or block.new_page


def series_of(text: str) -> int | None:
    """The number of a heading in a numbered series, one that ends in a full stop included."""
    return series_number(text.rstrip("."))


def is_period(text: str) -> bool:
    """Whether a heading is a year or a period."""
    return bool(_PERIOD.fullmatch(text))


def _chosen(blocks: Sequence[Block], candidates: Sequence[int], known: Container[str]) -> Iterator[int]:
    """The candidates that stand in small groups above body text."""
    start = 0
    while start < len(candidates):
        end = start + 1
        while (
            end < len(candidates)
            and candidates[end] == candidates[end - 1] + 1
            and not is_parted(blocks[candidates[end]])
        ):
            end += 1
        run = candidates[start:end]
        most = _MOST_TOGETHER + is_parted(blocks[run[0]])
        whole = len(run) <= most and _has_body(blocks, run[-1] + 1)
        yield from (index for index in run if whole or _is_known(blocks[index].text, known))
        start = end


def _is_known(text: str, known: Container[str]) -> bool:
    return normal_title(text) in known or text.lower() in TOP_TITLES


def _periods(blocks: Sequence[Block]) -> Iterator[int]:
    """The years or periods that head a list: '2024', '2024 – 2026'."""
    for index, block in enumerate(blocks[:-1]):
        following = blocks[index + 1]
        if (
            is_period(block.text)
            and block.blanks
            and following.kind is BlockKind.ITEM
            and not _is_lower_item(following)
        ):
            yield index


def _returning(blocks: Sequence[Block], found: set[int]) -> set[int]:
    """The blocks that say what headings say elsewhere: word for word twice, or a long title without its number."""
    times = Counter(blocks[index].text for index in found)
    long = {title for index in found if len(title := normal_title(blocks[index].text)) >= _LONG_TITLE}
    return {
        index
        for index, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH
        and (block.blanks or block.new_page)
        and not _has_sibling(blocks, index)
        and (
            times[block.text] >= 2
            or (normal_title(block.text) in long and not is_ended(block.text) and _has_body(blocks, index + 1))
        )
    }


def _continuing(blocks: Sequence[Block], found: set[int]) -> Iterator[int]:
    """The next number of a series of headings where it ends in a full stop: '4 Meer aandacht voor overgangen.'"""
    last: dict[str, int] = {}
    for index, block in enumerate(blocks[:-1]):
        number = series_of(block.text)
        style = series_style(block.text)
        if index in found:
            if number is not None:
                last[style] = number
        elif block.kind is BlockKind.HEADING:
            last = {}
        elif number is not None and number == last.get(style, 0) + 1 and number > 1:
            following = blocks[index + 1]
            alone = block.blanks and following.kind is BlockKind.PARAGRAPH and len(following.text) >= _PARAGRAPH
            if alone and block.text.count(". ") <= (style == ".") and block.text.endswith("."):
                last[style] = number
                yield index


def _has_body(blocks: Sequence[Block], index: int) -> bool:
    """Whether the block after a heading is text that can stand under it."""
    if index >= len(blocks):
        return False
    block = blocks[index]
    if block.kind in (BlockKind.CONTENTS, BlockKind.NOTE):
        return False
    if block.kind in (BlockKind.ITEM, BlockKind.ROW, BlockKind.HEADING, BlockKind.TITLE):
        return not _is_lower_item(block)
    return len(block.text) >= 60 or is_ended(block.text)


def _is_lower_item(block: Block) -> bool:
    """Whether a list item begins with a small letter: then the line above it leads in, and is no heading."""
    word = re.search(r"[^\W\d_]", block.text)
    return block.kind is BlockKind.ITEM and word is not None and word.start() <= 3 and word.group().islower()


def _can_be_heading(blocks: Sequence[Block], index: int, known: Container[str]) -> bool:
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
    most_words = _MAX_WORDS_ON_A_LINE if block.lines == 1 else _MAX_WORDS
    if (len(text.split()) > most_words and not strong) or _CAPTION.match(text):
        return False
    if (is_ended(text) and not text.endswith("?") and not (numbered and block.bold)) or text.endswith(","):
        return False
    if text.rsplit(maxsplit=1)[-1].lower() in _OPEN_ENDINGS or sum(map(str.isalpha, text)) * 2 < len(text):
        return False
    if is_row(text) or "=" in text or re.search(r"\s[A-Z]$", text) or _is_in_table(blocks, index):
        return False
    if _is_several(text):
        return False
    if block.kind is BlockKind.ITEM or text[0].isdigit():
        return numbered and not _has_sibling(blocks, index)
    if text[0].islower():
        return _can_be_small(blocks, index)
    return text[0].isupper() or (text[0] == "(" and not text.endswith(")"))


def _can_be_small(blocks: Sequence[Block], index: int) -> bool:
    """Whether a title may begin with a small letter ('p*q-financiering'): one short word between whole blocks."""
    block = blocks[index]
    if len(block.text) > _MAX_SMALL or " " in block.text or not block.blanks or index + 1 >= len(blocks) or not index:
        return False
    following = blocks[index + 1]
    closed = is_ended(blocks[index - 1].text) or blocks[index - 1].kind is BlockKind.ITEM
    return closed and following.blanks > 0 and len(following.text) >= _PARAGRAPH and following.text[0].isupper()


def _is_several(text: str) -> bool:
    """Whether a line holds the titles of several pictures side by side: its first word begins anew."""
    first, *others = text.split()
    return len(first) >= 4 and first[0].isupper() and first in others


def _has_air(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line stands apart from the text before it."""
    block = blocks[index]
    apart = not index or block.new_page or block.blanks > 0 or _after_heading(blocks, index)
    return apart or block.kind is BlockKind.ITEM or block.text[0].isdigit()


def _stands_out(blocks: Sequence[Block], index: int, airless: bool) -> bool:
    """Whether a line is a heading without blank lines around it: short, after a full stop, above a paragraph.

    In a file that has blank lines elsewhere that paragraph must open with a plain sentence.
    """
    block = blocks[index]
    if block.lines > 1 or len(block.text) > _MAX_AIRLESS or index + 1 == len(blocks):
        return False
    following = blocks[index + 1]
    above = following.kind is BlockKind.PARAGRAPH and len(following.text) >= _PARAGRAPH
    lists = following.kind is BlockKind.ITEM and is_bullet(following.text) and not _is_lower_item(following)
    told = (airless and (above or lists)) or (above and opens_sentence(following.text))
    return told and is_ended(blocks[index - 1].text)


def _is_in_table(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line stands among the rows of a table: after one, and not above a paragraph."""
    if not index or blocks[index - 1].kind is not BlockKind.ROW or is_parted(blocks[index]):
        return False
    return index + 1 == len(blocks) or len(blocks[index + 1].text) < _PARAGRAPH


def _after_heading(blocks: Sequence[Block], index: int) -> bool:
    last = blocks[index - 1]
    return last.kind in (BlockKind.HEADING, BlockKind.TITLE) or (len(last.text) <= 60 and not is_ended(last.text))


def _has_sibling(blocks: Sequence[Block], index: int) -> bool:
    """Whether a numbered line stands in a list: the number before or after it is its neighbour."""
    number = series_number(blocks[index].text) or 0
    near = [
        series_number(blocks[place].text.lstrip("-•– ")) for place in (index - 1, index + 1) if 0 <= place < len(blocks)
    ]
    return number - 1 in near or number + 1 in near
