"""What was read of every document, and the files of which nothing was, in a workbook."""

from app.api.document_bodies import DocumentBody, RefusalBody
from app.api.report_bodies import RunBody
from app.report.sheet.book import Cell, Column, Table
from app.report.sources import Sources
from app.wording import municipality_words

_COLUMNS = (
    Column("gemeente", 18),
    Column("titel", 40),
    Column("gelezen", 9),
    Column("reden", 34),
    Column("bestand", 30),
    Column("soort", 16),
    Column("status", 13),
    Column("geldigheid", 15),
    Column("geldig van", 12),
    Column("geldig tot", 12),
    Column("vervangen door", 26),
    Column("vervangt", 26),
    Column("gepubliceerd", 13),
    Column("vastgesteld door", 20),
    Column("pagina's", 10),
    Column("pagina's gelezen", 10),
    Column("pagina's gescand", 10),
    Column("pagina's met ocr", 10),
    Column("pagina's beschadigd", 11),
    Column("tabellen", 9),
    Column("passages", 9),
    Column("problemen", 40),
    Column("bijna gelijk aan", 40),
    Column("bron", 34),
    Column("document", 30),
    Column("versie", 30),
    Column("sha256 van het bestand", 30),
    Column("lezer", 20),
    Column("tijdstip (UTC)", 17),
    Column("seconden", 10),
)


def coverage_table(run: RunBody) -> Table:
    """One row per document that a verdict rests on, then one per file that could not be read."""
    sources = Sources(run)
    rows = [*(_read(document, sources) for document in run.documents), *map(_refused, run.refused)]
    return Table("Dekking", _COLUMNS, rows, 2)


def _read(document: DocumentBody, sources: Sources) -> list[Cell]:
    coverage = document.coverage
    alike = [f"{each.title or each.id} [{each.id}]" for each in document.near_identical]
    return [
        municipality_words(document),
        document.title,
        "ja",
        None,
        document.source_file,
        document.kind,
        document.status,
        document.validity.value.replace("_", " "),
        document.valid_from,
        document.valid_until,
        "\n".join(sources.title(each) for each in document.replaced_by),
        "\n".join(sources.title(each) for each in document.replaces),
        document.published,
        document.adopted_by,
        coverage.pages,
        coverage.read,
        coverage.scanned,
        coverage.ocr,
        coverage.damaged,
        document.tables,
        document.passages,
        "\n".join(document.problems),
        "\n".join(alike),
        document.source,
        document.id,
        document.version,
        document.file_sha256,
        document.parser,
        document.ingested_at,
        document.seconds,
    ]


def _refused(refusal: RefusalBody) -> list[Cell]:
    heads: list[Cell] = [municipality_words(refusal), refusal.title, "nee", refusal.reason, refusal.path]
    tail: list[Cell] = [refusal.id, None, refusal.file_sha256, None, refusal.at, None]
    return [*heads, *[None] * (len(_COLUMNS) - len(heads) - len(tail)), *tail]
