"""Reports as they go over the wire and are kept: what was asked, what was found, and what changed since another."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.api.body import Body
from app.api.comparison_bodies import ComparisonBody
from app.api.document_bodies import DocumentBody, MunicipalityBody, RefusalBody
from corpus.task import TaskState

REPORTS_PATH = "/v1/rapporten"


class TopicBody(Body):
    """One topic of a report."""

    topic: Annotated[str, Field(alias="onderwerp", description="Zoals het in het rapport heet.")]
    question: Annotated[str | None, Field(alias="vraag", description="Waarmee gezocht wordt; null: het onderwerp.")]
    group: Annotated[str | None, Field(alias="groep", description="Kop waaronder het onderwerp staat.")]


class TopicResultBody(Body):
    """What came of one topic: its comparison, or why there is none."""

    topic: Annotated[TopicBody, Field(alias="onderwerp")]
    comparison: Annotated[ComparisonBody | None, Field(alias="vergelijking")]
    error: Annotated[str | None, Field(alias="fout", description="Waarom het niet gelukt is.")]


class ReportSettingsBody(Body):
    """All that decides what a report says beside the documents; two runs that differ here differ in settings."""

    day: Annotated[date, Field(alias="peildatum")]
    valid_on: Annotated[date | None, Field(alias="geldigOp", description="Alleen documenten die op die dag gelden.")]
    per_municipality: Annotated[int, Field(alias="perGemeente")]
    municipalities: Annotated[
        list[MunicipalityBody], Field(alias="gemeenten", description="Gevraagde gemeenten; leeg: alle met documenten.")
    ]
    model: Annotated[str | None, Field(description="Model van de index.")]
    calibration: Annotated[str | None, Field(alias="ijking", description="Kenmerk van de ijking van de oordelen.")]
    index: Annotated[str, Field(description="Kenmerk van de index en alle documentversies daarin.")]
    product: Annotated[str, Field(alias="versie", description="Versie van Beleidswijzer.")]
    changing: Annotated[
        bool,
        Field(
            alias="gewijzigdTijdensMaken",
            description="Of er tijdens het maken documenten bij bleven komen of weggaan; dan geldt `index` niet voor "
            "elk onderwerp.",
        ),
    ] = False
    indexing: Annotated[
        str | None,
        Field(alias="indexering", description="Kenmerk van hoe de index gemaakt is, wat er ook in staat; anders null."),
    ] = None


class ChangeKind(StrEnum):
    """What changed in one cell since another run, as the wire calls it."""

    VERDICT = "oordeel"
    PASSAGES = "passages"
    NEW_CELL = "nieuw"
    GONE_CELL = "weg"


class ChangeReason(StrEnum):
    """Why a cell can have changed, as the wire calls it."""

    NEW_DOCUMENT = "nieuw_document"
    DOCUMENT_GONE = "document_weg"
    NEW_VERSION = "nieuwe_versie"
    METADATA = "andere_gegevens"
    SETTINGS = "andere_instellingen"
    OTHER_DOCUMENTS = "andere_documenten_elders"


class ChangedCellBody(Body):
    """One cell of the matrix that is not what it was."""

    topic: Annotated[str, Field(alias="onderwerp")]
    question: Annotated[str | None, Field(alias="vraag", description="Zoals bij het onderwerp.")] = None
    municipality: Annotated[MunicipalityBody, Field(alias="gemeente")]
    changed: Annotated[list[ChangeKind], Field(alias="veranderd")]
    reasons: Annotated[list[ChangeReason], Field(alias="redenen")]
    explanation: Annotated[str, Field(alias="toelichting", description="Wat er anders is, in een zin.")]
    new_passages: Annotated[list[str], Field(alias="nieuwePassages", description="uuid's die er eerst niet waren.")]
    gone_quotes: Annotated[list[str], Field(alias="verdwenenCitaten", description="Citaten die er niet meer zijn.")]


class SinceBody(Body):
    """The run that a report is compared with, and every cell that changed."""

    run: Annotated[str, Field(alias="rapport", description="uuid van het eerdere rapport.")]
    made_at: Annotated[datetime, Field(alias="gemaaktOp")]
    cells: Annotated[list[ChangedCellBody], Field(alias="cellen")]


class RunBody(Body):
    """A whole report, of which every format is made; `id` and `made_at` alone differ between two runs of the same."""

    id: Annotated[str, Field(description="uuid van het rapport.")]
    made_at: Annotated[datetime, Field(alias="gemaaktOp")]
    title: Annotated[str, Field(alias="titel")]
    settings: Annotated[ReportSettingsBody, Field(alias="instellingen")]
    results: Annotated[list[TopicResultBody], Field(alias="resultaten", description="In de volgorde van de vraag.")]
    documents: Annotated[list[DocumentBody], Field(alias="documenten", description="Waarop een oordeel berust.")]
    refused: Annotated[
        list[RefusalBody], Field(alias="geweigerd", description="Bestanden die niet gelezen konden worden.")
    ]
    since: Annotated[SinceBody | None, Field(alias="sinds")]


class FailedTopicBody(Body):
    """A topic of a report that could not be compared."""

    topic: Annotated[str, Field(alias="onderwerp")]
    error: Annotated[str, Field(alias="fout", description="Waarom het niet gelukt is.")]


class ReportSummaryBody(Body):
    """What a list shows of a run."""

    topics: Annotated[int, Field(alias="onderwerpen", description="Aantal onderwerpen.")]
    failed: Annotated[list[FailedTopicBody], Field(alias="mislukt", description="Onderwerpen die niet gelukt zijn.")]
    since: Annotated[
        str | None, Field(alias="sinds", description="uuid van het eerdere rapport waarmee vergeleken wordt.")
    ]


class ReportLinksBody(Body):
    """Where a report is, its file, all that it says, and its task where it has one."""

    self: Annotated[str, Field(description="Dit rapport.")]
    file: Annotated[str, Field(alias="bestand", description="Het bestand, zodra `staat` `klaar` is.")]
    content: Annotated[str, Field(alias="inhoud", description="De inhoud als gegevens, zodra `staat` `klaar` is.")]
    task: Annotated[str | None, Field(alias="taak", description="De taak die het maakt; null waar die er niet is.")]


class ReportBody(ReportSummaryBody):
    """A report: how far it is, and where it can be had."""

    id: Annotated[str, Field(description="uuid van het rapport.")]
    state: Annotated[
        TaskState,
        Field(alias="staat", description="`wacht`, `bezig`, `klaar` of `mislukt`; de laatste twee blijven zo."),
    ]
    progress: Annotated[
        float, Field(alias="voortgang", ge=0, le=1, description="Deel van de onderwerpen dat klaar is.")
    ]
    error: Annotated[str | None, Field(alias="fout", description="Waarom het rapport mislukte, anders null.")]
    cancelled: Annotated[bool, Field(alias="afgebroken", description="Of gevraagd is het af te breken.")]
    title: Annotated[str, Field(alias="titel")]
    format: Annotated[str, Field(alias="formaat", description="Het gevraagde formaat.")]
    created_at: Annotated[
        datetime, Field(alias="aangemaaktOp", description="Tijdstip van aanvragen, of van maken zonder taak.")
    ]
    links: ReportLinksBody


class ReportsBody(Body):
    """Every report that is kept or being made."""

    reports: Annotated[list[ReportBody], Field(alias="rapporten", description="Het nieuwste eerst.")]
