"""A report: the comparisons of a list of topics, and the topics that failed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.answer import Ruling, Scope
from app.api.comparison_bodies import ComparisonBody, FindingBody
from app.api.document_bodies import DocumentBody, MunicipalityBody, RefusalBody
from app.service import Service
from corpus.errors import BeleidswijzerError

TITLE = "Vergelijking van gemeentelijk beleid"
PER_MUNICIPALITY = 3


@dataclass(frozen=True, slots=True)
class FailedTopic:
    """A topic that could not be compared, with the error that says why."""

    topic: str
    error: BeleidswijzerError


@dataclass(frozen=True, slots=True)
class Report:
    """The comparisons in the order of the topics file; `made_on` is the only thing that differs between two runs.

    `documents` are those that some verdict was given on, `refused` the files in scope that
    could not be read, by name only.
    """

    made_on: date
    comparisons: tuple[ComparisonBody, ...]
    failed: tuple[FailedTopic, ...]
    documents: tuple[DocumentBody, ...]
    refused: tuple[RefusalBody, ...]

    @property
    def municipalities(self) -> tuple[MunicipalityBody, ...]:
        """Every municipality of any comparison, in the order in which they first appear."""
        seen = {
            finding.code: MunicipalityBody(code=finding.code, name=finding.name)
            for comparison in self.comparisons
            for finding in comparison.municipalities
        }
        return tuple(seen.values())

    def ruling(self, comparison: ComparisonBody, municipality: MunicipalityBody) -> Ruling | None:
        """The verdict of one cell of the matrix; None where the comparison did not hold the municipality."""
        return next((each.ruling for each in comparison.municipalities if each.code == municipality.code), None)


def build_report(
    service: Service,
    topics: Sequence[str],
    scope: Scope,
    made_on: date,
    per_municipality: int = PER_MUNICIPALITY,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Compare each topic; one that fails is kept with its error and the others go on.

    Where every topic fails there is nothing to report: the first error is raised.
    """
    held = service.status()
    comparisons: list[ComparisonBody] = []
    failed: list[FailedTopic] = []
    for done, topic in enumerate(topics, start=1):
        try:
            comparisons.append(service.comparison(topic, scope, per_municipality))
        except BeleidswijzerError as error:
            failed.append(FailedTopic(topic, error))
        if progress is not None:
            progress(done)
    if not comparisons:
        raise failed[0].error
    searched = {
        document.id
        for comparison in comparisons
        for finding in comparison.municipalities
        for document in finding.searched
    }
    documents = tuple(document for document in held.documents if document.id in searched)
    codes = {municipality.code for municipality in scope.municipalities}
    refused = tuple(
        refusal.without_place()
        for refusal in held.refused
        if not codes or codes & {municipality.code for municipality in refusal.municipalities}
    )
    return Report(made_on, tuple(comparisons), tuple(failed), documents, refused)


def searched_titles(finding: FindingBody) -> list[str]:
    """The documents searched for a verdict: their titles, or ids where the title is unknown."""
    return [document.title or document.id for document in finding.searched]
