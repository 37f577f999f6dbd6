"""What goes over the wire: English fields inside, the promised Dutch names outside."""

from typing import Annotated

from pydantic import Field

from app.answer import FoundBy, Ruling
from app.api.body import Body
from app.api.document_bodies import CitedDocumentBody, CoverageBody, DocumentBody, MunicipalityBody, RefusalBody
from app.api.engine_state import CalibrationBody, LateInteractionBody
from app.api.places import BoxBody, ContextBody, PositionBody


class PagesBody(Body):
    """First and last page, 1-based."""

    first: Annotated[int, Field(alias="van", ge=1, description="Eerste pagina, geteld vanaf 1.")]
    last: Annotated[int, Field(alias="tot", ge=1, description="Laatste pagina.")]


class PassageLinksBody(Body):
    """Where the passage, its document and its place in the browser are."""

    self: Annotated[str, Field(description="Deze passage met haar context.")]
    document: Annotated[str, Field(description="Het document.")]
    reading: Annotated[str, Field(alias="lezen", description="De leespagina met de passage gemarkeerd.")]


class CitationBody(Body):
    """A quote with its source."""

    id: Annotated[str, Field(description="uuid van de passage.")]
    quote: Annotated[
        str, Field(alias="citaat", max_length=1200, description="Letterlijk deel van de tekst van het document.")
    ]
    document: CitedDocumentBody
    section: Annotated[list[str], Field(alias="sectie", description="Koppen van boven naar beneden.")]
    pages: Annotated[PagesBody | None, Field(alias="pagina", description="Pagina's, of null waar die onbekend zijn.")]
    position: Annotated[PositionBody, Field(alias="positie", description="Plaats in de tekst van het document.")]
    problems: Annotated[
        list[str], Field(alias="problemen", description="Wat er mis is met de tekst van deze passage; meestal leeg.")
    ]
    in_table: Annotated[bool, Field(alias="tabel", description="Bevat rijen van een tabel.")]
    by_ocr: Annotated[bool, Field(alias="ocr", description="Bevat tekst die met tekstherkenning gelezen is.")]
    links: PassageLinksBody


class PassageBody(CitationBody):
    """A passage that answers a question."""

    score: Annotated[
        float,
        Field(
            description="Ordent de passages van één antwoord, in een vergelijking die van één gemeente: wat op de "
            "peildatum geldt (of van onbekende looptijd is) en wat niet geldt elk apart. Zegt niets tussen antwoorden."
        ),
    ]
    found_by: Annotated[list[FoundBy], Field(alias="gevondenOp", description="Hoe de passage gevonden is.")]


class PassageInContextBody(CitationBody):
    """One passage asked for by its id, so without a score, with the text around it."""

    score: Annotated[None, Field(description="Altijd null: er is geen vraag gesteld.")]
    found_by: Annotated[list[FoundBy], Field(alias="gevondenOp", description="Altijd leeg.", max_length=0)]
    boxes: Annotated[
        list[BoxBody],
        Field(alias="vlakken", description="Waar de regels van de passage op de pagina's staan, waar dat bekend is."),
    ]
    context: ContextBody


class SearchedDocumentBody(Body):
    """A document that was searched for a verdict."""

    id: str
    title: Annotated[str | None, Field(alias="titel")]
    coverage: Annotated[CoverageBody, Field(alias="dekking", description="Hoeveel van het bestand gelezen is.")]


class RefusedDocumentBody(Body):
    """A document in scope that could not be read, so that the verdict does not rest on it."""

    id: str
    title: Annotated[str | None, Field(alias="titel")]
    reason: Annotated[str, Field(alias="reden", description="Waarom het niet gelezen kon worden.")]


class VerdictBody(Body):
    """What the documents of one municipality say about the question."""

    code: Annotated[str, Field(description="GM-code van het CBS.")]
    name: Annotated[str, Field(alias="naam", description="Naam van het CBS.")]
    ruling: Annotated[
        Ruling,
        Field(
            alias="oordeel",
            description="`gevonden`: behandeld. `zijdelings`: genoemd. `niets_gevonden`: doorzocht, niets gevonden. "
            "`niet_doorzocht`: geen doorzoekbaar document.",
        ),
    ]
    certainty: Annotated[
        float | None,
        Field(
            alias="zekerheid",
            description="Kans dat het oordeel klopt; bij zijdelings dat er iets over staat. Null waar onbekend.",
        ),
    ]
    searched: Annotated[list[SearchedDocumentBody], Field(alias="doorzochteDocumenten")]
    refused: Annotated[
        list[RefusedDocumentBody],
        Field(alias="geweigerdeDocumenten", description="Documenten in bereik die niet gelezen konden worden."),
    ]


class PassagesBody(Body):
    """The answer to a question."""

    question: Annotated[str, Field(alias="vraag")]
    also_searched: Annotated[list[str], Field(alias="ookGezochtOp", description="Verwante woorden die meededen.")]
    passages: Annotated[list[PassageBody], Field(description="Beste eerst.")]
    municipalities: Annotated[
        list[VerdictBody], Field(alias="gemeenten", description="Een oordeel voor elke gemeente in bereik.")
    ]


class CountedMunicipalityBody(MunicipalityBody):
    """A municipality with the number of its documents."""

    documents: Annotated[int, Field(alias="documenten", ge=0, description="Aantal doorzoekbare documenten.")]


class MunicipalitiesBody(Body):
    """Every municipality of the CBS list."""

    municipalities: Annotated[list[CountedMunicipalityBody], Field(alias="gemeenten")]


class StatusBody(Body):
    """What the knowledge base holds; the command `status` prints it."""

    documents: Annotated[list[DocumentBody], Field(alias="documenten")]
    refused: Annotated[
        list[RefusalBody], Field(alias="geweigerd", description="Bestanden die niet gelezen konden worden.")
    ]
    model: Annotated[str | None, Field(description="Model van de index, of null waar nog niets is ingelezen.")]
    passages: Annotated[int, Field(description="Aantal passages van alle documenten samen.")]
    late_interaction: Annotated[
        LateInteractionBody | None,
        Field(alias="lateInteractie", description="De tokenvectoren in de index, of null waar die er niet zijn."),
    ]
    calibration: Annotated[
        CalibrationBody | None,
        Field(alias="ijking", description="Waarmee oordelen een kans krijgen, of null: dan is zekerheid ook null."),
    ]


class ProgressBody(Body):
    """How far an ingest is: steps done of all that are known by now, and the document that is being read."""

    document: str | None
    done: Annotated[int, Field(alias="klaar")]
    total: Annotated[int, Field(alias="totaal")]


class FailureBody(Body):
    """A document that could not be read."""

    path: Annotated[str, Field(alias="bestand")]
    reason: Annotated[str, Field(alias="reden")]


class VanishedBody(Body):
    """A document whose file is gone, and whether it was taken out for that."""

    document: str
    path: Annotated[str, Field(alias="bestand")]
    removed: Annotated[bool, Field(alias="verwijderd")]


class IngestBody(Body):
    """What an ingest did; `encoded` counts the texts that the model had to encode; `stopped`: some had no turn."""

    documents: Annotated[int, Field(alias="documenten")]
    unchanged: Annotated[int, Field(alias="ongewijzigd")]
    passages: int
    encoded: Annotated[int, Field(alias="gecodeerd")]
    seconds: Annotated[float, Field(alias="seconden")]
    failures: Annotated[list[FailureBody], Field(alias="mislukt")]
    vanished: Annotated[list[VanishedBody], Field(alias="verdwenen", default_factory=list)]
    stopped: Annotated[bool, Field(alias="gestopt")]


class HealthBody(Body):
    """The answer of /healthz and /readyz."""

    status: Annotated[str, Field(examples=["ok"])]


class InvalidParameterBody(Body):
    """One parameter that cannot be right."""

    name: Annotated[str, Field(description="Naam van de parameter.")]
    reason: Annotated[str, Field(description="Wat er niet klopt en wat wel mag.")]


class ProblemBody(Body):
    """An error, after RFC 9457."""

    type: Annotated[str, Field(description="Soort fout; `about:blank` waar de status alles zegt.")]
    title: str
    status: int
    detail: Annotated[str, Field(description="Wat er mis is en wat helpt.")]
    instance: Annotated[str, Field(description="Pad van het verzoek, zonder vraagtekst.")]
    invalid_parameters: Annotated[
        list[InvalidParameterBody],
        Field(alias="invalidParams", description="Elke ongeldige parameter; leeg bij andere fouten."),
    ]
    cause: Annotated[
        str | None, Field(alias="oorzaak", description="Wat er in de dienst misging; alleen voor wie haar beheert.")
    ] = None
