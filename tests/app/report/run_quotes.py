"""Every text of a run that is a quote."""

from collections.abc import Iterator

from app.api.report_bodies import RunBody
from app.report.sides import sides_of


def quotes_of(run: RunBody) -> Iterator[str]:
    """The quotes of passages, statements, differences and figures."""
    for result in run.results:
        for finding in result.comparison.municipalities if result.comparison else ():
            yield from (passage.quote for passage in finding.passages)
            yield from (said.quote for side in sides_of(finding.aspects).values() for said in side)
            yield from (each.quote for each in finding.differences)
        for measure in result.comparison.measures if result.comparison else ():
            yield from (figure.quote for figure in measure.figures)
