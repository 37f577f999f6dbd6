"""Of which place a figure is, as its clause says."""

import re
from enum import Enum

from app.figures.place_names import Named, bare, known_names

_ELSEWHERE = re.compile(
    r"\b(?:landelijke?|nationale?|nederland|nederlandse?|nederlanders|regio(?!naal bureau)\w*|provinci\w{1,12}"
    r"|europ\w{1,12}|wereldwijd|gemeenten|samenwerkingsverband|g40|g4"
    r"|groningen en drenthe|friesland|drenthe|overijssel|flevoland|gelderland|noord-holland|zuid-holland|zeeland"
    r"|noord-brabant|brabant|limburg|twente)\b",
    re.IGNORECASE,
)
_A_PART = re.compile(
    r"\b(?:sommige|enkele|een aantal|bepaalde|deze|die) "
    r"(?:wijken|buurten|scholen|dorpen|kernen|gebieden|wijk|buurt|school)\b|\bin de ene\b"
    r"|\b(?:wijk|buurt|stadsdeel|dorp|kern|school|basisschool|wijken|buurten|dorpen|kernen|scholen)\s(?-i:[A-Z])",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:(?:in|binnen) (?:de|onze|deze) (?:gemeente|stad)|van onze gemeente|onze inwoners)\b", re.IGNORECASE
)
_WIDER = re.compile(r"\b(?:regio|provincie|ggd|omgeving|arrondissement)\s$", re.IGNORECASE)
_AT = re.compile(r"(?:\b(?:in|van|uit|gemeente|bij|voor|naar)|,|\||^)\s?$", re.IGNORECASE)
_SOME_PLACE = re.compile(r"\b[Ii]n (?P<place>(?-i:[A-Z])[a-zà-ÿ]{2,40}(?:-[A-Z][a-zà-ÿ]{2,40})?)")
_NO_PLACE = frozenset(
    "januari februari maart april mei juni juli augustus september oktober november december nederland totaal".split()
)


class Whose(Enum):
    """The place of a figure."""

    OWN = "the municipality itself"
    UNSAID = "not said"
    ELSEWHERE = "the country, a region, another municipality or a part of the own one"


def whose(municipality: str, sentence: str, start: int, end: int) -> Whose:
    """Whose a figure is that stands in the clause sentence[start:end].

    Where the clause does not tell, what stands before it does ("In de regio is 9% arm en heeft 15% ..."), or a mention
    of the municipality itself after it.
    """
    near = of_clause(municipality, sentence[start:end])
    if near is Whose.UNSAID and start > 0:
        near = of_clause(municipality, sentence[:start])
    if near is Whose.UNSAID and end < len(sentence) and of_clause(municipality, sentence[end:]) is Whose.OWN:
        return Whose.OWN
    return near


def of_clause(municipality: str, clause: str) -> Whose:
    """Whose a figure is as one stretch of text tells."""
    if _A_PART.search(clause):
        return Whose.ELSEWHERE
    names = known_names().find(clause)
    own = [each for each in names if bare(each.name) == bare(municipality)]
    if any(_is_the_place(clause, each) for each in own):
        return Whose.OWN
    if (
        own
        or _ELSEWHERE.search(clause)
        or any(_AT.search(clause[max(0, each.start - 12) : each.start]) for each in names)
    ):
        return Whose.ELSEWHERE
    if _OURS.search(clause):
        return Whose.OWN
    elsewhere = any(match["place"].lower() not in _NO_PLACE for match in _SOME_PLACE.finditer(clause))
    return Whose.ELSEWHERE if elsewhere else Whose.UNSAID


def _is_the_place(clause: str, named: Named) -> bool:
    """Not the region or province of that name, nor a part of it such as Zwolle-Zuid."""
    before, after = clause[max(0, named.start - 16) : named.start], clause[named.end : named.end + 2]
    return not _WIDER.search(before) and not re.match(r"-[A-Z]", after)
