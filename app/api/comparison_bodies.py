"""Comparisons as they go over the wire: one topic, and what each municipality says on each side of it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from app.api.body import Body
from app.api.document_bodies import MunicipalityBody
from app.api.places import PositionBody
from app.api.schemas import PagesBody, PassageBody, VerdictBody
from app.aspects.amount import Recurrence


class SpanBody(Body):
    """A stretch of a document's text."""

    quote: Annotated[str, Field(alias="citaat", description="Letterlijk deel van de tekst van het document.")]
    position: Annotated[PositionBody, Field(alias="positie")]


class YearsBody(Body):
    """A year (both the same) or a period; one side is null where the text leaves it open."""

    first: Annotated[int | None, Field(alias="van", description="Eerste jaar.")]
    last: Annotated[int | None, Field(alias="tot", description="Laatste jaar.")]


class AmountBody(SpanBody):
    """An amount of money as it is written; what the text does not tell is null."""

    about: Annotated[SpanBody | None, Field(alias="waarvoor", description="Waarvoor of waaruit het geld is.")]
    column: Annotated[SpanBody | None, Field(alias="kolom", description="Kop van de kolom waaronder het staat.")]
    years: Annotated[YearsBody | None, Field(alias="jaren", description="Jaar of periode van het bedrag.")]
    recurrence: Annotated[
        Recurrence | None, Field(alias="terugkerend", description="Structureel of incidenteel, waar de tekst dat zegt.")
    ]
    yearly: Annotated[bool, Field(alias="perJaar", description="De tekst zegt dat het een bedrag per jaar is.")]


class AspectBody(SpanBody):
    """One statement on an aspect, itself an exact substring of the document's text."""

    passage: Annotated[str, Field(description="uuid van de passage waar het in staat.")]
    pages: Annotated[
        PagesBody | None, Field(alias="pagina", description="Pagina's van de passage, of null waar die onbekend zijn.")
    ] = None
    document: Annotated[str, Field(description="Kenmerk van het document.")]
    probability: Annotated[float, Field(alias="kans", ge=0, le=1, description="Kans dat het deze kant betreft.")]
    years: Annotated[list[YearsBody], Field(alias="jaren", description="Jaren van een actie.")]
    amounts: Annotated[list[AmountBody], Field(alias="bedragen", description="Bedragen in een uitspraak over geld.")]


class AspectsBody(Body):
    """What a municipality says on each side of a topic."""

    goals: Annotated[list[AspectBody], Field(alias="doelen")]
    target_group: Annotated[list[AspectBody], Field(alias="doelgroep")]
    current_efforts: Annotated[list[AspectBody], Field(alias="huidigeInzet")]
    new_actions: Annotated[list[AspectBody], Field(alias="nieuweActies")]
    partners: list[AspectBody]
    money: Annotated[list[AspectBody], Field(alias="geld")]
    figures: Annotated[list[AspectBody], Field(alias="cijfers")]


class DifferenceBody(SpanBody):
    """A sentence on the topic that one of two documents with nearly the same text has and the other has not."""

    passage: Annotated[str, Field(description="uuid van de passage waar het in staat.")]
    pages: Annotated[
        PagesBody | None, Field(alias="pagina", description="Pagina's van de passage, of null waar die onbekend zijn.")
    ] = None
    document: Annotated[str, Field(description="Kenmerk van het document waar het in staat.")]
    other: Annotated[str, Field(alias="anderDocument", description="Kenmerk van het document waar het niet in staat.")]


class StatedFigureBody(SpanBody):
    """A figure as one document states it; nothing is reckoned. The quote is the whole statement."""

    municipality: Annotated[MunicipalityBody, Field(alias="gemeente")]
    value: Annotated[SpanBody, Field(alias="waarde", description="Het getal met zijn eenheid, zoals het er staat.")]
    years: Annotated[YearsBody | None, Field(alias="jaren", description="Jaar of periode, waar de tekst die noemt.")]
    of: Annotated[SpanBody | None, Field(alias="waarvan", description="Waarvan het getal is, in de woorden zelf.")]
    passage: Annotated[str, Field(description="uuid van de passage waar het in staat.")]
    pages: Annotated[
        PagesBody | None, Field(alias="pagina", description="Pagina's van de passage, of null waar die onbekend zijn.")
    ] = None
    document: Annotated[str, Field(description="Kenmerk van het document.")]


class MeasureBody(Body):
    """Figures of several municipalities that stand for the same kind of thing, side by side."""

    name: Annotated[str, Field(alias="maat", description="Waar de getallen over gaan.")]
    unit: Annotated[str, Field(alias="eenheid", description="Eenheid, zoals % of jeugdigen.")]
    comparable: Annotated[
        bool, Field(alias="vergelijkbaar", description="Of de teksten dezelfde groep, eenheid en tijd noemen.")
    ]
    note: Annotated[str, Field(alias="toelichting", description="Waarin de getallen verschillen; leeg waar nergens.")]
    figures: Annotated[list[StatedFigureBody], Field(alias="waarden")]


class FindingBody(VerdictBody):
    """One municipality in a comparison."""

    only_past: Annotated[
        bool,
        Field(
            alias="alleenVerlopen",
            description="Alles waarop `gevonden` of `zijdelings` rust, staat in documenten die op de peildatum "
            "verlopen, ingetrokken of vervangen zijn.",
        ),
    ]
    passages: Annotated[
        list[PassageBody],
        Field(description="Wat geldt op de peildatum eerst, daarin de beste eerst; geen bij `niets_gevonden`."),
    ]
    aspects: Annotated[AspectsBody, Field(alias="aspecten")]
    differences: Annotated[
        list[DifferenceBody],
        Field(alias="verschillen", description="Waarin bijna gelijke documenten van de gemeente hier verschillen."),
    ]


class ComparisonBody(Body):
    """One topic over municipalities."""

    topic: Annotated[str, Field(alias="onderwerp")]
    also_searched: Annotated[list[str], Field(alias="ookGezochtOp", description="Verwante woorden die meededen.")]
    day: Annotated[date, Field(alias="peildatum", description="De dag waarop `geldigheid` bekeken is.")]
    municipalities: Annotated[list[FindingBody], Field(alias="gemeenten")]
    measures: Annotated[
        list[MeasureBody], Field(alias="kengetallen", description="Getallen van dezelfde soort naast elkaar.")
    ]
