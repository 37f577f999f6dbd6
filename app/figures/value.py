"""Numbers with their unit, as a sentence states them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.aspects.years import find_years

_WORDS = (
    "een|één|eén|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|"
    "achttien|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd"
)
FIGURE = r"\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,9}(?:,\d{1,4})?(?![\d])"
_TO = r"\s?(?:-|–|à|tot en met|t/m|tot|of)\s?"
_PART_OF = r"derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende"
_SHARE = re.compile(
    rf"(?<![\w.,€])(?:(?:{FIGURE})(?:\s?%?{_TO}(?:{FIGURE}))?|(?:{_WORDS})(?:{_TO}(?:{_WORDS}))?)"
    r"\s?(?:%|procent\b)(?!\s?-?punt)(?!\s(?:van )?(?:(?:het|de) )?(?:geldende |wettelijke? )?(?:sociaal minimum"
    r"|sociale minimum|bijstandsnorm|minimumloon|minimum\b|norm\b|wsm\b))",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"\b(?:(?:(?:een|één|eén|drie)\s)?kwart|driekwart|de helft|(?:een|één|eén|twee|drie|vier) (?:{_PART_OF})"
    rf"|(?:\d{{1,3}}|{_WORDS}) (?:op|van) (?:de |elke |iedere )?(?:\d{{1,4}}|{_WORDS})(?! jaar\b| uur\b| dag))\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\w.,€/-])(?:{FIGURE})(?:{_TO}(?:{FIGURE}))?\s"
    r"(?P<noun>(?:(?:[^\W\d_]{2,40}(?:e|ig)|volwassen|gescheiden)\s){0,2}"
    r"[^\W\d_][a-zà-ÿ-]{1,60}(?:en|[’']?s|[’']ers)(?![\w-]))"
)
_BEFORE = re.compile(
    r"(?:€|\beuro|\beur|\bartikel(?:en)?|\bart\.|\bpagina|\bblz\.?|\bhoofdstuk|\bparagraaf|\bbijlage|\bthema|\bleeftijd"
    r"|\bspeerpunt|\bactie|\bnr\.?|\bgroep|\bklas|\btabel|\bfiguur|\bfase|\bstap|\blid)\s$"
)
_STATED_TWICE = re.compile(rf"\s?\(\s?(?:namelijk |ruim |ongeveer |circa )?(?:{FIGURE})\s?(?:%|procent)")
_NUMBER_OF = re.compile(
    r"\baantal\s(?P<noun>(?:(?:[a-zà-ÿ]{2,40}(?:e|ig)|volwassen)\s){0,2}[a-zà-ÿ-]{2,60}(?:en|[’']?s))\s[^.;:,\d%€]{0,60}?"
    r"(?:\b(?:in|eind|begin)\s(?:19|20)\d\d\s)?\b(?:is|was|bedraagt|bedroeg|telde|komt uit op|ligt op|lag op)\s"
    rf"(?:[a-z]{{2,12}}\s){{0,2}}(?:(?:in|eind)\s(?:19|20)\d\d\s)?(?P<number>{FIGURE})(?![\w%-]|\s?(?:%|procent|keer))"
)
_BASE = re.compile(r"\b[Vv]an\s(?:de|die|deze|alle|onze|al die)\s(?:ruim\s|ongeveer\s|circa\s|bijna\s|totaal\s)?$")
_CHANGE = re.compile(
    r"\b(?:verschil|mutatie|gestegen|gedaald|toegenomen|afgenomen|gegroeid|stijging van|daling van|toename van"
    r"|afname van|steeg|daalde|stijgt|daalt|groei van|minder dan in|meer dan in)\b",
    re.IGNORECASE,
)
_GROWS = re.compile(
    r"\b(?:stijg|steeg|stegen|gestegen|groei|groeide|gegroeid|daal|dalen|gedaald|neemt|nam|toenemen|afnemen)\w{0,4}\b",
    re.I,
)
_BY = re.compile(r"\bmet\s(?:(?:ruim|bijna|ongeveer|circa|zo['’]n|maar liefst|nog eens|namelijk)\s)?$")
_TO_HERE = re.compile(r"\b(?:naar|tot)\s(?:ruim\s|bijna\s|ongeveer\s|circa\s)?$")
_AIM = re.compile(
    r"\b(?:willen|streven|streefwaarden?|streefcijfers?|doelstelling|ambitie|doel is|prognose|verwachten"
    r"|naar verwachting|terugdringen|terugbrengen|moet(?:en)? (?:dalen|stijgen|zijn))\b",
    re.IGNORECASE,
)
_NO_NOUN = frozenset(
    "jaren jaars maanden weken dagen uren minuten seconden euros euro's miljoenen miljarden procenten kilometers "
    "meters jarigen tussen alleen samen worden hebben zijn kunnen maken gaan krijgen blijven waren wonen doen "
    "komen steeds soms vaak minstens hoogstens ongeveer tevens reeds eens deels anders verder keren punten "
    "cijfers eisen speerpunten doelen thema's acties maatregelen hoofdstukken plus telden kregen ontvingen "
    "ontvangen hadden bleven gingen vragen buiten binnen volgens sinds wegens als naast is was".split()
)


class Unit(StrEnum):
    """What kind of number it is; a count is never the same figure as a share."""

    SHARE = "%"
    PART = "deel"
    COUNT = "aantal"


@dataclass(frozen=True, slots=True)
class Value:
    """text[start:end] of a sentence: a number with its unit; `noun` is what is counted, empty for shares."""

    start: int
    end: int
    unit: Unit
    noun: str


def find_values(text: str) -> list[Value]:
    """The shares, parts and counts in a sentence, in order and none overlapping.

    Amounts, years and ages are none, nor is a part that goes on with its share in brackets, nor a count of which the
    sentence gives a share.
    """
    years = [(each.start, each.end) for each in find_years(text)]
    found = sorted(_all(text), key=lambda value: (value.start, value.unit is Unit.COUNT, -value.end))
    taken: list[Value] = []
    place = 0
    for value in found:
        while place < len(years) and years[place][1] <= value.start:
            place += 1
        in_years = place < len(years) and years[place][0] < value.end
        if not in_years and (not taken or taken[-1].end <= value.start):
            taken.append(value)
    return taken


def tells_change(text: str, value: Value, start: int, end: int) -> bool:
    """Whether text[start:end] tells how much something rose or fell, and not to how much."""
    if value.start >= start and _TO_HERE.search(text, max(start, value.start - 20), value.start):
        return False
    if _BY.search(text, max(start, value.start - 24), value.start) and _GROWS.search(text, start, end):
        return True
    return bool(_CHANGE.search(text, start, end))


def tells_aim(text: str) -> bool:
    """Whether a text tells what is wanted or expected, which is no figure of how it is."""
    return bool(_AIM.search(text))


def _all(text: str) -> Iterator[Value]:
    for match in _SHARE.finditer(text):
        yield Value(*match.span(), Unit.SHARE, "")
    for match in _PART.finditer(text):
        if not _STATED_TWICE.match(text, match.end()):
            yield Value(*match.span(), Unit.PART, "")
    for match in _COUNT.finditer(text):
        last = match["noun"].split()[-1].lower()
        before = text[max(0, match.start() - 24) : match.start()].lower()
        if _BASE.search(before):
            continue
        if last not in _NO_NOUN and not last.endswith(("jarigen", "jaars")) and not _BEFORE.search(before):
            yield Value(*match.span(), Unit.COUNT, match["noun"])
    for match in _NUMBER_OF.finditer(text):
        yield Value(*match.span("number"), Unit.COUNT, match["noun"].lower())
