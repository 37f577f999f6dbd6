"""A comparison as the address of its page asks for it: topics, municipalities, days, and how the rows are shown."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from app.answer import Scope
from app.api import parameters as given
from app.api.origin import is_on_this_machine
from app.api.query import FormQuery, Single
from app.period import ALWAYS, Period
from app.report.formats import FORMATS
from corpus.document import Municipality
from corpus.errors import UsageError
from corpus.municipalities import Municipalities

PAGE, FILE = "/vergelijken", "/vergelijken/bestand"
MOST_TOPICS = 6
BY_NAME, BY_RULING, DESCENDING = "gemeente", "oordeel", "-"
_FOUND = "gevonden"
_ORDERS = tuple(
    sign + name
    for name in (BY_NAME, *(f"{BY_RULING}{number}" for number in range(1, MOST_TOPICS + 1)))
    for sign in ("", DESCENDING)
)


def split(typed: str) -> tuple[str, ...]:
    """The topics that were typed, one a line, each once."""
    return tuple(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))


def _topics(may_report: bool) -> Single[tuple[str, ...]]:
    def read(value: str) -> tuple[str, ...]:
        topics = split(value)
        if not topics:
            raise UsageError("is leeg; geef een onderwerp")
        if len(topics) > MOST_TOPICS:
            otherwise = ", of maak een rapport" if may_report else ""
            raise UsageError(f"zijn er {len(topics)}; geef er hoogstens {MOST_TOPICS}{otherwise}")
        for topic in topics:
            given.question_text(topic)
        return topics

    return Single(given.TOPIC.name, "Een onderwerp per regel.", {"type": "string"}, False, (), read)


def _words(name: str, description: str, *values: str) -> Single[str | None]:
    return Single(name, description, {"type": "string", "enum": list(values)}, False, None, given.choice(values))


_ONLY = _words("alleen", "Alleen gemeenten waar iets gevonden is.", _FOUND)
_ORDER = _words("volgorde", "Waarop de gemeenten gesorteerd zijn.", *_ORDERS)
_WORKED_OUT = Single(
    "uitwerking", "Het onderwerp dat is uitgewerkt.", {"type": "integer"}, False, 0, given.whole_number(1, MOST_TOPICS)
)
_FORMAT = _words("formaat", "Formaat van het bestand.", *FORMATS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared; without municipalities all that have documents.

    `only_found` leaves out the municipalities of which nothing was found. `order` is one of names and verdicts, the
    latter of a topic by its number; `worked_out` is the number of the topic that is told in full, 0 where any may be.
    """

    topics: tuple[str, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    day: date | None = None
    period: Period = ALWAYS
    only_found: bool = False
    order: str = BY_NAME
    worked_out: int = 0

    @classmethod
    def of(cls, request: Request, municipalities: Municipalities) -> "Asked":
        """What the address of the page asks for; InvalidParametersError lists all that is wrong with it."""
        query = FormQuery(request)
        found = cls(
            *_compared(request, query, municipalities),
            only_found=query.one(_ONLY) is not None,
            order=query.one(_ORDER) or BY_NAME,
            worked_out=query.one(_WORKED_OUT),
        )
        topics = max(len(found.topics), 1)
        if found.sorted_topic > topics:
            query.fault(_ORDER.name, f"gaat over onderwerp {found.sorted_topic}, en er zijn er {topics}")
        if found.worked_out > topics:
            query.fault(_WORKED_OUT.name, f"is onderwerp {found.worked_out}, en er zijn er {topics}")
        query.finish()
        return found

    @classmethod
    def of_file(cls, request: Request, municipalities: Municipalities) -> tuple["Asked", str]:
        """What the address of a file asks for, and its format; InvalidParametersError as with `of`."""
        query = FormQuery(request)
        found = cls(*_compared(request, query, municipalities))
        format_name = query.one(_FORMAT)
        if not any(request.query_params.getlist(given.TOPIC.name)):
            query.fault(given.TOPIC.name, "ontbreekt, maar is verplicht")
        if not any(request.query_params.getlist(_FORMAT.name)):
            query.fault(_FORMAT.name, f"ontbreekt; mogelijk zijn {', '.join(FORMATS)}")
        for each, day in ((given.PERIOD_FROM, found.period.first), (given.PERIOD_TO, found.period.last)):
            if day is not None:
                query.fault(each.name, "kan niet mee in een bestand; laat de periode weg, of kies één dag")
        query.finish()
        return found, format_name or ""

    @property
    def scope(self) -> Scope:
        """The documents that take part."""
        return Scope(municipalities=self.municipalities, valid_on=self.day, period=self.period)

    @property
    def within_period(self) -> bool:
        """Whether it is asked of a period, which no file or report tells of."""
        return self.period != ALWAYS

    @property
    def sorted_topic(self) -> int:
        """The number of the topic by whose verdict the rows are sorted, 0 where they are by name."""
        return int(self.order.removeprefix(DESCENDING).removeprefix(BY_RULING) or 0) if BY_RULING in self.order else 0

    @property
    def descending(self) -> bool:
        """Whether the order is turned round."""
        return self.order.startswith(DESCENDING)

    def address(self, **changes: object) -> str:
        """The page of this comparison with something else of `alleen`, `volgorde` or `uitwerking`."""
        shown = {
            _ONLY.name: _FOUND if self.only_found else "",
            _ORDER.name: "" if self.order == BY_NAME else self.order,
            _WORKED_OUT.name: self.worked_out,
        }
        return _address(PAGE, self._compared() | shown | changes)

    def of_one(self, topic: str, code: str) -> str:
        """The page on which one municipality is told in full on one topic."""
        return _address(PAGE, self._compared() | {given.TOPIC.name: topic, given.MUNICIPALITY.name: code})

    def file(self, format_name: str) -> str:
        """This comparison as a file."""
        return _address(FILE, self._compared() | {_FORMAT.name: format_name})

    def report(self) -> str:
        """The page on which reports are asked for, filled in with this comparison."""
        codes = [each.code for each in self.municipalities]
        told = {"onderwerpen": "\n".join(self.topics), "gemeenten": codes, "geldigOp": self.day}
        return _address("/rapporten", told)

    def _compared(self) -> dict[str, Any]:
        return {
            given.TOPIC.name: "\n".join(self.topics),
            given.MUNICIPALITY.name: [each.code for each in self.municipalities],
            given.VALID_ON.name: self.day,
            given.PERIOD_FROM.name: self.period.first,
            given.PERIOD_TO.name: self.period.last,
        }


def _compared(
    request: Request, query: FormQuery, municipalities: Municipalities
) -> tuple[tuple[str, ...], tuple[Municipality, ...], date | None, Period]:
    return (
        query.one(_topics(is_on_this_machine(request))),
        query.each(given.MUNICIPALITY, given.municipality_of(municipalities)),
        query.one(given.VALID_ON),
        given.period(query),
    )


def _address(path: str, values: dict[str, Any]) -> str:
    return f"{path}?{urlencode({name: value for name, value in values.items() if value}, doseq=True)}"
