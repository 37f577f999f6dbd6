"""The parts in which a long document is read, so that no page grows with its document."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from corpus.document import Section, TextSpan

MOST_CHARACTERS = 80_000


def parts_of(text: str, sections: Sequence[Section], most: int = MOST_CHARACTERS) -> tuple[TextSpan, ...]:
    """Stretches that tile the text, each at most so many characters; at least one.

    They begin with a section where they can, else with a line.
    """
    starts = [section.start for section in sections]
    cuts = [0]
    while len(text) - cuts[-1] > most:
        cuts.append(_cut(text, starts, cuts[-1], most))
    return tuple(TextSpan(start, end) for start, end in pairwise([*cuts, len(text)])) or (TextSpan(0, 0),)


def part_at(parts: Sequence[TextSpan], position: int) -> int:
    """The number (from 1) of the part in which a character stands."""
    return max(1, bisect_right([part.start for part in parts], position))


def _cut(text: str, starts: Sequence[int], start: int, most: int) -> int:
    """Where the part that begins at `start` ends; one that halves it is no help."""
    last, least = start + most, start + most // 2
    section = starts[bisect_right(starts, last) - 1] if starts and starts[0] <= last else 0
    if section > least:
        return section
    line = text.rfind("\n", least, last) + 1
    return line or last
