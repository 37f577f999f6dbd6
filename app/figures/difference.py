"""In what figures side by side are not the same measure, in Dutch."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from app.aspects.years import Years
from app.figures.figure import StatedFigure
from app.figures.stems import Concept, Role
from app.figures.value import Unit
from app.figures.whose import Whose

_MOST_SAID = 6  # ways that are listed with their municipalities
_MOST_NAMES = 4
_EXPRESSED = {Unit.SHARE: "als percentage", Unit.PART: "als deel", Unit.COUNT: "als aantal"}


def differences(figures: Sequence[StatedFigure]) -> Iterator[str]:
    """What the texts tell differently, or leave out; nothing where they agree in all of it."""
    years = _by(figures, lambda figure: _year_words(figure.years))
    if len(years) > 1:
        yield f"niet hetzelfde jaar ({_listed(years)})"
    elif "" in years:
        yield "geen van de teksten noemt een jaar"
    units = _by(figures, lambda figure: _EXPRESSED[figure.value.unit])
    if len(units) > 1:
        yield f"anders uitgedrukt ({_listed(units)})"
    if len({_people(figure) for figure in figures}) > 1:
        yield f"groep anders omschreven ({_listed(_by(figures, _described))})"
    ages = _by(figures, lambda figure: ", ".join(figure.ages))
    if len(ages) > 1:
        yield f"leeftijd niet overal hetzelfde ({_listed(ages)})"
    if len({frozenset(map(_root, _things(figure))) for figure in figures}) > 1:
        yield f"andere woorden ({_listed(_by_words(figures))})"
    unsaid = list(dict.fromkeys(each.municipality.name for each in figures if each.whose is Whose.UNSAID))
    if unsaid:
        yield f"bij {_names(unsaid)} noemt de tekst niet op welke plaats het getal slaat"


def _people(figure: StatedFigure) -> frozenset[str]:
    """Who a figure is of, in stems, apart from where they live."""
    if figure.of is None:
        return frozenset(each.stem for each in figure.concepts if each.role is Role.GROUP)
    start, end = figure.of
    return frozenset(each.stem for each in figure.concepts if start <= each.start < end)


def _described(figure: StatedFigure) -> str:
    if figure.described:
        return figure.described
    people = [figure.text[each.start : each.end].lower() for each in figure.concepts if each.role is Role.GROUP]
    return people[0] if people else ""


def _things(figure: StatedFigure) -> list[Concept]:
    """The words for the thing itself, without those that tell of whom."""
    start, end = figure.of or (0, 0)
    return [each for each in figure.concepts if each.role is Role.THING and not start <= each.start < end]


def _root(concept: Concept) -> str:
    """A stem without what tells a participle: gedronken is dronken."""
    return concept.stem.removeprefix("ge") if len(concept.stem) > 5 else concept.stem


def _by_words(figures: Sequence[StatedFigure]) -> dict[str, list[str]]:
    """The municipalities by the words that not all have, those with the same stems as one."""
    everywhere = frozenset.intersection(*(frozenset(map(_root, _things(figure))) for figure in figures))
    words: dict[frozenset[str], str] = {}

    def own_words(figure: StatedFigure) -> str:
        own = [each for each in _things(figure) if _root(each) not in everywhere]
        said = " ".join(dict.fromkeys(figure.text[each.start : each.end].lower() for each in own))
        return words.setdefault(frozenset(map(_root, own)), said)

    found = _by(figures, own_words)
    none = found.pop("", None)
    return found if none is None else {**found, "zonder die woorden": none}


def _by(figures: Sequence[StatedFigure], told: Callable[[StatedFigure], str]) -> dict[str, list[str]]:
    """The municipalities by what their figures tell; empty where those do not."""
    of: dict[str, list[str]] = {}
    for figure in figures:
        said = of.setdefault(figure.municipality.name, [])
        words = " ".join(told(figure).split())
        if words not in said:
            said.append(words)
    found: dict[str, list[str]] = {}
    for name, said in of.items():
        found.setdefault(" en ".join(each or "niet genoemd" for each in said) if any(said) else "", []).append(name)
    return found


def _listed(told: Mapping[str, Sequence[str]]) -> str:
    said = [f"{_names(names)}: {what}" for what, names in told.items() if what]
    if len(said) > _MOST_SAID:
        said = [*said[:_MOST_SAID], "enzovoort"]
    if "" in told:
        said.append(f"{_names(told[''])}: niet genoemd")
    return "; ".join(said)


def _names(names: Sequence[str]) -> str:
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_MOST_NAMES])} en {len(names) - _MOST_NAMES} andere"
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _year_words(years: Years | None) -> str:
    match years:
        case None | Years(first=None, last=None):
            return ""
        case Years(first=None, last=last):
            return f"tot en met {last}"
        case Years(first=first, last=None):
            return f"vanaf {first}"
        case Years(first=first, last=last):
            return str(first) if first == last else f"{first}-{last}"
