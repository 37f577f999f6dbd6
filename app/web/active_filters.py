"""The filters of a search that are on, in words, each with the address of the same search without it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request

from app.answer import Scope
from app.api import parameters as given
from app.period import Period
from app.wording import day_words, enumerated

_MOST_NAMED = 3  # municipalities


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One filter, and where the same is asked without it."""

    words: str
    without: str


def active_filters(request: Request, scope: Scope) -> tuple[ActiveFilter, ...]:
    """The filters of a request for a page, of which `scope` is what was read."""
    names = [municipality.name for municipality in scope.municipalities]
    named = enumerated(names) if len(names) <= _MOST_NAMED else f"{len(names)} gemeenten"
    on: Sequence[tuple[str, Collection[str]]] = (
        (named, [given.MUNICIPALITY.name]),
        (" of ".join(scope.kinds), [given.KIND.name]),
        (_period_words(scope.period), [given.PERIOD_FROM.name, given.PERIOD_TO.name]),
        (f"geldig op {day_words(scope.valid_on)}" if scope.valid_on else "", [given.VALID_ON.name]),
        (" of ".join(f"status {status}" for status in scope.statuses), [given.STATUS.name]),
    )
    return tuple(ActiveFilter(words, _without(request, parameters)) for words, parameters in on if words)


def without_filters(request: Request) -> str:
    """The address of the same question without any filter."""
    return _without(request, set(request.query_params) - {given.QUESTION.name})


def _without(request: Request, names: Collection[str]) -> str:
    """The address without these parameters, and without fields that were left empty."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if value and name not in names]
    return f"/?{urlencode(kept)}" if kept else "/"


def _period_words(period: Period) -> str:
    first, last = _edge(period.first, (1, 1)), _edge(period.last, (12, 31))
    if first and last:
        return f"geldig in {first}" if first == last else f"geldig tussen {first} en {last}"
    return f"geldig vanaf {first}" if first else f"geldig tot en met {last}" if last else ""


def _edge(day: date | None, whole: tuple[int, int]) -> str:
    """The first or last day of a period; where that is the first or last of a year, the year says enough."""
    if day is None:
        return ""
    return str(day.year) if (day.month, day.day) == whole else day_words(day)
