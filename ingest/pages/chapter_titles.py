"""Titles that stand below the number of their chapter or article, as "HOOFDSTUK 1" with its name on the next line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.pages.group import Group, Role
from ingest.pages.heading_ranks import KEYWORDS
from ingest.pages.paragraphs import ends_sentence

NUMBERED = re.compile(
    rf"(?i)(?:{'|'.join((*KEYWORDS, 'bijlage', 'thema', 'programma'))})\s+(?:\d{{1,3}}|[ivx]{{1,6}})[a-z]?\W*"
)
_LONGEST = 120
_MOST_GAP = 2.5
_LARGER = 1.12


def with_titles(groups: Sequence[Group], body: float) -> list[Group]:
    """The groups, with the number of a chapter and the title below it made one; `body` is the font size of the text."""
    return list(_joined(groups, body))


def _joined(groups: Sequence[Group], body: float) -> Iterator[Group]:
    place = 0
    while place < len(groups):
        group = groups[place]
        following = groups[place + 1] if place + 1 < len(groups) else None
        after = groups[place + 2] if place + 2 < len(groups) else None
        if following is not None and _is_titled(group, following, after, body):
            yield replace(group, role=Role.PARAGRAPH, lines=group.lines + following.lines)
            place += 2
            continue
        yield group
        place += 1


def _is_titled(group: Group, title: Group, after: Group | None, body: float) -> bool:
    """Whether a group is no more than the number of a chapter, and the next its title."""
    if len(group.lines) != 1 or not NUMBERED.fullmatch(group.text) or title.role is not Role.PARAGRAPH:
        return False
    if group.page != title.page or not title.gap < _MOST_GAP or len(title.lines) > 3 or after is None:
        return False
    text = title.text
    if len(text) > _LONGEST or ends_sentence(text) or not text[:1].isupper() or NUMBERED.match(text):
        return False
    number, line = group.lines[0], title.lines[0]
    alike = (number.bold, round(number.size)) == (line.bold, round(line.size))
    plain = not number.bold and number.size < _LARGER * body
    stands_out = line.bold or line.size >= _LARGER * body or text.isupper() or line.italic
    return stands_out or (alike and not plain)
