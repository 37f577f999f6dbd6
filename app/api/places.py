"""Places in a document's text, and what stands around them, as they go over the wire."""

from typing import Annotated

from pydantic import Field

from app.api.body import Body


class PositionBody(Body):
    """Characters in the document's text: text[start:end]."""

    start: Annotated[int, Field(alias="van", ge=0, description="Eerste teken, geteld vanaf 0.")]
    end: Annotated[int, Field(alias="tot", ge=0, description="Eerste teken na het einde.")]


class BoxBody(Body):
    """Where a line stands on a page."""

    page: Annotated[int, Field(alias="pagina", ge=1, description="Pagina van het bestand, geteld vanaf 1.")]
    left: Annotated[float, Field(alias="links", description="In punten (1/72 inch) vanaf linksboven, zoals getoond.")]
    top: Annotated[float, Field(alias="boven")]
    right: Annotated[float, Field(alias="rechts")]
    bottom: Annotated[float, Field(alias="onder")]


class LeadInBody(Body):
    """The line that introduces a list."""

    quote: Annotated[str, Field(alias="citaat", description="Letterlijk deel van de tekst van het document.")]
    position: Annotated[PositionBody, Field(alias="positie", description="Plaats in de tekst van het document.")]


class ContextBody(Body):
    """The text just before and after a passage."""

    before: Annotated[str, Field(alias="voor", description="Tekst direct voor de passage.")]
    after: Annotated[str, Field(alias="na", description="Tekst direct na de passage.")]
    lead_in: Annotated[
        LeadInBody | None,
        Field(alias="inleiding", description="Wat de lijst inleidt waarin de passage begint, of null."),
    ]
