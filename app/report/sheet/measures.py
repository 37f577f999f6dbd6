"""The figures of a report that stand side by side, in a workbook."""

from app.api.report_bodies import RunBody
from app.report.matrix import matrix_of
from app.report.sheet.book import Cell, Column, Table
from app.report.sheet.page_cells import page_cells
from app.report.sources import Sources

_COLUMNS = (
    Column("onderwerp", 28),
    Column("groep", 18),
    Column("maat", 30),
    Column("eenheid", 14),
    Column("vergelijkbaar", 13),
    Column("opmerking", 40),
    Column("gemeente", 16),
    Column("code", 9),
    Column("waarde", 18),
    Column("waarvan", 34),
    Column("jaar van", 9),
    Column("jaar tot", 9),
    Column("citaat", 70),
    Column("titel", 34),
    Column("document", 30),
    Column("pagina van", 9),
    Column("pagina tot", 9),
    Column("positie van", 10),
    Column("positie tot", 10),
    Column("passage-id", 38),
)


def measures_table(run: RunBody) -> Table:
    """One row per stated figure, with its measure and whether that can be compared."""
    sources = Sources(run)
    rows: list[list[Cell]] = []
    for row in matrix_of(run).rows:
        comparison = run.results[row.number - 1].comparison
        for measure in comparison.measures if comparison else ():
            heads: list[Cell] = [
                row.topic.topic,
                row.topic.group,
                measure.name,
                measure.unit,
                "ja" if measure.comparable else "nee",
                measure.note,
            ]
            for figure in measure.figures:
                years, span = figure.years, figure.position
                told: list[Cell] = [
                    figure.municipality.name,
                    figure.municipality.code,
                    figure.value.quote,
                    figure.of.quote if figure.of else None,
                    years.first if years else None,
                    years.last if years else None,
                    figure.quote,
                    sources.title(figure.document),
                    figure.document,
                    *page_cells(figure.pages),
                    span.start,
                    span.end,
                    figure.passage,
                ]
                rows.append([*heads, *told])
    return Table("Kengetallen", _COLUMNS, rows, 1)
