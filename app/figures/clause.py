"""The part of a sentence that tells of one of its numbers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from app.figures.stems import Concept, Role
from app.figures.value import Value

_BREAK = re.compile(
    r"[;:]\s|,\s|(?<!-)\s(?:en|maar|terwijl|tegenover|waarvan|tegen)\s|\.\s|\s\(|\)\s?"
    r"|\s(?:hoger|lager|meer|minder|groter|kleiner)\sdan\s(?=(?:het|de|in|landelijk|gemiddeld)\b)"
)
_REPORTED = re.compile(
    r"\b(?:blijkt|blijken|bleek|zien|meldt|melden|staat|stelt|weten|constateert|constateren|geschat),?\s"
    r"(?:(?:ook|verder|tevens)\s)?dat\s"
)
_BRACKET = " ("


def find_breaks(text: str) -> list[tuple[int, int]]:
    """Where one part of a sentence ends and the next begins, in order."""
    return [match.span() for match in _BREAK.finditer(text)]


def clause_around(text: str, values: Sequence[Value], place: int, breaks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The part of a sentence around a value that holds no other value, without who says it ("... blijkt dat")."""
    value = values[place]
    floor = values[place - 1].end if place else 0
    ceiling = values[place + 1].start if place + 1 < len(values) else len(text)
    before = bisect_right(breaks, value.start, key=lambda span: span[1]) - 1
    if before >= 0 and breaks[before][1] == value.start and text[slice(*breaks[before])] == _BRACKET:
        before -= 1  # "jongeren in Nederland (44%)"
    first = max([floor, *(match.end() for match in _REPORTED.finditer(text, floor, value.start))])
    if place and before >= 0:
        first = max(first, breaks[before][1])
    if place + 1 == len(values):
        return first, len(text)
    after = bisect_left(breaks, value.end, key=lambda span: span[0])
    inner = [begin for begin, _ in breaks[after:] if begin <= ceiling]
    return first, inner[-1] if inner else ceiling


def enough_told(
    value: Value, start: int, end: int, breaks: Sequence[tuple[int, int]], concepts: Sequence[Concept]
) -> int:
    """Where the clause text[start:end] has told what its value is of, at the latest its end."""
    things = [each.end for each in concepts if each.role is Role.THING and start <= each.start]
    for begin, _ in breaks[bisect_left(breaks, value.end, key=lambda span: span[0]) :]:
        if begin >= end:
            break
        if things and things[0] <= begin:
            return begin
    return end
