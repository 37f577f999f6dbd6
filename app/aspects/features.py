"""What a statement shows of itself and of the headings above it, as named numbers that a model can weigh."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.aspects.amount import find_amounts
from app.aspects.cues import Word, heading_cues, word_cues, words_of
from app.aspects.signs import LISTED, signs
from app.aspects.statement import Statement, StatementKind
from app.aspects.verbs import VerbPhrase, find_verbs
from app.aspects.word_pairs import word_pairs
from app.aspects.years import find_years

_YEAR_ONLY = re.compile(r"[\d\s–—/-]+")
_LABEL = re.compile(r"(?i:(?P<actie>actie|maatregel|project)|(?P<doel>doel|doelstelling|ambitie))\s*\d{1,2}\b[.:]?\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGE = re.compile(
    r"\b\d{1,2}(?:,5)?(?:\s?(?:-|–|tot|t/m|tot en met|en)\s?\d{1,2})?(?:\s|-)?(?:jaar|jarige|jarigen|plus|\+)"
    r"|\b\d{1,2}\+",
    re.IGNORECASE,
)
_ROW_NUMBERS = re.compile(r"(?:(?<=\s)-?\d[\d.,]*\s*)(?:-?\d[\d.,]*\s*|-\s+)*$")
_NAME = re.compile(r"(?<=[^\W\d_.,;:]\s)(?:[A-Z][\w&-]*[A-Z\d][\w&-]*|[A-Z][a-zà-ÿ]{2,}(?:\s[A-Z]\w+)*)")
_WITH_NAME = re.compile(
    r"\b(?:[Mm]et|[Dd]oor|[Bb]ij|[Vv]anuit|van|[Vv]ia|[Tt]ussen)\s(?:(?:de|het|een)\s)?(?:[A-Z][\w&-]+)"
)
_TOGETHER = re.compile(
    r"\b(?:(?:samen|gezamenlijk|overleg|samenwerking|samenspraak|afstemming|afspraken|hulp|inspraak|gesprek)\s"
    r"(?:met|van|tussen)|samen\s\w+\smet)\s"
    r"(?P<whom>(?:(?:de|het|een|onze|alle|andere|diverse|verschillende|lokale|betrokken|bijvoorbeeld|andere)\s)*[\w’'-]+)",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"\b(?:partners?|elkaar|hen|hem|haar|ons|u|hun|partijen|betrokkenen|anderen|die|deze|dat|dit|wie)$"
)
_HALF_YEAR = re.compile(r"(?:eerste|tweede) helft")
_LONG_HEADING = 9  # words; a longer one is a sentence, and tells by its label alone
_NEAR = 4
_STATES = (
    "nieuweActies",
    "huidigeInzet",
    "doelen",
    "doelgroep",
    "partners",
    "geld",
    "cijfers",
    "toestand",
    "regels",
    "samenwerking",
)
_LEAD_IN = frozenset({"doel", "wens", "plan", "toekomst", "reeds", "aanbod", "straks", "samen", "wettekst"})


def features(statement: Statement) -> dict[str, float]:
    """The features of a statement by name; those that are 0 are left out."""
    words = words_of(statement.text)
    cues = word_cues().find(words)
    found: dict[str, float] = {"kind:" + statement.kind.value: 1.0}
    state = _of_headings(statement, found)
    for name, places in cues.items():
        found[name] = 1.0
        if len(places) > 1:
            found[name + "+"] = min(len(places) - 1, 3) / 2
        if places[0] <= 2:
            found[name + "^"] = 1.0
    verbs = _verbs(statement, words)
    _of_verbs(verbs, cues, state, found)
    _of_groups(statement.text, words, cues, state, found)
    _of_numbers(statement, words, cues, state, found)
    if len(words) < 12 and not verbs:
        found["no verb"] = 1.0
    found.update((name, 1.0) for name in signs(statement, verbs, cues, found))
    if statement.lead_in is not None:
        _of_lead_in(statement.lead_in, found)
    if statement.text.rstrip().endswith("?"):
        found["question"] = 1.0
    if len(words) < 6:
        found["short"] = 1.0
    found.update(word_pairs(words))
    return found


def _verbs(statement: Statement, words: Sequence[Word]) -> list[VerbPhrase]:
    """Its own; of an item that has none but the form of an item, also those of the line that introduces it."""
    own = find_verbs(words, statement.kind)
    if statement.lead_in is None or not LISTED.issuperset(own):
        return own
    return list(dict.fromkeys((*own, *find_verbs(words_of(statement.lead_in), StatementKind.SENTENCE))))


def _of_lead_in(lead_in: str, found: dict[str, float]) -> None:
    """What introduces a list tells of its items: a cue of some lists, and what its verbs say."""
    words = words_of(lead_in)
    for name in word_cues().find(words):
        if name in _LEAD_IN:
            found["lead:" + name] = 1.0
    for phrase in find_verbs(words, StatementKind.SENTENCE):
        found[f"lead:verb:{phrase}"] = 1.0


def _of_headings(statement: Statement, found: dict[str, float]) -> str:
    """What the nearest heading with a cue says, '' where none does; its cues count less the farther it is."""
    headings = [heading for heading in statement.headings if not _YEAR_ONLY.fullmatch(heading)]
    if match := _LABEL.match(statement.text):
        found["label:" + str(match.lastgroup)] = 1.0
        return "nieuweActies" if match["actie"] else "doelen"
    state = ""
    for distance, heading in enumerate(reversed(headings)):
        names = _heading(heading)
        for name in names:
            found[("heading:" if distance == 0 else "under:") + name] = 1.0
        if names:
            state = next(name for name in _STATES if name in names)
            break
    found["state:" + state] = 1.0
    return state


@lru_cache(maxsize=10_000)
def _heading(heading: str) -> tuple[str, ...]:
    if match := _LABEL.match(heading):
        return ("nieuweActies",) if match["actie"] else ("doelen",)
    words = words_of(heading)
    return tuple(heading_cues().find(words)) if len(words) <= _LONG_HEADING else ()


def _of_verbs(
    verbs: Sequence[VerbPhrase], cues: Mapping[str, Sequence[int]], state: str, found: dict[str, float]
) -> None:
    for phrase in dict.fromkeys(verbs):
        found[f"verb:{phrase}"] = 1.0
        found[f"verb:{phrase} in {state}"] = 1.0
        if "gevolg^" in found:
            found[f"verb:{phrase}, as effect"] = 1.0
        for name in ("reeds", "door", "straks", "winst", "kan", "niet", "behoefte", "aanduiding"):
            if name in cues:
                found[f"verb:{phrase} & {name}"] = 1.0


def _of_groups(
    text: str, words: Sequence[Word], cues: Mapping[str, Sequence[int]], state: str, found: dict[str, float]
) -> None:
    groups, who = cues.get("groep", ()), set(cues.get("wie", ()))
    if groups and groups[0] <= 3:
        found["group first"] = 1.0
        found["group first in " + state] = 1.0
    if any({place + 1, place + 2} & who for place in groups):
        found["group who"] = 1.0
        if groups and groups[0] <= 3:
            found["group first who"] = 1.0
    for place in groups:
        before = [word.text for word in words[max(0, place - _NEAR) : place]]
        if "voor" in before:
            found["for group"] = 1.0
            if words[0].text == "voor" and place <= _NEAR:
                found["for group first"] = 1.0
            if {place + 1, place + 2} & who:
                found["for group who"] = 1.0
                found["for group who in " + state] = 1.0
        if ("aan" in before or "bij" in before) and {place + 1, place + 2} & who:
            found["to group who"] = 1.0
    if _AGE.search(text):
        found["age"] = 1.0
    organisations = cues.get("organisatie", ())
    if organisations:
        found["organisations"] = min(len(organisations), 6) / 3
    for name in ("met", "door", "aan", "tussen", "bij"):
        if any(name == word.text for place in organisations for word in words[max(0, place - _NEAR) : place]):
            found[name + " organisation"] = 1.0
    names = len(_NAME.findall(text))
    if names:
        found["names"] = min(names, 4) / 2
    if _WITH_NAME.search(text):
        found["with a name"] = 1.0
    commas = text.count(",")
    if len(organisations) >= 2 and commas >= 1:
        found["organisations listed"] = min(commas, 5) / 3
        if not cues.get("wij") and len(organisations) * 3 >= len(words) - 4:
            found["organisations alone"] = 1.0
    with_whom = [*cues.get("samen", ()), *cues.get("samen_met", ())]
    if any(-5 <= place - other <= 7 for place in organisations for other in with_whom):
        found["together with organisation"] = 1.0
    if any(0 < place - other <= 7 for place in (*organisations, *groups) for other in cues.get("samen_met", ())):
        found["with whom"] = 1.0
    if any(not _UNNAMED.search(match["whom"].lower()) for match in _TOGETHER.finditer(text)):
        found["together with someone"] = 1.0
    if names and with_whom:
        found["together with a name"] = 1.0
    if not organisations and "algemeen" in cues:
        found["partners unnamed"] = 1.0
    if "group who" in found or "for group" in found:
        for name in ("aanbod", "plan", "toelating", "uitleg", "niet", "bron", "kan"):
            if name in cues:
                found["group & " + name] = 1.0


def _of_numbers(
    statement: Statement, words: Sequence[Word], cues: Mapping[str, Sequence[int]], state: str, found: dict[str, float]
) -> None:
    text = statement.text
    if find_amounts(statement):
        found["amount"] = 1.0
    if any(word.text == "%" for word in words) or "procent" in text:
        found["percent"] = 1.0
    if _YEAR.search(text):
        found["year"] = 1.0
        _of_years(statement, found)
    if statement.kind is StatementKind.ROW and re.search(r"\d", text):
        found["row number in " + state] = 1.0
    if statement.kind is not StatementKind.ROW and _ROW_NUMBERS.search(text) and not _YEAR.fullmatch(text[-4:]):
        found["number last"] = 1.0
        found["number last in " + state] = 1.0
    units = {place for name in ("maat", "groep") for place in cues.get(name, ())}
    counted = {*cues.get("groep", ()), *cues.get("geteld", ())}
    ages = [match.span() for match in _AGE.finditer(text)]
    money = "geldwoord" in cues or "amount" in found
    if money:
        found["money in " + state] = 1.0
        found["money"] = 1.0
    for place, word in enumerate(words):
        if not word.text[0].isdigit() or _YEAR.fullmatch(word.text) or (place == 0 and len(word.text) < 4):
            continue
        if any(start <= word.start < end for start, end in ages):
            continue
        if units & set(range(place + 1, place + 4)):
            found["count"] = 1.0
        if counted & set(range(place + 1, place + 4)):
            found["people counted"] = 1.0
        found["number"] = 1.0
        if not money:
            found["number, no money"] = 1.0
    if ("percent" in found or ("deel" in cues and not _HALF_YEAR.search(text))) and not money:
        found["share, no money"] = 1.0
    if {"share, no money", "people counted", "count"} & found.keys():
        for name in ("doel", "toekomst", "moet", "streefgetal", "verhouding", "wij", "meting", "bron"):
            if name in cues:
                found["numbered & " + name] = 1.0
    if "count" in found and "ongeveer" in cues:
        found["about a count"] = 1.0


def _of_years(statement: Statement, found: dict[str, float]) -> None:
    """Whether the years lie after those of the headings: of a plan or an account of one year that tells what is new."""
    told = [each.last or each.first or 0 for heading in statement.headings for each in find_years(heading)]
    own = [each.first or each.last or 0 for each in find_years(statement.text)]
    if told and own:
        found["year after heading" if max(own) > max(told) else "year of heading or before"] = 1.0
