"""The headings of a document as a tree to walk through it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.web.parts import part_at
from corpus.document import Section, TextSpan

_MOST_ENTRIES = 300
_MOST_HERE = 600
_DEEPEST = 6


@dataclass(slots=True)
class Heading:
    """A heading, the section that begins with it and the part of the document where that is; `below` it its own.

    `current` is the one under which the passage stands that is read.
    """

    title: str
    section: int
    part: int
    depth: int
    below: list["Heading"] = field(default_factory=list)
    current: bool = False


def contents_of(
    sections: Sequence[Section], parts: Sequence[TextSpan], here: int, current: int | None = None
) -> list[Heading]:
    """The headings of part `here`, and of the other parts as many levels as keep the tree short.

    `current` is the number of the section that is read; where its heading is left out, the one above it is marked.
    """
    top = Heading("", 0, 0, 0)
    way: list[Heading] = []
    stack = [top]
    depths = [0] * (_DEEPEST + 1)
    for number, section in enumerate(sections):
        path = section.path[:_DEEPEST]
        same = _shared(stack, path)
        if same == len(path) and path and section.heading_end > section.start and len(section.path) == same:
            same -= 1  # the same heading once more
        del stack[same + 1 :]
        for title in path[same:]:
            entry = Heading(title, number, part_at(parts, section.start), len(stack))
            depths[entry.depth] += 1
            stack[-1].below.append(entry)
            stack.append(entry)
        if number == current:
            way = stack[1:]
    deepest = max((depth for depth in range(_DEEPEST + 1) if sum(depths[: depth + 1]) <= _MOST_ENTRIES), default=0)
    kept = _kept(top.below, here, deepest, [_MOST_HERE])
    _mark(kept, way)
    return kept


def section_of(sections: Sequence[Section], start: int, end: int, path: Sequence[str]) -> int | None:
    """The number of the section of this path that a stretch of text is in; else of that in which it begins."""
    met = [number for number, section in enumerate(sections) if section.start < end and start < section.end]
    own = (number for number in met if sections[number].path == tuple(path))
    return next(own, met[0] if met else None)


def _mark(headings: Sequence[Heading], way: Sequence[Heading]) -> None:
    """The last heading on the way that is among those that are shown."""
    last = None
    for heading in way:
        if not any(each is heading for each in headings):
            break
        last, headings = heading, heading.below
    if last is not None:
        last.current = True


def _shared(stack: Sequence[Heading], path: Sequence[str]) -> int:
    count = 0
    while count < len(path) and count + 1 < len(stack) and stack[count + 1].title == path[count]:
        count += 1
    return count


def _kept(headings: Sequence[Heading], here: int, deepest: int, room: list[int]) -> list[Heading]:
    kept = []
    for heading in headings:
        below = _kept(heading.below, here, deepest, room)
        if below or heading.depth <= deepest or (heading.part == here and room[0] > 0):
            room[0] -= heading.part == here
            heading.below = below
            kept.append(heading)
    return kept
