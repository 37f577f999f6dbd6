"""Documents as they go over the wire: what is known of one, and how much of it was read."""

from datetime import date, datetime
from pathlib import PurePath
from typing import Annotated

from pydantic import Field

from app.api.body import Body
from app.validity import Validity


class MunicipalityBody(Body):
    """One municipality of the CBS list."""

    code: Annotated[str, Field(description="GM-code van het CBS.", examples=["GM0362"])]
    name: Annotated[str, Field(alias="naam", description="Naam van het CBS.", examples=["Amstelveen"])]


class CitedDocumentBody(Body):
    """What a citation says about its document; null is unknown."""

    id: Annotated[str, Field(description="Kenmerk van het document.")]
    title: Annotated[str | None, Field(alias="titel", description="Titel, of null waar die onbekend is.")]
    municipalities: Annotated[
        list[MunicipalityBody], Field(alias="gemeenten", description="De gemeenten waarvoor het document geldt.")
    ]
    kind: Annotated[str | None, Field(alias="soort", description="Soort document; zie `soorten` in de catalogus.")]
    status: Annotated[
        str | None, Field(description="`concept`, `vastgesteld`, `ingetrokken`, `vervallen`, of null (onbekend).")
    ]
    valid_from: Annotated[date | None, Field(alias="geldigVan", description="Eerste dag van de looptijd.")]
    valid_until: Annotated[date | None, Field(alias="geldigTot", description="Laatste dag van de looptijd.")]
    published: Annotated[
        str | None, Field(alias="gepubliceerd", description="Jaar, maand of dag, zo precies als bekend (ISO 8601).")
    ]
    adopted_by: Annotated[str | None, Field(alias="vastgesteldDoor", description="Orgaan dat het vaststelde.")]
    source: Annotated[str | None, Field(alias="bron", description="Webadres van de bron.")]
    version: Annotated[str, Field(alias="versie", description="sha256 van deze documentversie.")]
    validity: Annotated[
        Validity,
        Field(
            alias="geldigheid",
            description="Hoe het document ervoor staat op de gevraagde dag (`geldigOp`), anders vandaag.",
        ),
    ]
    replaced_by: Annotated[
        list[str], Field(alias="vervangenDoor", description="Kenmerken van documenten die zeggen dit te vervangen.")
    ]


class CoverageBody(Body):
    """Pages in the file and what was read of them; null where a file has no pages."""

    pages: Annotated[int | None, Field(alias="paginas", description="Pagina's in het bestand.")]
    read: Annotated[int | None, Field(alias="gelezen", description="Daarvan gelezen.")]
    scanned: Annotated[int | None, Field(alias="gescand", description="Gescand, niet doorzoekbaar.")]
    ocr: Annotated[int | None, Field(description="Van de gelezen pagina's: met tekstherkenning.")]
    damaged: Annotated[int | None, Field(alias="beschadigd", description="Van de gelezen pagina's: beschadigd.")]


class ProposalBody(Body):
    """What a file suggests about its metadata, where nobody said it."""

    field: Annotated[str, Field(alias="veld", description="Het veld van het document waarvoor dit een voorstel is.")]
    value: Annotated[str, Field(alias="waarde", description="De voorgestelde waarde; geen vastgesteld feit.")]
    origin: Annotated[str, Field(alias="herkomst", description="Waar dit in het bestand staat.")]


class NearIdenticalBody(Body):
    """Another document with almost the same text."""

    id: Annotated[str, Field(description="Kenmerk van het andere document.")]
    title: Annotated[str | None, Field(alias="titel")]
    similarity: Annotated[
        float, Field(alias="gelijkenis", ge=0, le=1, description="Deel van de tekst dat gelijk is, geschat.")
    ]


class RefusalBody(Body):
    """A file that could not be read, so that nothing of it is searched."""

    id: Annotated[str, Field(description="Kenmerk van het document dat het had moeten worden.")]
    title: Annotated[str | None, Field(alias="titel")]
    municipalities: Annotated[list[MunicipalityBody], Field(alias="gemeenten")]
    path: Annotated[str, Field(alias="bestand", description="Naam van het bestand.")]
    file_sha256: Annotated[str | None, Field(alias="sha256", description="sha256 van het bestand, waar bekend.")]
    reason: Annotated[str, Field(alias="reden", description="Waarom het niet gelezen kon worden.")]
    at: Annotated[datetime, Field(alias="op", description="Tijdstip van de laatste poging.")]

    def without_place(self) -> "RefusalBody":
        """The same with the name of the file only, also where the reason names a file beside it."""
        name = PurePath(self.path.replace("\\", "/")).name
        folder = self.path.removesuffix(name)
        reason = self.reason.replace(folder, "") if len(folder) > 1 else self.reason
        return self.model_copy(update={"path": name, "reason": reason})


class DocumentLinksBody(Body):
    """Where the document, its text, its file and its page in the browser are."""

    self: Annotated[str, Field(description="Deze beschrijving.")]
    text: Annotated[str, Field(alias="tekst", description="De volledige tekst.")]
    file: Annotated[str, Field(alias="bestand", description="Het oorspronkelijke bestand.")]
    reading: Annotated[str, Field(alias="lezen", description="De leespagina.")]


class DocumentBody(CitedDocumentBody):
    """One document with what was read of it."""

    replaces: Annotated[
        list[str], Field(alias="vervangt", description="Kenmerken van documenten waarvan dit de plaats inneemt.")
    ]
    coverage: Annotated[CoverageBody, Field(alias="dekking", description="Hoeveel van het bestand gelezen is.")]
    tables: Annotated[int, Field(alias="tabellen", description="Aantal tabellen.")]
    passages: Annotated[int, Field(description="Aantal passages.")]
    problems: Annotated[list[str], Field(alias="problemen", description="Wat er bij het lezen misging.")]
    proposals: Annotated[
        list[ProposalBody],
        Field(alias="voorstellen", description="Wat het bestand zegt over gegevens die niemand heeft opgegeven."),
    ]
    near_identical: Annotated[
        list[NearIdenticalBody],
        Field(alias="bijnaGelijkAan", description="Documenten met bijna dezelfde tekst, meest gelijke eerst."),
    ]
    source_file: Annotated[str, Field(alias="bronbestand", description="Bestandsnaam bij ontvangst.")]
    file_sha256: Annotated[str, Field(alias="sha256", description="sha256 van het bestand.")]
    parser: Annotated[str, Field(description="Lezer van het bestand, met versie.")]
    ingested_at: Annotated[datetime, Field(alias="ingelezenOp", description="Tijdstip van inlezen.")]
    seconds: Annotated[float, Field(alias="seconden", description="Duur van het inlezen in seconden.")]
    links: DocumentLinksBody


class DocumentsBody(Body):
    """Every active document, and the kinds a document can be of."""

    documents: Annotated[list[DocumentBody], Field(alias="documenten")]
    refused: Annotated[
        list[RefusalBody], Field(alias="geweigerd", description="Bestanden die niet gelezen konden worden.")
    ]
    kinds: Annotated[list[str], Field(alias="soorten", description="De soorten die een document kan hebben.")]


class TextPageBody(Body):
    """The part of a text that stands on one page: text[start:end]."""

    number: Annotated[int | None, Field(alias="nummer", description="Paginanummer, of null waar dat onbekend is.")]
    start: Annotated[int, Field(alias="van")]
    end: Annotated[int, Field(alias="tot")]


class TextBody(Body):
    """The text of a document version, to which every position refers."""

    text: Annotated[str, Field(alias="tekst", description="Posities tellen Unicode-tekens in deze tekst.")]
    version: Annotated[str, Field(alias="versie", description="sha256 van deze documentversie.")]
    pages: Annotated[list[TextPageBody], Field(alias="paginas")]
