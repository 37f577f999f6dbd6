"""Parts of reports, made of as little as a test wants to tell."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from app.api.comparison_bodies import (
    AmountBody,
    AspectBody,
    AspectsBody,
    DifferenceBody,
    FindingBody,
    MeasureBody,
    StatedFigureBody,
    YearsBody,
)
from app.api.document_bodies import (
    CoverageBody,
    DocumentBody,
    DocumentLinksBody,
    MunicipalityBody,
    NearIdenticalBody,
    RefusalBody,
)
from app.api.places import PositionBody
from app.api.report_bodies import (
    ChangedCellBody,
    ChangeKind,
    ChangeReason,
    ReportSettingsBody,
    RunBody,
    SinceBody,
    TopicBody,
    TopicResultBody,
)
from app.api.schemas import PassageBody
from app.aspects.amount import Recurrence
from app.validity import Validity
from tests.app.wire_samples import AMSTELVEEN, NO_PAGES, UTRECHT, comparison

DAY = date(2026, 3, 1)
MADE_AT = datetime(2026, 3, 1, 22, 15, tzinfo=UTC)
RUN_ID = "0b0f4a52-6f57-4a5c-9a52-0d1c7f7ab001"
PARTLY = CoverageBody(pages=195, read=180, scanned=15, ocr=4, damaged=0)


def years(first: int | None, last: int | None = None) -> YearsBody:
    """A period, or one year where `last` is not told."""
    return YearsBody(first=first, last=first if last is None else last)


def aspect(quote: str, of: PassageBody, *periods: YearsBody, amounts: Sequence[AmountBody] = ()) -> AspectBody:
    """A statement of a passage."""
    return AspectBody(
        quote=quote,
        position=PositionBody(start=12, end=12 + len(quote)),
        passage=of.id,
        pages=of.pages,
        document=of.document.id,
        probability=0.9,
        years=list(periods),
        amounts=list(amounts),
    )


def amount(
    quote: str,
    about: str | None = None,
    period: YearsBody | None = None,
    recurrence: Recurrence | None = None,
    yearly: bool = False,
) -> AmountBody:
    """An amount of money."""
    return AmountBody(
        quote=quote,
        position=PositionBody(start=14, end=14 + len(quote)),
        about=None if about is None else span(about),
        column=None,
        years=period,
        recurrence=recurrence,
        yearly=yearly,
    )


def span(quote: str) -> DifferenceBody:
    """A stretch of text, for what needs no more than that."""
    return DifferenceBody(
        quote=quote, position=PositionBody(start=40, end=40 + len(quote)), passage="p", document="d", other="o"
    )


def with_aspects(each: FindingBody, **aspects: Sequence[AspectBody]) -> FindingBody:
    """The finding with these aspects, the others empty."""
    return each.model_copy(
        update={"aspects": AspectsBody(**{name: list(aspects.get(name, ())) for name in AspectsBody.model_fields})}
    )


def figure(municipality: MunicipalityBody, value: str, quote: str, period: YearsBody | None = None) -> StatedFigureBody:
    """A figure as a document of the municipality states it."""
    return StatedFigureBody(
        quote=quote,
        position=PositionBody(start=100, end=100 + len(quote)),
        municipality=municipality,
        value=span(value),
        years=period,
        of=span("gebruik van jeugdhulp"),
        passage="p",
        document="jeugdagenda",
    )


def document(
    document_id: str = "jeugdagenda",
    title: str | None = "Jeugdagenda",
    municipality: MunicipalityBody = AMSTELVEEN,
    coverage: CoverageBody = NO_PAGES,
    validity: Validity = Validity.UNKNOWN,
) -> DocumentBody:
    """A document as it stands in the appendix."""
    return DocumentBody(
        id=document_id,
        title=title,
        municipalities=[municipality],
        kind="agenda",
        status="vastgesteld",
        valid_from=None,
        valid_until=None,
        published="2024-02",
        adopted_by="gemeenteraad",
        source=None,
        version="f" * 64,
        validity=validity,
        replaced_by=[],
        replaces=[],
        coverage=coverage,
        tables=2,
        passages=120,
        problems=["geen kop gevonden"],
        proposals=[],
        near_identical=[NearIdenticalBody(id="andere", title="Andere agenda", similarity=0.93)],
        source_file="jeugdagenda.pdf",
        file_sha256="a" * 64,
        parser="pdf 3",
        ingested_at=MADE_AT,
        seconds=1.25,
        links=DocumentLinksBody(self="/v1/d", text="/v1/d/tekst", file="/v1/d/bestand", reading="/documenten/d"),
    )


def refusal(path: str = "kapot.pdf", title: str | None = None) -> RefusalBody:
    """A file that could not be read."""
    return RefusalBody(
        id="kapot",
        title=title,
        municipalities=[UTRECHT],
        path=path,
        file_sha256=None,
        reason="is beschadigd",
        at=MADE_AT,
    )


def topic_result(
    topic: str,
    *findings: FindingBody,
    group: str | None = None,
    question: str | None = None,
    also_searched: Sequence[str] = (),
    measures: Sequence[MeasureBody] = (),
) -> TopicResultBody:
    """A topic with its comparison."""
    return TopicResultBody(
        topic=TopicBody(topic=topic, question=question, group=group),
        comparison=comparison(question or topic, *findings, also_searched=also_searched, measures=measures),
        error=None,
    )


def failed_topic(topic: str, error: str = "de index antwoordt niet", group: str | None = None) -> TopicResultBody:
    """A topic without a comparison."""
    return TopicResultBody(topic=TopicBody(topic=topic, question=None, group=group), comparison=None, error=error)


def run_of(
    *results: TopicResultBody,
    municipalities: Sequence[MunicipalityBody] = (),
    title: str = "Vergelijking van gemeentelijk beleid",
    documents: Sequence[DocumentBody] = (),
    refused: Sequence[RefusalBody] = (),
    since: SinceBody | None = None,
) -> RunBody:
    """A report of these topics."""
    return RunBody(
        id=RUN_ID,
        made_at=MADE_AT,
        title=title,
        settings=ReportSettingsBody(
            day=DAY,
            valid_on=None,
            per_municipality=3,
            municipalities=list(municipalities),
            model="multilingual-e5-small",
            calibration="packaged-1",
            index="1d5c3a9f0e7b",
            product="0.1.0",
        ),
        results=list(results),
        documents=list(documents),
        refused=list(refused),
        since=since,
    )


def change(
    topic: str,
    municipality: MunicipalityBody,
    kind: ChangeKind = ChangeKind.VERDICT,
    question: str | None = None,
    new_passages: Sequence[str] = (),
) -> ChangedCellBody:
    """A changed cell."""
    return ChangedCellBody(
        topic=topic,
        question=question,
        municipality=municipality,
        changed=[kind],
        reasons=[ChangeReason.NEW_DOCUMENT],
        explanation="Het oordeel was niets gevonden en is nu gevonden.",
        new_passages=list(new_passages),
        gone_quotes=["Dit citaat is er niet meer."],
    )


def since_of(*cells: ChangedCellBody) -> SinceBody:
    """A comparison with an earlier run."""
    return SinceBody(
        run="11111111-6f57-4a5c-9a52-0d1c7f7ab001", made_at=datetime(2026, 2, 1, tzinfo=UTC), cells=list(cells)
    )
