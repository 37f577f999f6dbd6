"""What belongs to the paper and not to the text: page numbers and running headers."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Change
from ingest.contents import contents_regions
from ingest.heading_form import is_bullet
from ingest.lines import Line

_NUMBER = re.compile(
    r"(?i)[-–|\s]*(?:pagina|pag\.?|blz\.?|page)?\s*(?P<number>\d{1,3})(?:\s*(?:van|/|of)\s*\d{1,3})?[-–|\s]*"
)
_NUMBERED_LEFT = re.compile(r"(?P<number>\d{1,3})\s*[|•·–-]?\s+(?P<title>\S.*)")
_NUMBERED_RIGHT = re.compile(r"(?i)(?P<title>.*\S)\s+[|•·–-]?\s*(?:pagina\s+)?(?P<number>\d{1,3})(?:\s+van\s+\d{1,3})?")
_PAGE_NUMBER = re.compile(r"^\d{1,3}(?=\D)|(?<=\D)\d{1,3}$|(?<=pagina )\d{1,3}")
_MAX_HEADER = 120
_EDGE = 3


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that is dropped, with the page number that it prints (None where it prints none)."""

    line: int
    change: Change
    number: int | None


def find_furniture(lines: Sequence[Line]) -> list[Furniture]:
    """The running headers and page numbers among the lines of a plain text, in order.

    A number must stand apart from the text around it; a running header is known by its changing number or by its
    return at one page start after another.
    """
    page_of = _pages(lines)
    found = {item.line: item for item in _repeated(lines, page_of)}
    inside = {index for start, end in contents_regions(lines) for index in range(start, end)}
    for item in _numbered_titles(lines):
        found.setdefault(item.line, item)
    for item in _standing_numbers(lines):
        if item.line not in inside:
            found.setdefault(item.line, item)
    return [found[index] for index in sorted(found)]


def _pages(lines: Sequence[Line]) -> list[int]:
    pages, page = [], 0
    for line in lines:
        page += line.new_page
        pages.append(page)
    return pages


def _edges(lines: Sequence[Line], page_of: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The lines near the edge of their page as (line, page, place): 0, 1, 2 from the top, -1, -2, -3 from below."""
    first = 0
    while first < len(lines):
        last = bisect_right(page_of, page_of[first])
        for offset in range(min(_EDGE, last - first)):
            yield first + offset, page_of[first], offset
            yield last - 1 - offset, page_of[first], -1 - offset
        first = last


def _repeated(lines: Sequence[Line], page_of: Sequence[int]) -> Iterator[Furniture]:
    """Lines that come back at the same edge of one page after another, their page number aside."""
    seen: dict[tuple[str, bool], dict[int, int]] = defaultdict(dict)
    for index, page, place in _edges(lines, page_of):
        text = lines[index].text
        can_return = len(text) <= _MAX_HEADER and not text.endswith("?") and not is_bullet(text)
        if can_return and any(character.isalpha() for character in text):
            seen[_PAGE_NUMBER.sub("#", text.lower()), place >= 0].setdefault(page, index)
    for pages in seen.values():
        numbers = sorted(pages)
        near = sum(1 for one, next_one in pairwise(numbers) if next_one - one <= 2)
        if len(numbers) >= 3 and near >= 2 and near * 2 >= len(numbers):
            for index in pages.values():
                yield Furniture(index, Change.RUNNING_HEADER, _printed_number(lines[index].text))


def _printed_number(text: str) -> int | None:
    match = _NUMBERED_LEFT.fullmatch(text) or _NUMBERED_RIGHT.fullmatch(text)
    return int(match["number"]) if match else None


def _numbered_titles(lines: Sequence[Line]) -> Iterator[Furniture]:
    """Lines such as '2 Title of the note' that come back with other numbers, or repeat the title of the note."""
    title = _document_title(lines)
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        if index > 1 and len(line.text) <= _MAX_HEADER:
            match = _NUMBERED_LEFT.fullmatch(line.text) or _NUMBERED_RIGHT.fullmatch(line.text)
            if match and (index + 1 == len(lines) or lines[index + 1].blanks or lines[index + 1].new_page):
                groups[match["title"].lower()].append((index, int(match["number"])))
    for name, found in groups.items():
        numbers = [number for _, number in found]
        rising = len(found) >= 3 and all(one < two for one, two in pairwise(numbers))
        if (rising and _far_apart([index for index, _ in found])) or (len(name) >= 10 and name in title):
            for index, number in found:
                yield Furniture(index, Change.RUNNING_HEADER, number)


def _document_title(lines: Sequence[Line]) -> set[str]:
    """What the first lines say, one by one and joined, in small letters."""
    first = [line.text.lower() for line in lines[:4]]
    return {" ".join(first[start:end]) for start in range(len(first)) for end in range(start + 1, len(first) + 1)}


def _far_apart(indexes: Sequence[int]) -> bool:
    return all(two - one >= 8 for one, two in pairwise(indexes))


def _standing_numbers(lines: Sequence[Line]) -> Iterator[Furniture]:
    """Bare numbers in plain text that stand apart: two blank lines or a page start on one side."""
    found: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        match = _NUMBER.fullmatch(line.text)
        if match and _stands_apart(lines, index):
            found.append((index, int(match["number"])))
    for index, number in _longest_rise(found):
        yield Furniture(index, Change.PAGE_NUMBER, number)


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if index == 0 or index + 1 == len(lines):
        return False
    after = lines[index + 1]
    before_gap, after_gap = line.blanks >= 2 or line.new_page, after.blanks >= 2 or after.new_page
    return (before_gap and (after.blanks >= 1 or after_gap)) or (after_gap and line.blanks >= 1)


def _longest_rise(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest strictly rising run of numbers: a number that falls out of line is no page number."""
    tails: list[int] = []
    chosen: list[int] = []
    before: list[int | None] = []
    for position, (_, number) in enumerate(found):
        place = bisect_left(tails, number)
        before.append(chosen[place - 1] if place else None)
        if place == len(tails):
            tails.append(number)
            chosen.append(position)
        else:
            tails[place] = number
            chosen[place] = position
    run: list[tuple[int, int]] = []
    position_or_none = chosen[-1] if chosen else None
    while position_or_none is not None:
        run.append(found[position_or_none])
        position_or_none = before[position_or_none]
    return run[::-1]
