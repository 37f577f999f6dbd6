"""The table of a comparison: a row for each municipality, a column for each topic, sorted and narrowed as asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answer import Ruling
from app.api.comparison_bodies import ComparisonBody, FindingBody
from app.web.comparison_asked import BY_NAME, BY_RULING, DESCENDING, Asked

_ANCHOR = "#overzicht"
_RANKS = {Ruling.FOUND: 3, Ruling.TOUCHED: 2, Ruling.NOTHING: 1, Ruling.NOT_SEARCHED: 0}


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality with what was found of it on each topic."""

    code: str
    name: str
    findings: tuple[FindingBody, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; `address` sorts by it, and turns it round where it is `sorted` already ("" where not)."""

    name: str
    sorted: str
    address: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The rows that are shown under their columns; `silent` counts those of which nothing was found on any topic."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    silent: int

    @classmethod
    def of(cls, asked: Asked, comparisons: Sequence[ComparisonBody]) -> "Overview":
        """The table of comparisons, at least one; a municipality that came or went between them is in none of it."""
        topics = [{each.code: each for each in comparison.municipalities} for comparison in comparisons]
        names = {each.code: each.name for each in comparisons[0].municipalities}
        rows = [
            Row(code, name, tuple(topic[code] for topic in topics))
            for code, name in names.items()
            if all(code in topic for topic in topics)
        ]
        speaking = [row for row in rows if any(each.ruling.speaks for each in row.findings)]
        return cls(
            columns=tuple(_columns(asked)),
            rows=tuple(_sorted(asked, speaking if asked.only_found else rows)),
            silent=len(rows) - len(speaking),
        )


def _columns(asked: Asked) -> list[Column]:
    orders = [BY_NAME, *(f"{BY_RULING}{number}" for number in range(1, len(asked.topics) + 1))]
    return [_column(asked, name, order) for name, order in zip(("Gemeente", *asked.topics), orders, strict=True)]


def _column(asked: Asked, name: str, order: str) -> Column:
    current = asked.order.removeprefix(DESCENDING) == order
    # Names begin with A, verdicts with what was found.
    turned = not asked.descending if current else order != BY_NAME
    wanted = f"{DESCENDING if turned else ''}{order}"
    direction = "descending" if asked.descending else "ascending"
    address = asked.address(volgorde="" if wanted == BY_NAME else wanted)
    return Column(name, direction if current else "", f"{address}{_ANCHOR}")


def _sorted(asked: Asked, rows: Sequence[Row]) -> list[Row]:
    by_name = sorted(rows, key=lambda row: row.name.casefold(), reverse=asked.order == DESCENDING + BY_NAME)
    number = asked.sorted_topic
    if not number:
        return by_name
    return sorted(by_name, key=lambda row: _weight(row.findings[number - 1]), reverse=asked.descending)


def _weight(finding: FindingBody) -> tuple[int, float]:
    """How much there is: by verdict, and within it by how sure it is that there is anything."""
    certainty = finding.certainty or 0.0
    return _RANKS[finding.ruling], certainty if finding.ruling.speaks else -certainty
