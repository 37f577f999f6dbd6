"""From what the application answers to what goes over the wire."""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from app.answer import Answer, Comparison, Finding, Hit, PassageInContext, Verdict
from app.api.engine_state import CalibrationBody, LateInteractionBody
from app.api.places import ContextBody, LeadInBody, PositionBody
from app.api.schemas import (
    AspectsBody,
    CitedDocumentBody,
    ComparisonBody,
    CountedMunicipalityBody,
    CoverageBody,
    DocumentBody,
    DocumentLinksBody,
    DocumentsBody,
    FindingBody,
    MunicipalitiesBody,
    MunicipalityBody,
    PagesBody,
    PassageBody,
    PassageInContextBody,
    PassageLinksBody,
    PassagesBody,
    SearchedDocumentBody,
    StatusBody,
    TextBody,
    TextPageBody,
    VerdictBody,
)
from app.calibration import Calibration
from app.holdings import Holdings
from corpus.document import Coverage, Metadata, Municipality
from corpus.kinds import KINDS
from corpus.passage import Passage
from corpus.stored import CanonicalText, Snapshot, StoredDocument
from ingest.lead_in import LeadIn

_NO_MUNICIPALITY = "Geen gemeente bekend: doet niet mee in vergelijkingen; geef een .toml-bestand ernaast"


def passages_body(answer: Answer) -> PassagesBody:
    return PassagesBody(
        question=answer.question,
        also_searched=list(answer.also_searched),
        passages=[passage_body(hit) for hit in answer.hits],
        municipalities=[verdict_body(verdict) for verdict in answer.verdicts],
    )


def comparison_body(comparison: Comparison) -> ComparisonBody:
    return ComparisonBody(
        topic=comparison.topic,
        also_searched=list(comparison.also_searched),
        municipalities=[finding_body(finding) for finding in comparison.findings],
    )


def finding_body(finding: Finding) -> FindingBody:
    verdict = verdict_body(finding.verdict)
    return FindingBody(
        code=verdict.code,
        name=verdict.name,
        ruling=verdict.ruling,
        certainty=verdict.certainty,
        searched=verdict.searched,
        passages=[passage_body(hit) for hit in finding.hits],
        aspects=AspectsBody(
            goals=[], target_group=[], current_efforts=[], new_actions=[], partners=[], money=[], figures=[]
        ),
    )


def verdict_body(verdict: Verdict) -> VerdictBody:
    return VerdictBody(
        code=verdict.municipality.code,
        name=verdict.municipality.name,
        ruling=verdict.ruling,
        certainty=verdict.certainty,
        searched=[
            SearchedDocumentBody(id=stored.metadata.document_id, title=stored.metadata.title)
            for stored in verdict.searched
        ],
    )


def passage_body(hit: Hit) -> PassageBody:
    return PassageBody(
        id=hit.passage.id,
        quote=hit.passage.quote,
        document=cited_document_body(hit.document),
        section=list(hit.passage.section),
        pages=_pages(hit.passage),
        position=_position(hit.passage),
        problems=_passage_problems(hit.passage),
        links=_passage_links(hit.passage, hit.document),
        score=hit.score,
        found_by=list(hit.found_by),
    )


def passage_in_context_body(found: PassageInContext) -> PassageInContextBody:
    return PassageInContextBody(
        id=found.passage.id,
        quote=found.passage.quote,
        document=cited_document_body(found.document),
        section=list(found.passage.section),
        pages=_pages(found.passage),
        position=_position(found.passage),
        problems=_passage_problems(found.passage),
        links=_passage_links(found.passage, found.document),
        score=None,
        found_by=[],
        context=ContextBody(before=found.before, after=found.after, lead_in=_lead_in(found.lead_in)),
    )


def _passage_problems(passage: Passage) -> list[str]:
    return [] if passage.problem is None else [passage.problem]


def _lead_in(found: LeadIn | None) -> LeadInBody | None:
    if found is None:
        return None
    return LeadInBody(quote=found.quote, position=PositionBody(start=found.start, end=found.end))


def cited_document_body(stored: StoredDocument) -> CitedDocumentBody:
    metadata = stored.metadata
    return CitedDocumentBody(
        id=metadata.document_id,
        title=metadata.title,
        municipalities=_municipalities(metadata),
        kind=metadata.kind,
        status=metadata.status,
        valid_from=metadata.valid_from,
        valid_until=metadata.valid_until,
        published=metadata.published,
        adopted_by=metadata.adopted_by,
        source=metadata.source,
        version=stored.version,
    )


def document_body(stored: StoredDocument) -> DocumentBody:
    metadata = stored.metadata
    address = document_path(metadata.document_id)
    return DocumentBody(
        **dict(cited_document_body(stored)),
        coverage=_coverage(stored.coverage),
        passages=stored.passages,
        problems=_problems(stored),
        source_file=metadata.source_file,
        file_sha256=stored.file_sha256,
        parser=stored.parser,
        ingested_at=stored.ingested_at,
        seconds=stored.seconds,
        links=DocumentLinksBody(
            self=address,
            text=f"{address}/tekst",
            file=f"{address}/bestand",
            reading=_reading_path(metadata.document_id),
        ),
    )


def documents_body(snapshot: Snapshot) -> DocumentsBody:
    return DocumentsBody(documents=[document_body(stored) for stored in snapshot.documents], kinds=list(KINDS))


def status_body(holdings: Holdings) -> StatusBody:
    generation, documents = holdings.snapshot.generation, holdings.snapshot.documents
    return StatusBody(
        documents=[document_body(stored) for stored in documents],
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


def text_body(text: CanonicalText) -> TextBody:
    return TextBody(
        text=text.text,
        version=text.version,
        pages=[TextPageBody(number=page.number, start=page.start, end=page.end) for page in text.pages],
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


def document_path(document_id: str) -> str:
    """The address of a document under the API."""
    return f"/v1/documenten/{quote(document_id, safe='')}"


def _reading_path(document_id: str) -> str:
    return f"/documenten/{quote(document_id, safe='')}"


def _passage_links(passage: Passage, stored: StoredDocument) -> PassageLinksBody:
    document_id = stored.metadata.document_id
    return PassageLinksBody(
        self=f"/v1/passages/{passage.id}",
        document=document_path(document_id),
        reading=f"{_reading_path(document_id)}?passage={passage.id}",
    )


def _municipalities(metadata: Metadata) -> list[MunicipalityBody]:
    return [MunicipalityBody(code=each.code, name=each.name) for each in metadata.municipalities]


def _coverage(coverage: Coverage) -> CoverageBody:
    return CoverageBody(
        pages=coverage.pages,
        read=coverage.read,
        scanned=coverage.scanned,
        ocr=coverage.ocr,
        damaged=coverage.damaged,
    )


def _problems(stored: StoredDocument) -> list[str]:
    """What went wrong while reading, and what a reader would otherwise miss without a word."""
    return [*stored.problems] if stored.metadata.municipalities else [*stored.problems, _NO_MUNICIPALITY]


def _pages(passage: Passage) -> PagesBody | None:
    if passage.pages is None:
        return None
    first, last = passage.pages
    return PagesBody(first=first, last=last)


def _position(passage: Passage) -> PositionBody:
    return PositionBody(start=passage.start, end=passage.end)
