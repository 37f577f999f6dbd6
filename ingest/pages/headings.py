"""Which groups of lines are headings: from their type, their length and what stands under them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.pages.chapter_titles import with_titles
from ingest.pages.group import Group, Role, is_bulleted
from ingest.pages.heading_ranks import KEYWORD, NUMBERS, Look, heading_ranks
from ingest.pages.outline import OutlineEntry
from ingest.pages.paragraphs import ends_sentence, is_short
from ingest.pages.signatures import find_signatures

_LARGER = 1.12
_SMALLER = 0.9
_TITLE = 1.4
_LONGEST = 250
_LONGEST_OF_BODY_SIZE = 160
_COVER = 90
_SAME_SIZE = 1.04
_OFTEN = 3
_CAPTION = re.compile(
    r"(?i)(?:tabel|figuur|grafiek|kaart|afbeelding|foto|bron|table|figure)\b[\s:]*[\divx.a-z]{0,5}[.:]?(?:\s|$)"
)
_INNER_STOP = re.compile(r"[a-z]{3}[.!?] [A-Z]")
_SENTENCE = 60


def with_headings(
    groups: Sequence[Group], outline: Sequence[OutlineEntry], printed: Mapping[int, int], body: float
) -> list[Group]:
    """The groups with their headings marked.

    `printed` gives the page of the file for a printed page number, `body` is the font size of the text.
    """
    groups = with_titles(groups, body)
    signatures = find_signatures(groups)
    plain = _is_mostly_plain(groups, body)
    often = Counter(_look(group, body) for group in groups if _may_be_subheading(group, body))
    looks = {
        place: _look(group, body)
        for place, group in enumerate(groups)
        if place not in signatures
        and (
            _stands_out(group, body, plain)
            or (
                _may_be_subheading(group, body)
                and often[_look(group, body)] >= _OFTEN
                and _opens_text(groups, place, body)
            )
        )
    }
    title = _cover(groups, looks, body)
    ranks = heading_ranks(groups, looks, title, outline, printed)
    return [
        replace(group, role=Role.HEADING, rank=ranks[place]) if place in ranks else group
        for place, group in enumerate(groups)
    ]


def _is_mostly_plain(groups: Sequence[Group], body: float) -> bool:
    bold = total = 0
    for group in groups:
        for line in group.lines:
            if line.size > _SMALLER * body:
                total += len(line.text)
                bold += len(line.text) if line.bold else 0
    return 2 * bold < total


def _look(group: Group, body: float) -> Look:
    line = group.lines[0] if group.lines else None
    if line is None:
        return (0.0, False, False, False, False)
    size = body if body / _SAME_SIZE < line.size < body * _SAME_SIZE else round(line.size * 2) / 2
    return (size, line.bold, _is_capitals(group.text), line.underlined, line.italic)


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) > 3


def _is_title_like(group: Group, lines: int, longest: int) -> bool:
    """Whether a group is short enough, and reads, as a heading."""
    if group.role not in (Role.PARAGRAPH, Role.ITEM) or len(group.lines) > lines:
        return False
    text = group.text
    if len(text) > 2 * longest:
        return False
    letters = sum(map(str.isalpha, text))
    if not 2 <= letters <= longest or letters < 0.5 * (len(text) - sum(map(str.isspace, text))):
        return False
    if group.role is Role.ITEM and is_bulleted(group.lines[0]):
        return False
    if len(text) > _SENTENCE and _INNER_STOP.search(text):
        return False
    return not text.endswith((",", ";")) and "@" not in text and "www." not in text and "://" not in text


def _stands_out(group: Group, body: float, plain: bool) -> bool:
    """Whether a group is larger than the text, or bold where the text is not, and reads as a heading."""
    if not group.lines:
        return False
    size = group.size
    if size >= _LARGER * body and not _CAPTION.match(group.text):
        longest = _LONGEST if size >= _TITLE * body else _LONGEST_OF_BODY_SIZE
        if not _is_title_like(group, 4 if size >= _TITLE * body else 3, longest):
            return False
        return _starts_as_title(group.text) and not (ends_sentence(group.text) and len(group.text) > 80)
    if not plain or size < _SMALLER * body or not all(line.bold for line in group.lines):
        return bool(KEYWORD.match(group.text)) and size >= _SMALLER * body and _is_lone_keyword(group)
    return (
        _is_title_like(group, 3, _LONGEST_OF_BODY_SIZE)
        and _starts_as_title(group.text)
        and (not group.text.endswith(".") or bool(NUMBERS.match(group.text)))
        and not _CAPTION.match(group.text)
    )


def _is_lone_keyword(group: Group) -> bool:
    """Whether a group is no more than "Hoofdstuk 2 Visie" on a line of its own."""
    return _is_title_like(group, 1, 60) and not ends_sentence(group.text) and group.gap > 0.2


def _starts_as_title(text: str) -> bool:
    start = next((character for character in text if character.isalnum()), "a")
    return start.isupper() or start.isdigit() or text[:1] in '…‘“"' or bool(NUMBERS.match(text))


def _may_be_subheading(group: Group, body: float) -> bool:
    """Whether a short line in italics or capitals, or underlined, may be a heading of text as large as it is."""
    if not 0 < len(group.lines) <= 2 or not _SMALLER * body <= group.size < _LARGER * body:
        return False
    told = all(line.italic for line in group.lines) or all(line.underlined for line in group.lines)
    if not (told or _is_capitals(group.text)) or group.text.endswith("."):
        return False
    return (group.text[:1].isupper() or group.text[:1].isdigit()) and _is_title_like(group, 2, 120)


def _opens_text(groups: Sequence[Group], place: int, body: float) -> bool:
    """Whether a group is short and directly above plain text."""
    if place + 1 == len(groups) or (place and groups[place].gap < 0.2):
        return False
    group, following = groups[place], groups[place + 1]
    if following.role not in (Role.PARAGRAPH, Role.ITEM) or _look(following, body) == _look(group, body):
        return False
    last = group.lines[-1]
    return is_short(last, following.lines[0], group.right) and following.text[:1].isalnum()


def _cover(groups: Sequence[Group], looks: dict[int, Look], body: float) -> int | None:
    """The title on a first page with few words, whose other lines are no headings."""
    first = [place for place, group in enumerate(groups) if group.page == 1]
    if sum(len(groups[place].text.split()) for place in first) > _COVER or len(groups) == len(first):
        return None
    for place in first:
        looks.pop(place, None)
    lines = [place for place in first if groups[place].lines and _is_title_like(groups[place], 4, _LONGEST)]
    largest = max(lines, key=lambda place: (groups[place].size, -place), default=None)
    if largest is None or groups[largest].size < _LARGER * body:
        return None
    return largest
