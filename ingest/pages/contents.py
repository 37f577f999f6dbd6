"""Lists of contents: titles with the number of their page at the right."""

import itertools
import re
from collections.abc import Sequence

from ingest.pages.line import Line

_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}|(?:·\s?){4,}")
_ENTRY = re.compile(r"\S.*?\S?[\s.…·_]*[\s.…·_](?P<number>\d{1,3})")
_LEAST = 3
_MOST_BETWEEN = 2
_ALIGNED = 4.0


def contents_lines(lines: Sequence[Line], pages: int) -> set[int]:
    """Which lines of a column belong to a list of contents; `pages` is the length of the file."""
    numbers = list(map(_number, lines))
    with_leaders = {
        place
        for place, (line, number) in enumerate(zip(lines, numbers, strict=True))
        if number is not None and _LEADERS.search(line.text)
    }
    aligned = _aligned(lines, numbers, pages)
    marked = with_leaders | aligned
    if len(with_leaders) < 2 and len(aligned) < _LEAST:
        return set()
    found: set[int] = set()
    ordered = sorted(marked)
    for place, following in zip(ordered, [*ordered[1:], None], strict=True):
        found.add(place)
        if following is not None and following - place - 1 <= _MOST_BETWEEN:
            found.update(range(place, following))
    first = ordered[0]
    if first and _continues(lines[first - 1], lines[first]):
        found.add(first - 1)
    return found


def ends_entry(line: Line) -> bool:
    """Whether a line of contents has the number of its page."""
    return _number(line) is not None


def _number(line: Line) -> int | None:
    match = _ENTRY.fullmatch(line.text) if line.text[-1:].isdecimal() else None
    return int(match["number"]) if match else None


def _continues(line: Line, following: Line) -> bool:
    """Whether a line is the beginning of a title that ends, with its number, on the line after it."""
    return (
        line.size == following.size
        and line.bold == following.bold
        and following.text[:1].islower()
        and following.baseline - line.baseline < 1.5 * line.size
    )


def _aligned(lines: Sequence[Line], numbers: Sequence[int | None], pages: int) -> set[int]:
    """Lines that end, after some room, with a number; the numbers end at the same place and do not go down."""
    places: list[tuple[int, int, float]] = []
    for place, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        if number is None or len(line.words) < 2 or number > 2 * pages + 20:
            continue
        if not line.words[-1].text.isdigit() or line.words[-1].left - line.words[-2].right < 1.2 * line.size:
            continue
        places.append((place, number, line.right))
    if len(places) < _LEAST:
        return set()
    edge = sorted(right for _, _, right in places)[len(places) // 2]
    kept = [(place, number) for place, number, right in places if abs(right - edge) < _ALIGNED]
    rising = sum(two >= one for (_, one), (_, two) in itertools.pairwise(kept))
    if len(kept) < _LEAST or rising < 0.85 * (len(kept) - 1) or kept[-1][1] <= kept[0][1]:
        return set()
    letters = sum(any(character.isalpha() for character in lines[place].text) for place, _ in kept)
    return {place for place, _ in kept} if letters > 0.9 * len(kept) else set()
