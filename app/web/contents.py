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
    """A heading, the section that begins with it and the part of the document where that is; `below` it its own."""

    title: str
    section: int
    part: int
    depth: int
    below: list["Heading"] = field(default_factory=list)


def contents_of(sections: Sequence[Section], parts: Sequence[TextSpan], here: int) -> list[Heading]:
    """The headings of part `here`, and of the other parts as many levels as keep the tree short."""
    top = Heading("", 0, 0, 0)
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
    deepest = max((depth for depth in range(_DEEPEST + 1) if sum(depths[: depth + 1]) <= _MOST_ENTRIES), default=0)
    return _kept(top.below, here, deepest, [_MOST_HERE])


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
