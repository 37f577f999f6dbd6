"""The rows of a report as CSV, each a mapping from the columns that it fills."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from app.api.comparison_bodies import AmountBody, AspectBody, DifferenceBody, FindingBody, MeasureBody, SpanBody
from app.api.document_bodies import CitedDocumentBody, RefusalBody
from app.api.report_bodies import ChangedCellBody, RunBody, TopicResultBody
from app.api.schemas import PagesBody, PassageBody
from app.report.matrix import Cell, matrix_of
from app.report.sides import sides_of
from app.report.sources import searched_titles
from app.wording import coverage_words, municipality_words, verdict_words, years_words

Row = dict[str, str]


class Kind(StrEnum):
    """What a row is: of a passage, a municipality without one, a statement on one side, one of its amounts, and so on.

    `GONE` is a quote of the earlier report that is not in this one.
    """

    QUOTE = "citaat"
    VERDICT = "oordeel"
    STATEMENT = "uitspraak"
    AMOUNT = "bedrag"
    DIFFERENCE = "verschil"
    FIGURE = "kengetal"
    GONE = "verdwenen"
    FAILED = "mislukt"
    REFUSED = "geweigerd"


def rows_of(run: RunBody) -> Iterator[Row]:
    """Every row of a run; each carries what identifies the run and its settings."""
    for row in _rows(run):
        yield row | _run_cells(run)


def _run_cells(run: RunBody) -> Row:
    settings = run.settings
    return {
        "peildatum": settings.day.isoformat(),
        "geldig op": _day(settings.valid_on),
        "rapport": run.id,
        "gemaakt op": run.made_at.isoformat(),
        "model": settings.model or "",
        "ijking": settings.calibration or "",
        "index": settings.index,
        "versie beleidswijzer": settings.product,
    }


def _rows(run: RunBody) -> Iterator[Row]:
    documents: dict[str, CitedDocumentBody] = {document.id: document for document in run.documents}
    for row in matrix_of(run).rows:
        result = run.results[row.number - 1]
        shared = _topic_cells(result)
        if result.comparison is None:
            yield shared | {"fout": result.error or "", "rij": Kind.FAILED}
            continue
        cells = {cell.municipality.code: cell for cell in row.cells}
        for finding in result.comparison.municipalities:
            yield from _finding(shared | _finding_cells(finding, cells[finding.code]), finding, documents)
        for measure in result.comparison.measures:
            yield from _measure(shared, measure, documents)
    for change in run.since.cells if run.since else ():
        yield from _gone(change)
    yield from (_refused(refusal) for refusal in run.refused)


def _topic_cells(result: TopicResultBody) -> Row:
    topic = result.topic
    return {
        "onderwerp": topic.topic,
        "groep": topic.group or "",
        "vraag": topic.question or topic.topic,
        "ook gezocht op": ", ".join(result.comparison.also_searched) if result.comparison else "",
    }


def _finding_cells(finding: FindingBody, cell: Cell) -> Row:
    read = (f"{each.title or each.id}: {coverage_words(each.coverage)}" for each in finding.searched)
    return {
        "gemeentecode": finding.code,
        "gemeente": finding.name,
        "oordeel": finding.ruling.value,
        "zekerheid": "" if finding.certainty is None else str(finding.certainty),
        "doorzochte documenten": "; ".join(searched_titles(finding)),
        "toelichting": verdict_words(finding),
        "dekking": "; ".join(read),
        "alleen verlopen": _yes_or_no(finding.only_past),
        **(_change_cells(cell.change) if cell.change else {}),
    }


def _change_cells(change: ChangedCellBody) -> Row:
    return {
        "gewijzigd": ", ".join(change.changed),
        "reden van wijziging": ", ".join(change.reasons),
        "toelichting op wijziging": change.explanation,
    }


def _finding(shared: Row, finding: FindingBody, documents: dict[str, CitedDocumentBody]) -> Iterator[Row]:
    for passage in finding.passages:
        yield shared | _passage(passage)
    if not finding.passages:
        yield shared | {"rij": Kind.VERDICT}
    for side, statements in sides_of(finding.aspects).items():
        for statement in statements:
            told = shared | {"kant": side} | _statement(statement, documents)
            yield told
            yield from (told | _amount(amount) for amount in statement.amounts)
    yield from (shared | _difference(each, documents) for each in finding.differences)


def _passage(passage: PassageBody) -> Row:
    return _span_cells(passage) | {
        **_document_cells(passage.document),
        "rij": Kind.QUOTE,
        "sectie": " > ".join(passage.section),
        **_page_cells(passage.pages),
        "score": str(passage.score),
        "passage": passage.id,
        "ocr": _yes_or_no(passage.by_ocr),
    }


def _document_cells(document: CitedDocumentBody) -> Row:
    return {
        "titel": document.title or "",
        "gemeenten van het document": municipality_words(document),
        "soort": document.kind or "",
        "document": document.id,
        "versie": document.version,
        "geldigheid": document.validity.value,
        "status": document.status or "",
        "geldig van": _day(document.valid_from),
        "geldig tot": _day(document.valid_until),
        "vervangen door": ", ".join(document.replaced_by),
    }


def _place_cells(said: AspectBody | DifferenceBody, documents: dict[str, CitedDocumentBody]) -> Row:
    document = documents.get(said.document)
    known = _document_cells(document) if document else {"document": said.document}
    return _span_cells(said) | known | _page_cells(said.pages) | {"passage": said.passage}


def _page_cells(pages: PagesBody | None) -> Row:
    return {} if pages is None else {"pagina van": str(pages.first), "pagina tot": str(pages.last)}


def _span_cells(span: SpanBody | PassageBody) -> Row:
    return {
        "citaat": span.quote,
        "positie van": str(span.position.start),
        "positie tot": str(span.position.end),
    }


def _statement(statement: AspectBody, documents: dict[str, CitedDocumentBody]) -> Row:
    return _place_cells(statement, documents) | {
        "rij": Kind.STATEMENT,
        "kans": str(statement.probability),
        "jaren": ", ".join(years_words(each) for each in statement.years),
    }


def _amount(amount: AmountBody) -> Row:
    """An amount has its own place in the text; the statement it stands in is the row above it."""
    return _span_cells(amount) | {
        "rij": Kind.AMOUNT,
        "bedrag": amount.quote,
        "waarvoor": amount.about.quote if amount.about else "",
        "kolom": amount.column.quote if amount.column else "",
        "jaren": years_words(amount.years) if amount.years else "",
        "terugkerend": amount.recurrence.value if amount.recurrence else "",
        "per jaar": _yes_or_no(amount.yearly),
    }


def _difference(difference: DifferenceBody, documents: dict[str, CitedDocumentBody]) -> Row:
    return _place_cells(difference, documents) | {"rij": Kind.DIFFERENCE, "ander document": difference.other}


def _measure(shared: Row, measure: MeasureBody, documents: dict[str, CitedDocumentBody]) -> Iterator[Row]:
    for each in measure.figures:
        document = documents.get(each.document)
        yield (
            shared
            | _span_cells(each)
            | (_document_cells(document) if document else {"document": each.document})
            | _page_cells(each.pages)
            | {
                "rij": Kind.FIGURE,
                "gemeentecode": each.municipality.code,
                "gemeente": each.municipality.name,
                "passage": each.passage,
                "maat": measure.name,
                "eenheid": measure.unit,
                "waarde": each.value.quote,
                "waarvan": each.of.quote if each.of else "",
                "jaren": years_words(each.years) if each.years else "",
                "vergelijkbaar": _yes_or_no(measure.comparable),
                "opmerking": measure.note,
            }
        )


def _gone(change: ChangedCellBody) -> Iterator[Row]:
    shared = {
        "rij": Kind.GONE.value,
        "onderwerp": change.topic,
        "vraag": change.question or change.topic,
        "gemeentecode": change.municipality.code,
        "gemeente": change.municipality.name,
        **_change_cells(change),
    }
    yield from (shared | {"citaat": quote} for quote in change.gone_quotes)


def _refused(refusal: RefusalBody) -> Row:
    return {
        "rij": Kind.REFUSED,
        "gemeente": municipality_words(refusal),
        "titel": refusal.title or refusal.path,
        "document": refusal.id,
        "fout": refusal.reason,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes_or_no(is_so: bool) -> str:
    return "ja" if is_so else "nee"
