"""A report as an Excel workbook."""

from app.api.report_bodies import RunBody
from app.report.sheet.aspects import amounts_table, aspects_table
from app.report.sheet.book import Book
from app.report.sheet.changes import changes_table
from app.report.sheet.coverage import coverage_table
from app.report.sheet.differences import differences_table
from app.report.sheet.measures import measures_table
from app.report.sheet.quotes import quotes_table
from app.report.sheet.settings import settings_table
from app.report.sheet.topics import topics_table
from app.report.sheet.verdicts import matrix_table, verdicts_table


def spreadsheet(run: RunBody) -> bytes:
    """The workbook (.xlsx): a sheet with the matrix, then one row per quote, statement, amount, figure and document.

    Every text is held as it is and never calculated; the same run gives the same bytes.
    """
    book = Book(run.title, run.made_at)
    for table in (
        matrix_table(run),
        quotes_table(run),
        verdicts_table(run),
        aspects_table(run),
        amounts_table(run),
        measures_table(run),
        differences_table(run),
        *([changes_table(run.since)] if run.since else []),
        topics_table(run),
        coverage_table(run),
        settings_table(run),
    ):
        book.add(table)
    return book.content()
