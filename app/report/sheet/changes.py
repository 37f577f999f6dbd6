"""What changed since another report, in a workbook."""

from app.api.report_bodies import SinceBody
from app.report.sheet.book import Cell, Column, Table
from app.wording import change_words

_COLUMNS = (
    Column("onderwerp", 30),
    Column("vraag", 30),
    Column("gemeente", 18),
    Column("code", 9),
    Column("wijziging", 44),
    Column("toelichting", 60),
    Column("nieuwe passages", 40),
    Column("verdwenen citaat", 80),
    Column("eerder rapport", 38),
    Column("eerder gemaakt op (UTC)", 17),
)


def changes_table(since: SinceBody) -> Table:
    """One row per changed cell of the matrix; one more for each further quote that is there no longer."""
    rows: list[list[Cell]] = []
    for cell in since.cells:
        heads: list[Cell] = [
            cell.topic,
            cell.question,
            cell.municipality.name,
            cell.municipality.code,
            change_words(cell.changed, cell.reasons),
            cell.explanation,
            "\n".join(cell.new_passages),
        ]
        for gone in cell.gone_quotes or (None,):
            rows.append([*heads, gone, since.run, since.made_at])
    return Table("Wijzigingen", _COLUMNS, rows, 1)
