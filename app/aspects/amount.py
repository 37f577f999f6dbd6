"""Amounts of money as a statement gives them: what each is for, when, and whether it comes back every year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.aspects.statement import Statement, StatementKind
from app.aspects.years import Years, find_years

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d+)?"
_SCALE = r"(?:\s?(?:miljoen|miljard|mln\.?|mld\.?|mio|k\b|duizend))?"
_AMOUNT = re.compile(
    rf"(?<!\bx\s)(?:€|\bEUR\b|\beuro\b)\s?-?(?:{_NUMBER})(?:,-{{1,2}})?{_SCALE}|(?<![\w.,])(?:{_NUMBER}){_SCALE}\s(?:euro|EUR)\b"
)
_VALUE = re.compile(rf"-?\(?(?:{_NUMBER})\)?")
_CELL = re.compile(r" \| (?:(?P<column>[^|\n]{1,200}): )?(?P<value>[^|\n]*?)(?= \| |\s*$)")
_MONEY_COLUMN = re.compile(
    r"€|\beuro|bedrag|\bbaten|\blasten|\bsaldo|budget|krediet|begroting|realisatie|boekwaarde|kosten|reserve|besteed"
    r"|raming|jaarreken",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;,]\s|\s(?:en|of|maar|waarvan)\s|[.:]\s")
_STRUCTURAL = re.compile(r"\bstructure(?:el|le)\b", re.IGNORECASE)
_INCIDENTAL = re.compile(r"\b(?:incidente(?:el|le)|eenmalige?)\b", re.IGNORECASE)
_YEARLY = re.compile(r"\b(?:per jaar|jaarlijkse?|elk jaar|ieder jaar)\b", re.IGNORECASE)
_LABEL = re.compile(r"(?P<about>[^:€|\n]{4,160}):\s")
_FOR = re.compile(r"\b(?:[Vv]oor|aan|ten behoeve van|uit|vanuit|binnen)\s+(?P<about>[^€.;:()\n]+)")
_FOR_END = re.compile(
    r",|\s(?:is|wordt|zijn|worden|was|waren|en|beschikbaar|nodig|jaarlijks|per jaar|uit|in|vanaf)\b|$"
)
_NO_PURPOSE = re.compile(r"(?:dit|dat|die|deze|elke?|ieder|van|hiervan|de (?:jaren|periode)|het jaar)\b", re.IGNORECASE)
_VERB = re.compile(r"\s(?:is|zijn|was|waren|wordt|worden|bedraagt|bedragen|kost|vraagt|vergt|heeft|hebben|gaat|gaan)\b")
_NO_SUBJECT = re.compile(
    r"(?:dit|deze|dat|die|er|hier\w*|daar\w*|wij|we|in|op|met|bij|om|van|vanaf|vooralsnog|verder|ook|zo|uit|het gaat"
    r"|per)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:het|de|een|zij|ze|hij|men|wie|ons|onze)\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^:€|\n]{2,160}?(?=[\s(:]*$)")
_IN_BRACKETS = re.compile(r"[^,;€(]{0,20}\(")


class Recurrence(StrEnum):
    """Whether an amount comes back every year, as the text says."""

    STRUCTURAL = "structureel"
    INCIDENTAL = "incidenteel"


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] of the canonical text, and what it reads."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it is written, never reckoned with; what the statement does not tell is None.

    `about` is what it is for or out of; `column` heads the cell of a table row it stands in, and can hold its unit
    ('x € 1.000'). `years` has no positions of its own text where a heading tells them. `yearly`: it says 'per jaar'.
    """

    amount: Span
    about: Span | None
    column: Span | None
    years: Years | None
    recurrence: Recurrence | None
    yearly: bool


def find_amounts(statement: Statement) -> list[Amount]:
    """The amounts of a statement in order."""
    if statement.kind is StatementKind.ROW:
        return list(_in_row(statement))
    text = statement.text
    found = [match.span() for match in _AMOUNT.finditer(text)]
    years = find_years(text)
    return [_in_sentence(statement, found, place, years) for place in range(len(found))]


def _in_sentence(statement: Statement, found: Sequence[tuple[int, int]], place: int, years: Sequence[Years]) -> Amount:
    text = statement.text
    start, end = found[place]
    first, last = _clause(text, found, place, years)
    clause = text[first:last]
    own = [each for each in years if first <= each.start and each.end <= last]
    brackets = _IN_BRACKETS.match(text, end)
    near = min(
        own,
        key=lambda each: -1 if brackets and each.start == brackets.end() else max(each.start - end, start - each.end),
        default=None,
    )
    if near is None and len(years) == len(found) == 1:
        near = years[0]
    return Amount(
        amount=_span(statement, start, end),
        about=_about(statement, found, place, (first, last)),
        column=None,
        years=near or _of_heading(statement),
        recurrence=_recurrence(clause) or (_recurrence(text) if len(found) == 1 else None),
        yearly=bool(_YEARLY.search(clause)),
    )


def _clause(text: str, found: Sequence[tuple[int, int]], place: int, years: Sequence[Years]) -> tuple[int, int]:
    """The part of a sentence around an amount, up to the next break; a break inside a period of years is none."""
    start, end = found[place]
    floor = found[place - 1][1] if place else 0
    ceiling = found[place + 1][0] if place + 1 < len(found) else len(text)
    breaks = [
        match.span()
        for match in _BREAK.finditer(text)
        if not any(each.start < match.end() and match.start() < each.end for each in years)
    ]
    first = max((stop for _, stop in breaks if floor <= stop <= start), default=floor)
    last = min((begin for begin, _ in breaks if end <= begin <= ceiling), default=ceiling)
    return first, last


def _about(statement: Statement, found: Sequence[tuple[int, int]], place: int, clause: tuple[int, int]) -> Span | None:
    """A label before all amounts, the name before the first, a phrase with 'voor' or 'uit', or the subject."""
    text = statement.text
    start, end = found[place]
    if (match := _LABEL.match(text)) and match.end() <= found[0][0]:
        return _span(statement, *match.span("about"))
    before = text[: found[0][0]]
    name = None if _NO_SUBJECT.match(before) else _NAME.match(before)
    verb = _VERB.search(before)
    if name and place == 0 and verb is None and not _PRONOUN.match(before) and not _FOR.match(before.lower()):
        return _span(statement, *name.span())
    following = text[end : found[place + 1][0]] if place + 1 < len(found) else text[end:]
    for begin, part in ((end, following), (clause[0], text[clause[0] : start])):
        if purpose := _purpose(part):
            return _span(statement, begin + purpose[0], begin + purpose[1])
    if name and verb and not _FOR.match(before.lower()) and len(before[: verb.start()].split()) > 1:
        return _span(statement, name.start(), verb.start())
    return None


def _purpose(part: str) -> tuple[int, int] | None:
    """Where a phrase stands that tells what an amount is for or out of."""
    for match in _FOR.finditer(part):
        stop = _FOR_END.search(match["about"])
        about = match["about"][: stop.start() if stop else None].rstrip()
        if len(about) > 3 and not find_years(about) and not _NO_PURPOSE.match(about):
            return match.start("about"), match.start("about") + len(about)
    return None


def _in_row(statement: Statement) -> Iterator[Amount]:
    text = statement.text
    name = text.split(" | ", 1)[0].rstrip()
    about = _span(statement, 0, len(name)) if re.search(r"[^\W\d_]{2}", name) else None
    for cell in _CELL.finditer(text):
        column, value = cell["column"], cell["value"].strip()
        begin = cell.start("value") + len(cell["value"]) - len(cell["value"].lstrip())
        money = [match.span() for match in _AMOUNT.finditer(value)]
        if not money and column and _MONEY_COLUMN.search(column) and _VALUE.fullmatch(value):
            money = [(0, len(value))]
        told = column or ""
        years = find_years(told) or find_years(value)
        for start, end in money:
            yield Amount(
                amount=_span(statement, begin + start, begin + end),
                about=about,
                column=_span(statement, *cell.span("column")) if column else None,
                years=years[0] if years else _of_heading(statement),
                recurrence=_recurrence(told) or _recurrence(name),
                yearly=bool(_YEARLY.search(f"{told} {name}")),
            )


def _span(statement: Statement, start: int, end: int) -> Span:
    return Span(statement.start + start, statement.start + end, statement.text[start:end])


def _of_heading(statement: Statement) -> Years | None:
    if len(statement.headings) < 2:
        return None
    return next(iter(find_years(statement.headings[-1])), None)


def _recurrence(text: str) -> Recurrence | None:
    """What a text says, where it does not say both."""
    structural, incidental = _STRUCTURAL.search(text), _INCIDENTAL.search(text)
    if bool(structural) == bool(incidental):
        return None
    return Recurrence.STRUCTURAL if structural else Recurrence.INCIDENTAL
