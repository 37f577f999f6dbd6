"""The statements of a report on each side of a topic in a workbook, and the amounts of money in them."""

from collections.abc import Iterator

from app.api.comparison_bodies import AmountBody, AspectBody, YearsBody
from app.api.report_bodies import RunBody
from app.report.matrix import matrix_of
from app.report.sheet.book import Cell, Column, Table
from app.report.sheet.page_cells import page_cells
from app.report.sides import sides_of
from app.report.sources import Sources
from app.wording import years_words

_PLACE = (
    Column("onderwerp", 28),
    Column("groep", 18),
    Column("gemeente", 16),
    Column("code", 9),
)
_SOURCE = (
    Column("titel", 34),
    Column("document", 30),
    Column("pagina van", 9),
    Column("pagina tot", 9),
    Column("positie van", 10),
    Column("positie tot", 10),
    Column("passage-id", 38),
)


def aspects_table(run: RunBody) -> Table:
    """One row per statement: what it is on, its words, and where they stand."""
    columns = (*_PLACE, Column("aspect", 15), Column("citaat", 80), Column("kans", 8, percent=True))
    rows = [
        [*place, side, said.quote, said.probability, _years(said.years), _amounts(said), *source]
        for place, side, said, source in _statements(run)
    ]
    return Table("Aspecten", (*columns, Column("jaren", 16), Column("bedragen", 30), *_SOURCE), rows, 1)


def amounts_table(run: RunBody) -> Table:
    """One row per amount of money, as it is written."""
    columns = (
        *_PLACE,
        Column("bedrag", 18),
        Column("waarvoor", 40),
        Column("kolom", 20),
        Column("jaar van", 9),
        Column("jaar tot", 9),
        Column("structureel of incidenteel", 15),
        Column("per jaar", 9),
        Column("citaat", 70),
        *_SOURCE[:4],
        Column("bedrag positie van", 10),
        Column("bedrag positie tot", 10),
        _SOURCE[-1],
    )
    rows: list[list[Cell]] = [
        [
            *place,
            *_amount(amount),
            said.quote,
            *source[:4],
            amount.position.start,
            amount.position.end,
            said.passage,
        ]
        for place, _, said, source in _statements(run)
        for amount in said.amounts
    ]
    return Table("Bedragen", columns, rows, 1)


def _statements(run: RunBody) -> Iterator[tuple[list[Cell], str, AspectBody, list[Cell]]]:
    """Every statement with the cells that tell its topic and municipality, its side, and the cells of its source."""
    sources = Sources(run)
    for row in matrix_of(run).rows:
        comparison = run.results[row.number - 1].comparison
        for finding in comparison.municipalities if comparison else ():
            place: list[Cell] = [row.topic.topic, row.topic.group, finding.name, finding.code]
            for side, statements in sides_of(finding.aspects).items():
                for said in statements:
                    span = said.position
                    source: list[Cell] = [sources.title(said.document), said.document, *page_cells(said.pages)]
                    yield place, side.lower(), said, [*source, span.start, span.end, said.passage]


def _amount(amount: AmountBody) -> list[Cell]:
    return [
        amount.quote,
        amount.about.quote if amount.about else None,
        amount.column.quote if amount.column else None,
        amount.years.first if amount.years else None,
        amount.years.last if amount.years else None,
        amount.recurrence.value if amount.recurrence else None,
        "ja" if amount.yearly else "nee",
    ]


def _amounts(said: AspectBody) -> str:
    return "\n".join(amount.quote for amount in said.amounts)


def _years(periods: list[YearsBody]) -> str:
    return ", ".join(years_words(each) for each in periods)
