"""Short lines that come back word for word through a text: the fixed blocks of its topics ('Doelen', 'Financiën')."""

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from itertools import pairwise

from ingest.heading_form import heading_form, is_bullet, is_ended, is_item_start, is_row
from ingest.lines import Line

_TIMES = 3
_APART = 5
_MIN_SHARE = 0.75
_MIN_WIDTH, _MAX_WIDTH = 4, 90
_MAX_WORDS = 14
_BULLET = re.compile(r"\W+\s+")
_NO_TITLE = re.compile(
    r"(?i)(?:afbeelding|figuur|tabel|grafiek|foto|bron|illustratie|noot|bijlage|pagina)\b|.*(?:[,&/–-]|\sen|\sof)$"
)


def without_bullet(text: str) -> str:
    """A line without the bullet before it."""
    match = _BULLET.match(text) if is_bullet(text) else None
    return text[match.end() :] if match else text


def find_recurring(lines: Sequence[Line], skipped: Container[int]) -> frozenset[int]:
    """The lines that are such a title, by index; `skipped` lines (lists of contents) do not count.

    A title comes back at least three times, well apart, and nearly always stands apart from the text and from the
    rows of tables around it; then it is one too where a bullet was put before it.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if index not in skipped and _can_come_back(line.text):
            places[line.text].append(index)
    titles = {text for text, found in places.items() if _comes_back(lines, found)}
    bulleted = {
        index
        for index, line in enumerate(lines)
        if index not in skipped and is_bullet(line.text) and without_bullet(line.text) in titles
    }
    return _without_runs({index for text in titles for index in places[text]}) | frozenset(
        index for index in bulleted if _closes_list(lines, index)
    )


def _without_runs(found: set[int]) -> frozenset[int]:
    """Without more than two such lines in a row: those are a letterhead or the cells of a form."""
    runs = [{index - 2, index - 1, index} for index in found if {index - 2, index - 1} <= found]
    return frozenset(found - set().union(*runs))


def _can_come_back(text: str) -> bool:
    if not _MIN_WIDTH <= len(text) <= _MAX_WIDTH or not text[0].isupper() or len(text.split()) > _MAX_WORDS:
        return False
    if (is_ended(text) and not text.endswith("?")) or is_row(text) or is_item_start(text) or heading_form(text):
        return False
    if ": " in text:  # a field and its value
        return False
    return not _NO_TITLE.match(text) and sum(map(str.isalpha, text)) * 2 > len(text)


def _comes_back(lines: Sequence[Line], found: Sequence[int]) -> bool:
    if len(found) < _TIMES or any(two - one < _APART for one, two in pairwise(found)):
        return False
    return sum(_stands_apart(lines, index) for index in found) >= _MIN_SHARE * len(found)


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """Whether a line begins after an end or a gap, is not taken up by the next line, and has no row beside it."""
    line = lines[index]
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is not None and (after.text[0].islower() or is_row(after.text)):
        return False
    if before is None or line.new_page:
        return True
    return not is_row(before.text) and (line.blanks > 0 or is_ended(before.text) or _can_come_back(before.text))


def _closes_list(lines: Sequence[Line], index: int) -> bool:
    """Whether a title with a bullet stands after a finished list and above text, not in a list of questions."""
    if not index or index + 1 == len(lines):
        return False
    before, after = lines[index - 1].text, lines[index + 1].text
    return is_ended(before) and before[-1] not in "?:" and not is_item_start(after) and not after[0].islower()
