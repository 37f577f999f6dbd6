"""Which figures are of the same kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.figures.figure import StatedFigure
from app.figures.stems import Role, Stems, fit_together
from app.figures.value import Unit

_LEAST_SHARED = 1.0  # weight of the words for the thing itself that both have
_ALIKE = 0.6  # of the words of the one that has fewest
_SCHOOLS = frozenset(("voortgezet onderwijs", "basisschol", "speciaal onderwijs", "klas", "onderwijs"))  # say their age
_ALIKE_OF_ALL = 0.3  # of the words of both together


@dataclass(frozen=True, slots=True)
class Kind:
    """What a figure is of: of whom, what they have or do, and how much each word for that weighs.

    `counted` is the thing that is counted, where it is not people; `among` tells more about the group ("gescheiden").
    """

    share: bool
    counted: str
    group: str | None
    among: frozenset[str] | None
    things: Mapping[str, float] = field(hash=False)

    @property
    def weight(self) -> float:
        return sum(self.things.values())


def kind_of(figure: StatedFigure, stems: Stems) -> Kind:
    """What tells of which kind a figure is."""
    things: dict[str, float] = {}
    among: set[str] = set()
    for each in figure.concepts:
        if each.role is Role.THING:
            if figure.of and figure.of[0] <= each.start < figure.of[1]:
                among.update(() if each.kind in _SCHOOLS else (each.kind,))
            else:
                things[each.kind] = each.weight
    counted = ""
    if figure.value.unit is Unit.COUNT:
        noun = stems.concepts(figure.value.noun)
        if not any(each.role is Role.GROUP for each in noun):
            counted = noun[-1].kind if noun else figure.value.noun
    return Kind(
        share=figure.value.unit is not Unit.COUNT,
        counted=counted,
        group=figure.group,
        among=frozenset(among) if figure.of else None,
        things=things,
    )


def alike(one: Kind, two: Kind) -> float:
    """The share of their words that two figures have in common; 0 where they are of other people or things."""
    if one.share != two.share or one.counted != two.counted or not _same_people(one, two):
        return 0.0
    shared = sum(weight for kind, weight in one.things.items() if kind in two.things)
    if shared < _LEAST_SHARED:
        return 0.0
    of_one = shared / min(one.weight, two.weight)
    of_all = shared / (one.weight + two.weight - shared)
    return of_one + of_all if of_one >= _ALIKE and of_all >= _ALIKE_OF_ALL else 0.0


def _same_people(one: Kind, two: Kind) -> bool:
    same = one.among is None or two.among is None or one.among == two.among
    return same and fit_together(one.group, two.group)


def grouped(kinds: Sequence[Kind]) -> list[list[int]]:
    """The places of kinds that are alike, each in one group at most: around the kind with the fewest words.

    Of those in a group no two are of other people. Only kinds that share a word are compared, and the order in which
    they are given makes no difference.
    """
    groups: list[list[int]] = []
    people: list[dict[tuple[str | None, frozenset[str] | None], Kind]] = []  # one kind of each, by group
    leaders: dict[str, list[int]] = {}  # groups by the words of their first kind
    for place in sorted(range(len(kinds)), key=lambda each: _openness(kinds[each])):
        near: dict[int, float] = {}
        for thing, weight in kinds[place].things.items():
            for group in leaders.get(thing, ()):
                near[group] = near.get(group, 0.0) + weight
        best, most = -1, 0.0
        for group, shared in near.items():
            found = alike(kinds[groups[group][0]], kinds[place]) if shared >= _LEAST_SHARED else 0.0
            if found > most and all(_same_people(each, kinds[place]) for each in people[group].values()):
                best, most = group, found
        if best >= 0:
            groups[best].append(place)
            people[best].setdefault((kinds[place].group, kinds[place].among), kinds[place])
        elif kinds[place].things:
            for thing in kinds[place].things:
                leaders.setdefault(thing, []).append(len(groups))
            groups.append([place])
            people.append({(kinds[place].group, kinds[place].among): kinds[place]})
    return [sorted(group) for group in groups]


def _openness(kind: Kind) -> tuple[float, bool, bool, list[str], str, list[str]]:
    """What has fewest words and tells least of the people comes first; then by what it holds alone."""
    among = kind.among or frozenset()
    return kind.weight, kind.group is not None, bool(among), sorted(kind.things), kind.group or "", sorted(among)
