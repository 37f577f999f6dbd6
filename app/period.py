"""The period of which documents hold on some day; its ends are written as a year, a month or a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

FORM = "a year, a month or a day, such as 2024, 2024-03 or 2024-03-31"
_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` up to and with `last`; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    @property
    def ends_before_it_begins(self) -> bool:
        """Whether no day can be in it."""
        return self.first is not None and self.last is not None and self.first > self.last

    def touches(self, valid_from: date | None, valid_until: date | None) -> bool:
        """Whether what holds from one day to another, None where that is not known, may hold some day of the period."""
        begun = self.last is None or valid_from is None or valid_from <= self.last
        return begun and (self.first is None or valid_until is None or self.first <= valid_until)


ALWAYS = Period()


def first_day(written: str) -> date:
    """The first day of a year, month or day; ValueError where it does not exist."""
    year, month, day = _read(written)
    return date(year, int(month or 1), int(day or 1))


def last_day(written: str) -> date:
    """The last day of a year, month or day; ValueError where it does not exist."""
    year, month_written, day = _read(written)
    month = int(month_written or 12)
    return date(year, month, int(day or calendar.monthrange(year, month)[1]))


def _read(written: str) -> tuple[int, str | None, str | None]:
    """Year, month and day as they are written, None where they are left out."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise ValueError(f"{written!r} is not {FORM}")
    year, month, day = match.groups()
    return int(year), month, day
