"""Dates as Dutch texts write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_NAMES = (
    {name: place for place, name in enumerate(_MONTHS, start=1)}
    | {short: place for place, short in enumerate(("jan", "feb", "mrt", "apr", "mei", "jun"), start=1)}
    | {short: place for place, short in enumerate(("jul", "aug", "sep", "okt", "nov", "dec"), start=7)}
)
_MONTH = "|".join(sorted(_NAMES, key=len, reverse=True))
_YEAR = r"(?:19[89]\d|20\d\d)"
_DATE = re.compile(
    rf"(?i)\b(?:(?P<day>[0-3]?\d)\s?(?P<month>{_MONTH})\.?\s(?P<year>{_YEAR})"
    rf"|(?P<day2>[0-3]?\d)[-/.](?P<month2>[01]?\d)[-/.](?P<year2>{_YEAR})"
    rf"|(?P<year3>{_YEAR})-(?P<month3>[01]\d)-(?P<day3>[0-3]\d)"
    rf"|(?P<month4>{'|'.join(_MONTHS)})\s(?P<year4>{_YEAR}))\b"
)
_COMPACT = re.compile(rf"(?<!\d)(?P<year>{_YEAR})[-_ ]?(?P<month>[01]\d)[-_ ]?(?P<day>[0-3]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in ISO 8601, to the day or the month, with where it stands."""

    value: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """The dates in a text: '12 juni 2023', '12-06-2023', '2023-06-12', and a month with its year."""
    for match in _DATE.finditer(text):
        if match["year4"]:
            yield FoundDate(f"{match['year4']}-{_NAMES[match['month4'].lower()]:02d}", match.start(), match.end())
            continue
        month = _NAMES[match["month"].lower()] if match["month"] else int(match["month2"] or match["month3"])
        year, day = match["year"] or match["year2"] or match["year3"], match["day"] or match["day2"] or match["day3"]
        if value := _iso(int(year), month, int(day)):
            yield FoundDate(value, match.start(), match.end())


def find_date_in_name(name: str) -> str | None:
    """The date in a file name: '2015-06-29', '20150629', '29-06-2015', '29 juni 2015'."""
    for match in _COMPACT.finditer(name):
        if value := _iso(int(match["year"]), int(match["month"]), int(match["day"])):
            return value
    return next((found.value for found in find_dates(name.replace("_", " "))), None)


def day_of(stamp: str | None) -> str | None:
    """The day at the beginning of a time stamp, None where there is no possible one."""
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", stamp or "")
    return _iso(*map(int, match.groups())) if match and "1980" <= match[1] < "2100" else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
