"""Passages that say what a better one of the same document says already."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from app.retrieval import Candidate

_WORD = re.compile(r"\w+")
_RUN = 3  # words
_ALIKE = 0.5


def repeats_last(candidates: Sequence[Candidate], quote: Callable[[Candidate], str]) -> list[Candidate]:
    """The candidates in their order, but those that repeat a better one of the same document after all others.

    A passage repeats another when half of the runs of three words in the shorter of the two stand in the other
    (containment of shingles: Broder 1997). Scores of what is put last are brought down so that they never rise.
    """
    kept: list[Candidate] = []
    repeated: list[Candidate] = []
    runs_of: dict[str, list[frozenset[tuple[str, ...]]]] = {}
    for candidate in candidates:
        runs = _runs(quote(candidate))
        others = runs_of.setdefault(candidate.version, [])
        if any(_alike(runs, other) for other in others):
            repeated.append(candidate)
        else:
            kept.append(candidate)
            others.append(runs)
    lowest = kept[-1].score if kept else 1.0
    return [*kept, *_lowered(repeated, lowest)]


def _lowered(candidates: Iterable[Candidate], lowest: float) -> list[Candidate]:
    return [replace(candidate, score=min(candidate.score, lowest)) for candidate in candidates]


def _alike(some: frozenset[tuple[str, ...]], others: frozenset[tuple[str, ...]]) -> bool:
    fewest = min(len(some), len(others))
    return fewest > 0 and len(some & others) >= _ALIKE * fewest


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return frozenset(tuple(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1))
