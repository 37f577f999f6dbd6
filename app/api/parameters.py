"""The query parameters that the interface promises, with what each may be."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from app.answer import MAX_QUESTION_CHARACTERS, Mode
from app.api.query import Given, Repeated, Single, shown
from app.period import Period, first_day, last_day
from corpus.document import Municipality
from corpus.errors import UsageError
from corpus.kinds import KINDS, STATUSES
from corpus.municipalities import Municipalities
from corpus.stored import Snapshot

_MAX_NAME_CHARACTERS = 200
_PLAIN_CONTROLS = "\t\n\r"
_REPLACEMENT = "\ufffd"


def described(*parameters: Single[Any] | Repeated) -> dict[str, Any]:
    """What OpenAPI says of an operation with these parameters."""
    return {"parameters": [parameter.described() for parameter in parameters]}


def question_text(value: str) -> str:
    """A question or topic as it was typed: 1 to 1,000 characters, not all space, no control characters."""
    if len(value) > MAX_QUESTION_CHARACTERS:
        raise UsageError(f"telt {len(value)} tekens; hoogstens {MAX_QUESTION_CHARACTERS} mag")
    if not value.strip():
        raise UsageError("is leeg; geef 1 tot 1000 tekens die niet alle spatie zijn")
    if _REPLACEMENT in value:
        raise UsageError("is geen geldige UTF-8; codeer de tekst als UTF-8 en daarna met procenttekens")
    if any(unicodedata.category(sign) == "Cc" and sign not in _PLAIN_CONTROLS for sign in value):
        raise UsageError("bevat stuurtekens; haal die weg")
    return value


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from `low` to `high`."""

    def read(value: str) -> int:
        number = int(value) if re.fullmatch(r"[0-9]{1,9}", value) else None
        if number is None or not low <= number <= high:
            raise UsageError(f"is {shown(value)}; geef een geheel getal van {low} tot en met {high}")
        return number

    return read


def choice(allowed: Sequence[str]) -> Callable[[str], str]:
    """A reader of one word out of `allowed`."""

    def read(value: str) -> str:
        if value not in allowed:
            near = difflib.get_close_matches(value[:_MAX_NAME_CHARACTERS].lower(), allowed, n=1)
            hint = f"bedoelde u {near[0]}? Mogelijk" if near else "mogelijk"
            raise UsageError(f"is {shown(value)}, dat niet bestaat; {hint} zijn {', '.join(allowed)}")
        return value

    return read


def day(value: str) -> date:
    """A date written as 2025-01-31."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise UsageError(f"is {shown(value)}; geef een bestaande datum als JJJJ-MM-DD, zoals 2025-01-31")


def day_of_period(read: Callable[[str], date]) -> Callable[[str], date]:
    """A reader of the first or last day of a period."""

    def read_in_words(value: str) -> date:
        try:
            return read(value)
        except ValueError:
            raise UsageError(
                f"is {shown(value)}; geef een bestaand jaar, een maand of een dag, zoals 2025, 2025-01 of 2025-01-31"
            ) from None

    return read_in_words


def period(query: Given) -> Period:
    """The period that is asked for; one that ends before it begins is a fault of both its ends."""
    found = Period(query.one(PERIOD_FROM), query.one(PERIOD_TO))
    if found.ends_before_it_begins:
        ends = "wissel begin en einde om, of laat er een weg"
        query.fault(PERIOD_FROM.name, f"is {found.first}, na het einde van de periode ({found.last}); {ends}")
        query.fault(PERIOD_TO.name, f"is {found.last}, voor het begin van de periode ({found.first}); {ends}")
    return found


def only(value: str | None) -> tuple[str, ...]:
    """A side of a scope that one value narrows, open without it."""
    return () if value is None else (value,)


def municipality_of(municipalities: Municipalities) -> Callable[[str], Municipality]:
    """A reader of municipality names and codes."""

    def read(value: str) -> Municipality:
        if len(value) > _MAX_NAME_CHARACTERS:
            raise UsageError(f"is {shown(value)}, langer dan elke naam; geef een naam of GM-code")
        return municipalities.find(value)

    return read


def document_of(snapshot: Snapshot) -> Callable[[str], str]:
    """A reader of the ids of active documents."""
    known = {stored.metadata.document_id for stored in snapshot.documents}

    def read(value: str) -> str:
        if value not in known:
            raise UsageError(f"document {shown(value)} bestaat niet; GET /v1/documenten noemt de documenten")
        return value

    return read


def _mode(value: str) -> Mode:
    return Mode(choice([mode.value for mode in Mode])(value))


_TEXT = {"type": "string", "minLength": 1, "maxLength": MAX_QUESTION_CHARACTERS, "pattern": r"\S"}

QUESTION = Single(
    "vraag",
    "De vraag, of een woord: 1 tot 1000 tekens die niet alle spatie zijn.",
    _TEXT | {"examples": ["conflictscheidingen"]},
    True,
    "",
    question_text,
)
OPTIONAL_QUESTION: Single[str | None] = Single(
    QUESTION.name, QUESTION.description, QUESTION.schema, False, None, question_text
)
TOPIC = Single(
    "onderwerp",
    "Het onderwerp: 1 tot 1000 tekens die niet alle spatie zijn.",
    _TEXT | {"examples": ["conflictscheidingen"]},
    True,
    "",
    question_text,
)
MUNICIPALITY = Repeated(
    "gemeente",
    "Alleen deze gemeente, met naam of GM-code; herhaalbaar. Een gemeente die niet op de lijst van het CBS staat is "
    "een fout. Zonder: elke gemeente met documenten.",
)
DOCUMENT = Repeated("document", "Alleen dit document (kenmerk); herhaalbaar.")
KIND: Single[str | None] = Single(
    "soort",
    "Alleen documenten van deze soort.",
    {"type": "string", "enum": list(KINDS)},
    False,
    None,
    choice(KINDS),
)
STATUS: Single[str | None] = Single(
    "status",
    "Alleen documenten met deze status.",
    {"type": "string", "enum": list(STATUSES)},
    False,
    None,
    choice(STATUSES),
)
VALID_ON: Single[date | None] = Single(
    "geldigOp",
    "Alleen documenten die op deze dag gelden; een document met onbekende looptijd blijft meedoen.",
    {"type": "string", "format": "date"},
    False,
    None,
    day,
)
_PERIOD_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
PERIOD_FROM: Single[date | None] = Single(
    "periodeVan",
    "Alleen documenten die ergens vanaf dit jaar, deze maand of deze dag gelden, met `periodeTot` ergens daartussen; "
    "een document met onbekende looptijd blijft meedoen.",
    {"type": "string", "pattern": _PERIOD_PATTERN, "examples": ["2022", "2022-01-01"]},
    False,
    None,
    day_of_period(first_day),
)
PERIOD_TO: Single[date | None] = Single(
    "periodeTot",
    "Alleen documenten die ergens tot en met dit jaar, deze maand of deze dag gelden; niet eerder dan `periodeVan`.",
    {"type": "string", "pattern": _PERIOD_PATTERN, "examples": ["2026", "2026-12-31"]},
    False,
    None,
    day_of_period(last_day),
)
REFERENCE_DAY: Single[date | None] = Single(
    "peildatum",
    "De dag waarop bekeken wordt wat geldt: dat komt eerst, en de rest doet mee. Zonder: `geldigOp`, of vandaag.",
    {"type": "string", "format": "date"},
    False,
    None,
    day,
)
LIMIT = Single(
    "maxResultaten",
    "Hoogstens zoveel passages.",
    {"type": "integer", "minimum": 1, "maximum": 50, "default": 10},
    False,
    10,
    whole_number(1, 50),
)
MODE = Single(
    "zoekwijze",
    "Zoeken op betekenis, op woorden of op beide (`hybride`).",
    {"type": "string", "enum": [mode.value for mode in Mode], "default": Mode.HYBRID.value},
    False,
    Mode.HYBRID,
    _mode,
)
PER_MUNICIPALITY = Single(
    "perGemeente",
    "Hoogstens zoveel passages per gemeente.",
    {"type": "integer", "minimum": 1, "maximum": 10, "default": 3},
    False,
    3,
    whole_number(1, 10),
)
