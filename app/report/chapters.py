"""The chapters of a report in words: per topic its municipalities, and figures side by side."""

from collections.abc import Iterator

from app.api.comparison_bodies import AmountBody, AspectBody, AspectsBody, FindingBody, MeasureBody
from app.api.report_bodies import RunBody, TopicResultBody
from app.api.schemas import PassageBody
from app.report.contents import Chapter, Difference, Measure, Part, Place, Quote, Side, StatedFigure, Statement
from app.report.matrix import Cell, Matrix, Row
from app.report.sides import sides_of
from app.report.sources import BY_OCR, Sources, span_place
from app.validity import IN_THE_PAST, Validity
from app.wording import change_words, gaps_words, one_line, shortened, title_words, verdict_words, years_words

UNGROUPED = "Onderwerpen"
OTHER_TOPICS = "Overige onderwerpen"
ONLY_PAST = "Alles wat hier gevonden is, staat in documenten die verlopen, ingetrokken of vervangen zijn."
_LONGEST_HEADING = 300
NEW = "nieuw sinds het vorige rapport"


def parts_of(run: RunBody, matrix: Matrix, sources: Sources) -> tuple[Part, ...]:
    """A part for each group of the matrix, a chapter for each topic in it."""
    without_name = OTHER_TOPICS if matrix.is_grouped else UNGROUPED
    return tuple(
        Part(
            anchor=f"deel-{number}",
            name=without_name if group.name is None else shortened(group.name, _LONGEST_HEADING),
            chapters=tuple(_chapter(run.results[row.number - 1], row, sources) for row in group.rows),
        )
        for number, group in enumerate(matrix.groups, start=1)
    )


def _chapter(result: TopicResultBody, row: Row, sources: Sources) -> Chapter:
    anchor, topic = f"onderwerp-{row.number}", result.topic
    cells = {cell.municipality.code: cell for cell in row.cells}
    comparison = result.comparison
    return Chapter(
        anchor=anchor,
        topic=shortened(topic.topic, _LONGEST_HEADING),
        question="" if topic.question in (None, topic.topic) else topic.question or "",
        also_searched=", ".join(comparison.also_searched) if comparison else "",
        error="" if comparison else result.error or "",
        places=tuple(
            _place(f"{anchor}-{each.code}", each, cells[each.code], sources)
            for each in (comparison.municipalities if comparison else ())
        ),
        measures=tuple(_measure(each, sources) for each in (comparison.measures if comparison else ())),
    )


def _place(anchor: str, finding: FindingBody, cell: Cell, sources: Sources) -> Place:
    change = cell.change
    new = frozenset(change.new_passages) if change else frozenset()
    return Place(
        anchor=anchor,
        name=finding.name,
        cell=cell,
        verdict=verdict_words(finding),
        warning=ONLY_PAST if finding.only_past else "",
        searched=tuple(f"{one_line(each.title or each.id)}{gaps_words(each.coverage)}" for each in finding.searched),
        refused=tuple(f"{one_line(each.title or each.id)}: {each.reason}" for each in finding.refused),
        change=f"{change_words(change.changed, ())}: {change.explanation}" if change else "",
        quotes=tuple(
            Quote(each.quote, sources.line(each), tuple(_remarks(each, new, sources)), each.id)
            for each in finding.passages
        ),
        sides=tuple(_sides(finding.aspects, sources)),
        differences=tuple(
            Difference(each.quote, sources.span_line(each), sources.title(each.other)) for each in finding.differences
        ),
    )


def _remarks(passage: PassageBody, new: frozenset[str], sources: Sources) -> Iterator[str]:
    document = passage.document
    if document.validity in IN_THE_PAST or document.validity is Validity.NOT_YET or document.replaced_by:
        yield sources.validity(document)
    if passage.by_ocr:
        yield BY_OCR
    yield from (title_words(problem) for problem in passage.problems)
    if passage.id in new:
        yield NEW


def _sides(aspects: AspectsBody, sources: Sources) -> Iterator[Side]:
    for name, statements in sides_of(aspects).items():
        if statements:
            yield Side(
                name,
                tuple(
                    Statement(
                        text=each.quote,
                        source=sources.span_line(each),
                        title=sources.title(each.document),
                        place=span_place(each),
                        document=sources.document_line(each.document),
                        details=tuple(details_of(each)),
                        passage=each.passage,
                    )
                    for each in statements
                ),
            )


def details_of(aspect: AspectBody) -> Iterator[str]:
    """The years and amounts of a statement in words."""
    if aspect.years:
        yield f"jaar: {', '.join(years_words(each) for each in aspect.years)}"
    yield from (amount_words(each) for each in aspect.amounts)


def amount_words(amount: AmountBody) -> str:
    """An amount with what the text tells of it: what for, its column, year, and whether it comes back."""
    told = (
        f"waarvoor: {amount.about.quote}" if amount.about else "",
        f"kolom: {amount.column.quote}" if amount.column else "",
        f"jaar: {years_words(amount.years)}" if amount.years else "",
        amount.recurrence.value if amount.recurrence else "",
        "per jaar" if amount.yearly else "",
    )
    return "; ".join(part for part in (f"bedrag: {amount.quote}", *told) if part)


def _measure(measure: MeasureBody, sources: Sources) -> Measure:
    note = measure.note or ("" if measure.comparable else "De getallen zijn niet zonder meer te vergelijken.")
    return Measure(
        name=measure.name,
        unit=measure.unit,
        note=note,
        figures=tuple(
            StatedFigure(
                municipality=each.municipality.name,
                value=each.value.quote,
                years=years_words(each.years) if each.years else "niet genoemd",
                of=each.of.quote if each.of else "",
                statement=each.quote,
                source=sources.span_line(each),
            )
            for each in measure.figures
        ),
    )
