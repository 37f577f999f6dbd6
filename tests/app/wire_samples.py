"""Answers on the wire, made of as little as a test wants to tell."""

import uuid
from collections.abc import Sequence
from datetime import date

from app.answer import FoundBy, Ruling
from app.api.comparison_bodies import AspectsBody, ComparisonBody, FindingBody, MeasureBody
from app.api.document_bodies import CitedDocumentBody, CoverageBody, MunicipalityBody
from app.api.places import PositionBody
from app.api.schemas import (
    PagesBody,
    PassageBody,
    PassageLinksBody,
    RefusedDocumentBody,
    SearchedDocumentBody,
)
from app.validity import Validity

AMSTELVEEN = MunicipalityBody(code="GM0362", name="Amstelveen")
UTRECHT = MunicipalityBody(code="GM0344", name="Utrecht")
NO_PAGES = CoverageBody(pages=None, read=None, scanned=None, ocr=None, damaged=None)
DEN_BOSCH = MunicipalityBody(code="GM0796", name="'s-Hertogenbosch")


def passage(
    quote: str,
    title: str | None = "Jeugdagenda",
    section: Sequence[str] = ("1. Jeugd",),
    pages: tuple[int, int] | None = (3, 4),
    municipality: MunicipalityBody = AMSTELVEEN,
    document_id: str = "jeugdagenda",
    validity: Validity = Validity.UNKNOWN,
) -> PassageBody:
    """A passage at position 10 of a document of one municipality."""
    number = str(uuid.uuid5(uuid.NAMESPACE_OID, quote))
    return PassageBody(
        id=number,
        quote=quote,
        document=CitedDocumentBody(
            id=document_id,
            title=title,
            municipalities=[municipality],
            kind=None,
            status=None,
            valid_from=None,
            valid_until=None,
            published=None,
            adopted_by=None,
            source=None,
            version="f" * 64,
            validity=validity,
            replaced_by=[],
        ),
        section=list(section),
        pages=None if pages is None else PagesBody(first=pages[0], last=pages[1]),
        position=PositionBody(start=10, end=10 + len(quote)),
        problems=[],
        in_table=False,
        by_ocr=False,
        links=PassageLinksBody(
            self=f"/v1/passages/{number}",
            document=f"/v1/documenten/{document_id}",
            reading=f"/documenten/{document_id}?passage={number}",
        ),
        score=0.5,
        found_by=[FoundBy.MEANING, FoundBy.WORDS],
    )


def finding(
    ruling: Ruling,
    passages: Sequence[PassageBody] = (),
    municipality: MunicipalityBody = AMSTELVEEN,
    searched: Sequence[str | None] = ("Jeugdagenda",),
    certainty: float | None = None,
    coverage: CoverageBody = NO_PAGES,
    refused: Sequence[str | None] = (),
    only_past: bool = False,
) -> FindingBody:
    """A municipality with its verdict; `searched` holds the titles of documents that have all this coverage.

    `refused` holds those of documents that could not be read.
    """
    return FindingBody(
        code=municipality.code,
        name=municipality.name,
        ruling=ruling,
        certainty=certainty,
        searched=[
            SearchedDocumentBody(id=f"document-{number}", title=title, coverage=coverage)
            for number, title in enumerate(searched)
        ],
        refused=[
            RefusedDocumentBody(id=f"geweigerd-{number}", title=title, reason="is damaged")
            for number, title in enumerate(refused)
        ],
        passages=list(passages),
        only_past=only_past,
        aspects=AspectsBody(
            goals=[], target_group=[], current_efforts=[], new_actions=[], partners=[], money=[], figures=[]
        ),
        differences=[],
    )


def comparison(
    topic: str,
    *findings: FindingBody,
    also_searched: Sequence[str] = (),
    measures: Sequence[MeasureBody] = (),
) -> ComparisonBody:
    """A topic over municipalities."""
    return ComparisonBody(
        topic=topic,
        also_searched=list(also_searched),
        day=date(2026, 3, 1),
        municipalities=list(findings),
        measures=list(measures),
    )
