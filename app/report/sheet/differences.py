"""What differs between two documents of one municipality with nearly the same text, in a workbook."""

from app.api.report_bodies import RunBody
from app.report.matrix import matrix_of
from app.report.sheet.book import Cell, Column, Table
from app.report.sheet.page_cells import page_cells
from app.report.sources import Sources

_COLUMNS = (
    Column("onderwerp", 28),
    Column("groep", 18),
    Column("gemeente", 16),
    Column("code", 9),
    Column("citaat", 80),
    Column("staat in", 34),
    Column("staat niet in", 34),
    Column("document", 30),
    Column("ander document", 30),
    Column("pagina van", 9),
    Column("pagina tot", 9),
    Column("positie van", 10),
    Column("positie tot", 10),
    Column("passage-id", 38),
)


def differences_table(run: RunBody) -> Table:
    """One row per sentence that one document has and the other has not."""
    sources = Sources(run)
    rows: list[list[Cell]] = []
    for row in matrix_of(run).rows:
        comparison = run.results[row.number - 1].comparison
        for finding in comparison.municipalities if comparison else ():
            for each in finding.differences:
                rows.append(
                    [
                        row.topic.topic,
                        row.topic.group,
                        finding.name,
                        finding.code,
                        each.quote,
                        sources.title(each.document),
                        sources.title(each.other),
                        each.document,
                        each.other,
                        *page_cells(each.pages),
                        each.position.start,
                        each.position.end,
                        each.passage,
                    ]
                )
    return Table("Verschillen", _COLUMNS, rows, 1)
