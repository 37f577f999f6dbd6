"""The group that a figure is a share of, and its ages, as a sentence puts them."""

import re
from collections.abc import Callable

from app.figures.value import Unit, Value

_DETERMINER = (
    r"(?:(?:de|het|al|alle|al|onze|deze|bijna|ruim|ongeveer|circa|totaal aantal|het aantal)\s|\d[\d.]{0,12}\s){0,3}"
)
_ADJECTIVE = r"(?:(?:[\wà-ÿ’'-]{2,40}(?:e|ig)|volwassen|gescheiden|eigen)\s){0,3}"
_NOUN = r"(?:(?:\d{1,2}- (?:en|tot) )?\d{1,2}-jarigen|(?:\d\d-)?[^\W\d_][\wà-ÿ’'-]{1,60})"
_YEARS_OLD = (
    r"(?:tot|van|vanaf|tussen|onder|boven|jonger dan|ouder dan)\s(?:de\s)?\d{1,2}"
    r"(?:\s?(?:-|–|tot|tot en met|t/m|en)\s?\d{1,2})?\s?(?:jaar|-jarigen)(?:\s(?:en|of)\souder)?"
)
_SCHOOL = r"klas \d(?: en \d)?|het (?:voortgezet|basis|primair|speciaal) ?onderwijs"
_MORE = rf"(?:\s{_YEARS_OLD}|\sin\s(?:[A-Z][\wà-ÿ-]{{1,40}}|{_SCHOOL}))"
_GROUP = re.compile(rf"(?P<of>{_ADJECTIVE}{_NOUN}{_MORE}{{0,2}})")
_OF = re.compile(rf"\b(?:[Vv]an|[Bb]ij|[Oo]nder)\s{_DETERMINER}{_GROUP.pattern}")
_SUCH = re.compile(
    r"\s(?:met\s(?:een\s|de\s)?(?:[\w-]{2,40}e\s)?[\w-]{2,60}"
    r"|die\s[^,.;:()%]{3,80}?(?=,|\s(?:heeft|hebben|had|hadden|is|zijn|was|waren|voelt|maakt|krijgt|kreeg|geeft)\b))"
)
_NO_GROUP = re.compile(
    r"(?:de|het|alle|onze|een|elke?|iedere|dit|dat|die|wie|hen|ons|hun|haar|zijn|sprake|begin|eind|kunnen|zullen|doen|te|\d)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:\d{1,2}\s?(?:-|–|tot en met|t/m|tot|en|à)\s?\d{1,2}[ -]?(?:jarigen|jaar)\b"
    r"|(?:tot|onder|boven|vanaf|jonger dan|ouder dan)\s(?:de\s)?\d{1,2}\s?jaar(?:\s(?:en|of)\souder)?"
    r"|\d{1,2}\s?jaar\s(?:en|of)\souder"
    r"|\d{1,2}-(?:,|\sen|\st/m)[^.;]{0,12}\d{1,2}-jarigen|\d{1,2}-jarigen|\d\d-plussers|\d\d\+(?!\w))",
    re.IGNORECASE,
)


def find_of(
    text: str, value: Value, start: int, end: int, tells_people: Callable[[int, int], bool]
) -> tuple[int, int] | None:
    """Where the group stands that a share is of: right after it, or else in its clause text[start:end].

    What stands loose from the number is a group only where the clause begins with it, or where it tells of people.
    """
    if value.unit is Unit.COUNT:
        return None
    after = value.end + len(text[value.end : value.end + 2]) - len(text[value.end : value.end + 2].lstrip(" )"))
    if value.unit is Unit.PART and (group := _GROUP.match(text, after, end)) and tells_people(*group.span("of")):
        return group.span("of")
    right_after = _OF.match(text, after, end)
    loose = (*_OF.finditer(text, start, value.start), *_OF.finditer(text, after, end))
    for each in (*([right_after] if right_after else []), *loose):
        told = each is right_after or each.start() == start or tells_people(*each.span("of"))
        if told and not _NO_GROUP.match(each["of"]):
            return each.span("of")
    return None


def with_what_marks(text: str, of: tuple[int, int], end: int) -> tuple[int, int]:
    """The group in text[:end] with what sets it apart: "kinderen met een maatregel", "jongeren die thuis wonen"."""
    such = _SUCH.match(text, of[1], end)
    return of if such is None else (of[0], such.end())


def find_ages(text: str) -> tuple[str, ...]:
    """The ages that a text tells, each once."""
    return tuple(dict.fromkeys(" ".join(match.group().lower().split()) for match in _AGE.finditer(text)))
