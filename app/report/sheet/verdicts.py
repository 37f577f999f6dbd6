"""The verdicts of a report in a workbook: as a matrix, and one row per topic and municipality."""

from collections.abc import Iterator

from app.api.report_bodies import RunBody
from app.report.matrix import Cell as MatrixCell
from app.report.matrix import matrix_of
from app.report.sheet.book import Cell, Column, Shaded, Table
from app.report.sources import searched_titles
from app.wording import coverage_words, verdict_words


def matrix_table(run: RunBody) -> Table:
    """Topics by municipalities; a cell holds sign, verdict and certainty, and shows by its border that it changed."""
    matrix = matrix_of(run)
    groups = (Column("groep", 22),) if matrix.is_grouped else ()
    places = tuple(Column(each.name, 23) for each in matrix.municipalities)
    rows: list[list[Cell]] = []
    for group in matrix.groups:
        for row in group.rows:
            heads: list[Cell] = [group.name, row.topic.topic] if groups else [row.topic.topic]
            rows.append([*heads, *(_shaded(cell) for cell in row.cells)])
    return Table("Matrix", (*groups, Column("onderwerp", 36), *places), rows, len(groups) + 1)


def verdicts_table(run: RunBody) -> Table:
    """One row per topic and municipality, with what the verdict rests on, also where there is no quote."""
    columns = (
        Column("onderwerp", 30),
        Column("groep", 20),
        Column("gemeente", 18),
        Column("code", 9),
        Column("oordeel", 18),
        Column("zekerheid", 10, percent=True),
        Column("alleen verlopen", 11),
        Column("toelichting", 46),
        Column("citaten", 9),
        Column("doorzochte documenten", 46),
        Column("niet gelezen documenten", 34),
        Column("gewijzigd", 11),
        Column("wijziging", 46),
    )
    return Table("Oordelen", columns, list(_verdicts(run)), 1)


def _shaded(cell: MatrixCell) -> Shaded:
    look = cell.look
    told = 1 if cell.certainty is None else 2
    lines = (" ".join((look.symbol, *cell.lines[:told])), *cell.lines[told:])
    return Shaded("\n".join(lines), look.background, look.ink, cell.change is not None)


def _verdicts(run: RunBody) -> Iterator[list[Cell]]:
    findings = {
        (number, finding.code): finding
        for number, result in enumerate(run.results, start=1)
        for finding in (result.comparison.municipalities if result.comparison else ())
    }
    for row in matrix_of(run).rows:
        for cell in row.cells:
            finding = findings.get((row.number, cell.municipality.code))
            heads: list[Cell] = [row.topic.topic, row.topic.group, cell.municipality.name, cell.municipality.code]
            told: list[Cell] = [None, row.error, None, None, None]
            if finding:
                searched = zip(searched_titles(finding), finding.searched, strict=True)
                told = [
                    "ja" if finding.only_past else "nee",
                    verdict_words(finding),
                    len(finding.passages),
                    "\n".join(f"{title}: {coverage_words(each.coverage)}" for title, each in searched),
                    "\n".join(f"{each.title or each.id}: {each.reason}" for each in finding.refused),
                ]
            changed = None if run.since is None else "ja" if cell.change else "nee"
            yield [*heads, cell.words, cell.certainty, *told, changed, cell.change.explanation if cell.change else None]
