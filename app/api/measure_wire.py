"""From figures side by side to what goes over the wire."""

from app.api.comparison_bodies import MeasureBody, SpanBody, StatedFigureBody, YearsBody
from app.api.document_bodies import MunicipalityBody
from app.api.places import PositionBody
from app.api.wire import pages_body
from app.figures.figure import StatedFigure
from app.figures.measure import Measure


def measure_body(measure: Measure) -> MeasureBody:
    return MeasureBody(
        name=measure.name,
        unit=measure.unit,
        comparable=not measure.differences,
        note=f"Niet zonder meer te vergelijken: {'; '.join(measure.differences)}." if measure.differences else "",
        figures=[_figure_body(figure) for figure in measure.figures],
    )


def _figure_body(figure: StatedFigure) -> StatedFigureBody:
    extract, years = figure.cited.extract, figure.years
    return StatedFigureBody(
        quote=extract.text,
        position=PositionBody(start=extract.start, end=extract.end),
        municipality=MunicipalityBody(code=figure.municipality.code, name=figure.municipality.name),
        value=_span(figure, figure.value.start, figure.value.end),
        years=None if years is None else YearsBody(first=years.first, last=years.last),
        of=None if figure.of is None else _span(figure, *figure.of),
        passage=extract.passage,
        pages=pages_body(figure.cited.pages),
        document=figure.cited.document.metadata.document_id,
    )


def _span(figure: StatedFigure, start: int, end: int) -> SpanBody:
    first = figure.cited.extract.start
    return SpanBody(quote=figure.text[start:end], position=PositionBody(start=first + start, end=first + end))
