"""Stretches of a document's text that are marked on its page: the passage, and what else answers the question."""

from collections.abc import Iterable
from dataclasses import dataclass

PASSAGE = "passage"
HIT = "treffer"


@dataclass(frozen=True, slots=True)
class Marked:
    """text[start:end]; `id` is the anchor of its first element."""

    start: int
    end: int
    kind: str
    id: str


def apart(passage: Marked | None, hits: Iterable[Marked]) -> tuple[Marked, ...]:
    """The same in order and without overlap: the passage stays whole, a hit gives way to it and to an earlier hit."""
    found: list[Marked] = []
    done = 0
    for hit in sorted(hits, key=lambda each: (each.start, each.end)):
        for start, end in _beside(passage, hit):
            start = max(start, done)
            if start < end:
                found.append(Marked(start, end, hit.kind, hit.id))
                done = end
    if passage is not None:
        found.append(passage)
    return tuple(sorted(found, key=lambda each: each.start))


def _beside(passage: Marked | None, hit: Marked) -> tuple[tuple[int, int], ...]:
    if passage is None:
        return ((hit.start, hit.end),)
    return (hit.start, min(hit.end, passage.start)), (max(hit.start, passage.end), hit.end)
