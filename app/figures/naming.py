"""What figures of one kind are called, in the words of the texts."""

import re
from collections import Counter
from collections.abc import Sequence, Set

from app.figures.figure import StatedFigure
from app.figures.stems import PEOPLE, Concept, Role
from app.figures.value import Unit

_BETWEEN = re.compile(r"\s(?:(?:van|de|het|een|aan|in|met|voor|op|te|uit|bij|hun|zich|tot|vorm)\s){0,4}")
_MIXED = "aandeel"


def name_of(figures: Sequence[StatedFigure]) -> str:
    """What they have in common, with the people in brackets: "gebruik van jeugdhulp (jeugdigen)".

    The wording that most of them have, and of those the one that reads on best.
    """
    things = [frozenset(each.kind for each in figure.concepts if each.role is Role.THING) for figure in figures]
    shared = frozenset.intersection(*things)
    light = Counter(kind for figure in figures for kind in {e.kind for e in figure.concepts if e.role is Role.LIGHT})
    shared |= {kind for kind, count in light.items() if 2 * count >= len(figures)}
    names = [_thing(figure, shared) for figure in figures]
    wordings = Counter(name.lower() for _, _, name in names)
    _, _, name = min(names, key=lambda each: (-each[1], each[0], -wordings[each[2].lower()], len(each[2])))
    people = _people(figures)
    return f"{name} ({people})" if name and people else name or people


def unit_of(figures: Sequence[StatedFigure]) -> str:
    """The unit as the texts have it; where they differ only what kind of number it is."""
    units = {figure.value.unit for figure in figures}
    if Unit.COUNT not in units:
        return units.pop().value if len(units) == 1 else _MIXED
    nouns = {figure.value.noun.lower() for figure in figures}
    last = {noun.split()[-1] for noun in nouns}
    return nouns.pop() if len(nouns) == 1 else last.pop() if len(last) == 1 else Unit.COUNT.value


def _thing(figure: StatedFigure, shared: Set[str]) -> tuple[int, int, str]:
    """The number of loose pieces, of concepts, and the words from the text."""
    kept: dict[str, Concept] = {}
    for each in figure.concepts:
        if each.kind in shared and each.role is not Role.GROUP and not _is_of(figure, each):
            kept.setdefault(each.kind, each)
    pieces: list[tuple[int, int]] = []
    for each in kept.values():
        if pieces and _BETWEEN.fullmatch(figure.text, pieces[-1][1], each.start):
            pieces[-1] = pieces[-1][0], each.end
        else:
            pieces.append((each.start, each.end))
    name = " ".join(" ".join(_plain(figure.text[start:end]) for start, end in pieces).split())
    return len(pieces), len(kept), name


def _people(figures: Sequence[StatedFigure]) -> str:
    """The words for the people that most of the texts have; empty where one of them tells of none."""
    found: Counter[str] = Counter()
    narrowest = next((each.group for each in figures if each.group not in (None, PEOPLE)), PEOPLE)
    for figure in figures:
        if figure.value.unit is Unit.COUNT and figure.group is None:
            return ""
        own = [each for each in figure.concepts if each.role is Role.GROUP]
        if not own and figure.of is not None:
            found.update([" ".join(figure.text[e.start : e.end].lower() for e in figure.concepts if _is_of(figure, e))])
        first = next((place for place, each in enumerate(own) if each.kind == figure.group), None)
        if first is None or figure.group != narrowest:
            continue
        start, end = own[first].start, own[first].end
        for each in own[first + 1 :]:
            if figure.text[end : each.start].isspace():
                end = each.end
        if own[first].stem != own[first].kind:  # not those of a place, such as Amersfoorters
            found[" ".join(figure.text[start:end].lower().split())] += 1
    return min(found, key=lambda words: (-found[words], len(words), words), default="")


def _is_of(figure: StatedFigure, concept: Concept) -> bool:
    """Whether a word tells of whom a figure is."""
    return figure.of is not None and figure.of[0] <= concept.start < figure.of[1]


def _plain(words: str) -> str:
    """Without the capital of a sentence's first word."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
