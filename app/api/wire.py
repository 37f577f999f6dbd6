"""From what the application answers to what goes over the wire."""

from collections import Counter
from collections.abc import Iterable

from app.answer import Answer, Hit, PassageInContext, Verdict
from app.api.document_wire import (
    cited_document_body,
    coverage_body,
    document_bodies,
    document_path,
    reading_path,
    refusal_body,
    refused_document_body,
)
from app.api.engine_state import CalibrationBody, LateInteractionBody
from app.api.places import BoxBody, ContextBody, LeadInBody, PositionBody
from app.api.schemas import (
    CountedMunicipalityBody,
    MunicipalitiesBody,
    PagesBody,
    PassageBody,
    PassageInContextBody,
    PassageLinksBody,
    PassagesBody,
    SearchedDocumentBody,
    StatusBody,
    VerdictBody,
)
from app.calibration import Calibration
from app.holdings import Holdings
from corpus.document import Municipality
from corpus.passage import Passage
from corpus.stored import Snapshot, StoredDocument
from ingest.lead_in import LeadIn


def passages_body(answer: Answer) -> PassagesBody:
    return PassagesBody(
        question=answer.question,
        also_searched=list(answer.also_searched),
        passages=[passage_body(hit) for hit in answer.hits],
        municipalities=[verdict_body(verdict) for verdict in answer.verdicts],
    )


def verdict_body(verdict: Verdict) -> VerdictBody:
    return VerdictBody(
        code=verdict.municipality.code,
        name=verdict.municipality.name,
        ruling=verdict.ruling,
        certainty=verdict.certainty,
        searched=[
            SearchedDocumentBody(
                id=stored.metadata.document_id, title=stored.metadata.title, coverage=coverage_body(stored.coverage)
            )
            for stored in verdict.searched
        ],
        refused=[refused_document_body(refusal) for refusal in verdict.refused],
    )


def passage_body(hit: Hit) -> PassageBody:
    return PassageBody(
        id=hit.passage.id,
        quote=hit.passage.quote,
        document=cited_document_body(hit.document, hit.standing),
        section=list(hit.passage.section),
        pages=pages_body(hit.passage.pages),
        position=_position(hit.passage),
        problems=_passage_problems(hit.passage),
        in_table=hit.passage.in_table,
        by_ocr=hit.passage.by_ocr,
        links=_passage_links(hit.passage, hit.document),
        score=hit.score,
        found_by=list(hit.found_by),
    )


def passage_in_context_body(found: PassageInContext) -> PassageInContextBody:
    return PassageInContextBody(
        id=found.passage.id,
        quote=found.passage.quote,
        document=cited_document_body(found.document, found.standing),
        section=list(found.passage.section),
        pages=pages_body(found.passage.pages),
        position=_position(found.passage),
        problems=_passage_problems(found.passage),
        in_table=found.passage.in_table,
        by_ocr=found.passage.by_ocr,
        links=_passage_links(found.passage, found.document),
        score=None,
        found_by=[],
        boxes=[
            BoxBody(page=box.page, left=box.left, top=box.top, right=box.right, bottom=box.bottom)
            for box in found.boxes
        ],
        context=ContextBody(before=found.before, after=found.after, lead_in=_lead_in(found.lead_in)),
    )


def _passage_problems(passage: Passage) -> list[str]:
    return [] if passage.problem is None else [passage.problem]


def _lead_in(found: LeadIn | None) -> LeadInBody | None:
    if found is None:
        return None
    return LeadInBody(quote=found.quote, position=PositionBody(start=found.start, end=found.end))


def status_body(holdings: Holdings) -> StatusBody:
    generation, documents = holdings.ledger.snapshot.generation, holdings.ledger.snapshot.documents
    return StatusBody(
        documents=document_bodies(holdings.ledger),
        refused=[refusal_body(each) for each in holdings.ledger.refusals],
        model=generation.model if generation else None,
        passages=sum(stored.passages for stored in documents),
        late_interaction=LateInteractionBody(vectors=holdings.token_vectors, bytes=holdings.token_bytes)
        if generation is not None and generation.has_tokens
        else None,
        calibration=_calibration(holdings.calibration),
    )


def _calibration(calibration: Calibration | None) -> CalibrationBody | None:
    if calibration is None:
        return None
    return CalibrationBody(
        found=calibration.found,
        touched=calibration.touched,
        brier=calibration.cross_validated.brier,
        pairs=sum(each.said + each.silent for each in calibration.data),
    )


def municipalities_body(municipalities: Iterable[Municipality], snapshot: Snapshot) -> MunicipalitiesBody:
    """Every municipality with the number of its documents; a document of several counts for each."""
    counts = Counter(each.code for stored in snapshot.documents for each in stored.metadata.municipalities)
    return MunicipalitiesBody(
        municipalities=[
            CountedMunicipalityBody(code=each.code, name=each.name, documents=counts[each.code])
            for each in municipalities
        ]
    )


def _passage_links(passage: Passage, stored: StoredDocument) -> PassageLinksBody:
    document_id = stored.metadata.document_id
    return PassageLinksBody(
        self=f"/v1/passages/{passage.id}",
        document=document_path(document_id),
        reading=f"{reading_path(document_id)}?passage={passage.id}",
    )


def pages_body(pages: tuple[int, int] | None) -> PagesBody | None:
    return None if pages is None else PagesBody(first=pages[0], last=pages[1])


def _position(passage: Passage) -> PositionBody:
    return PositionBody(start=passage.start, end=passage.end)
