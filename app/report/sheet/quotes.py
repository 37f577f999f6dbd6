"""The quotes of a report in a workbook, each with all that is known of its source."""

from app.api.report_bodies import RunBody
from app.api.schemas import PassageBody
from app.report.matrix import matrix_of
from app.report.sheet.book import Cell, Column, Table
from app.report.sheet.page_cells import page_cells
from app.report.sources import Sources
from app.wording import municipality_words, ruling_words

COLUMNS = (
    Column("onderwerp", 26),
    Column("groep", 18),
    Column("vraag", 26),
    Column("gemeente", 16),
    Column("code", 9),
    Column("oordeel", 14),
    Column("zekerheid", 10, percent=True),
    Column("citaat", 80),
    Column("titel", 34),
    Column("gemeenten van het document", 20),
    Column("soort", 16),
    Column("status", 13),
    Column("geldigheid", 15),
    Column("geldig van", 12),
    Column("geldig tot", 12),
    Column("vervangen door", 26),
    Column("gepubliceerd", 13),
    Column("vastgesteld door", 20),
    Column("sectie", 40),
    Column("pagina van", 9),
    Column("pagina tot", 9),
    Column("positie van", 10),
    Column("positie tot", 10),
    Column("score", 9),
    Column("document", 30),
    Column("versie", 30),
    Column("passage-id", 38),
    Column("bron", 34),
    Column("ocr", 7),
    Column("tabel", 7),
    Column("problemen", 26),
    Column("nieuw sinds", 9),
)


def quotes_table(run: RunBody) -> Table:
    """One row per quote, in the order of topics, municipalities and passages."""
    sources = Sources(run)
    rows: list[list[Cell]] = []
    for row in matrix_of(run).rows:
        result = run.results[row.number - 1]
        changes = {cell.municipality.code: cell.change for cell in row.cells if cell.change}
        for finding in result.comparison.municipalities if result.comparison else ():
            found: list[Cell] = [
                result.topic.topic,
                result.topic.group,
                result.topic.question,
                finding.name,
                finding.code,
                ruling_words(finding.ruling),
                finding.certainty,
            ]
            change = changes.get(finding.code)
            fresh = frozenset(change.new_passages) if change else frozenset()
            for passage in finding.passages:
                since = None if run.since is None else _yes(passage.id in fresh)
                rows.append([*found, *_source(passage, sources), since])
    return Table("Citaten", COLUMNS, rows, 1)


def _source(passage: PassageBody, sources: Sources) -> list[Cell]:
    document, position = passage.document, passage.position
    return [
        passage.quote,
        document.title,
        municipality_words(document),
        document.kind,
        document.status,
        document.validity.value.replace("_", " "),
        document.valid_from,
        document.valid_until,
        "\n".join(sources.title(each) for each in document.replaced_by),
        document.published,
        document.adopted_by,
        " > ".join(passage.section),
        *page_cells(passage.pages),
        position.start,
        position.end,
        passage.score,
        document.id,
        document.version,
        passage.id,
        document.source,
        _yes(passage.by_ocr),
        _yes(passage.in_table),
        "\n".join(passage.problems),
    ]


def _yes(told: bool) -> str:
    return "ja" if told else "nee"
