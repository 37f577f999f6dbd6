"""From comparisons to what goes over the wire."""

from collections.abc import Mapping, Sequence

from app.answer import CitedExtract, Difference, Finding
from app.api.comparison_bodies import (
    AmountBody,
    AspectBody,
    AspectsBody,
    ComparisonBody,
    DifferenceBody,
    FindingBody,
    SpanBody,
    YearsBody,
)
from app.api.measure_wire import measure_body
from app.api.places import PositionBody
from app.api.wire import pages_body, passage_body, verdict_body
from app.aspects.amount import Amount, Span
from app.aspects.aspect import Aspect
from app.aspects.years import Years
from app.comparison import Comparison


def comparison_body(comparison: Comparison) -> ComparisonBody:
    return ComparisonBody(
        topic=comparison.topic,
        also_searched=list(comparison.also_searched),
        day=comparison.day,
        municipalities=[finding_body(finding) for finding in comparison.findings],
        measures=[measure_body(each) for each in comparison.measures],
    )


def finding_body(finding: Finding) -> FindingBody:
    verdict = verdict_body(finding.verdict)
    return FindingBody(
        code=verdict.code,
        name=verdict.name,
        ruling=verdict.ruling,
        certainty=verdict.certainty,
        searched=verdict.searched,
        refused=verdict.refused,
        only_past=finding.only_past,
        passages=[passage_body(hit) for hit in finding.hits],
        aspects=_aspects(finding.aspects),
        differences=[_difference(each) for each in finding.differences],
    )


def _aspects(aspects: Mapping[Aspect, Sequence[CitedExtract]]) -> AspectsBody:
    bodies = {aspect: [_aspect(each) for each in found] for aspect, found in aspects.items()}
    return AspectsBody(
        goals=bodies[Aspect.GOALS],
        target_group=bodies[Aspect.TARGET_GROUP],
        current_efforts=bodies[Aspect.CURRENT],
        new_actions=bodies[Aspect.ACTIONS],
        partners=bodies[Aspect.PARTNERS],
        money=bodies[Aspect.MONEY],
        figures=bodies[Aspect.FIGURES],
    )


def _aspect(cited: CitedExtract) -> AspectBody:
    extract = cited.extract
    return AspectBody(
        quote=extract.text,
        position=PositionBody(start=extract.start, end=extract.end),
        passage=extract.passage,
        pages=pages_body(cited.pages),
        document=cited.document.metadata.document_id,
        probability=extract.probability,
        years=[_years(each) for each in extract.years],
        amounts=[_amount(each) for each in extract.amounts],
    )


def _amount(amount: Amount) -> AmountBody:
    return AmountBody(
        quote=amount.amount.text,
        position=PositionBody(start=amount.amount.start, end=amount.amount.end),
        about=None if amount.about is None else _span(amount.about),
        column=None if amount.column is None else _span(amount.column),
        years=None if amount.years is None else _years(amount.years),
        recurrence=amount.recurrence,
        yearly=amount.yearly,
    )


def _span(span: Span) -> SpanBody:
    return SpanBody(quote=span.text, position=PositionBody(start=span.start, end=span.end))


def _years(years: Years) -> YearsBody:
    return YearsBody(first=years.first, last=years.last)


def _difference(difference: Difference) -> DifferenceBody:
    return DifferenceBody(
        quote=difference.text,
        position=PositionBody(start=difference.start, end=difference.end),
        passage=difference.passage,
        pages=pages_body(difference.pages),
        document=difference.document.metadata.document_id,
        other=difference.other.metadata.document_id,
    )
