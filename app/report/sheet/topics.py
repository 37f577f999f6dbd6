"""The topics of a report in a workbook: what was searched for, and which of them failed."""

from app.api.report_bodies import RunBody
from app.report.sheet.book import Cell, Column, Table

_COLUMNS = (
    Column("nummer", 9),
    Column("onderwerp", 34),
    Column("groep", 22),
    Column("vraag", 44),
    Column("ook gezocht op", 50),
    Column("gelukt", 9),
    Column("reden", 60),
)


def topics_table(run: RunBody) -> Table:
    """One row per topic in the order asked."""
    rows: list[list[Cell]] = []
    for number, result in enumerate(run.results, start=1):
        topic, comparison = result.topic, result.comparison
        searched = ", ".join(comparison.also_searched) if comparison else None
        done = "ja" if comparison else "nee"
        question = topic.question or topic.topic
        rows.append([number, topic.topic, topic.group, question, searched, done, result.error])
    return Table("Onderwerpen", _COLUMNS, rows, 2)
