"""What decided a report beside its documents, in a workbook."""

from app.api.report_bodies import RunBody
from app.report.contents_of import READING
from app.report.sheet.book import Cell, Column, Table


def settings_table(run: RunBody) -> Table:
    """One row per setting, and how to read the report."""
    settings = run.settings
    since: list[list[Cell]] = []
    if run.since:
        since = [
            ["vergeleken met rapport", run.since.run],
            ["eerder gemaakt op (UTC)", run.since.made_at],
            ["gewijzigde cellen", len(run.since.cells)],
        ]
    reading: list[list[Cell]] = [["leeswijzer", line] for line in READING]
    rows: list[list[Cell]] = [
        ["titel", run.title],
        ["rapport", run.id],
        ["gemaakt op (UTC)", run.made_at],
        ["peildatum", settings.day],
        ["alleen documenten geldig op", settings.valid_on or "niet gevraagd"],
        ["passages per gemeente, ten hoogste", settings.per_municipality],
        ["gemeenten", ", ".join(each.name for each in settings.municipalities) or "alle met documenten"],
        ["onderwerpen", len(run.results)],
        ["onderwerpen die niet gelukt zijn", sum(result.comparison is None for result in run.results)],
        ["model", settings.model or "onbekend"],
        ["ijking", settings.calibration or "geen"],
        ["index", settings.index],
        ["documenten gewijzigd tijdens het maken", "ja" if settings.changing else "nee"],
        ["versie van Beleidswijzer", settings.product],
        *since,
        *reading,
    ]
    return Table("Instellingen", (Column("instelling", 36), Column("waarde", 90, left=True)), rows, 1)
