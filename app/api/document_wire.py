"""From documents of the register to what goes over the wire."""

from collections.abc import Sequence
from urllib.parse import quote

from app.api.document_bodies import (
    CitedDocumentBody,
    CoverageBody,
    DocumentBody,
    DocumentLinksBody,
    DocumentsBody,
    MunicipalityBody,
    NearIdenticalBody,
    ProposalBody,
    RefusalBody,
    TextBody,
    TextPageBody,
)
from app.api.schemas import RefusedDocumentBody
from app.holdings import Ledger, NearIdentical
from app.validity import Standing
from corpus.document import Coverage, Metadata
from corpus.kinds import KINDS
from corpus.proposal import Proposal
from corpus.stored import CanonicalText, Refusal, StoredDocument

_NO_MUNICIPALITY = "Geen gemeente bekend: doet niet mee in vergelijkingen; "
_BESIDE_IT = "geef een .toml-bestand ernaast"
_SEND_AGAIN = "stuur het opnieuw met gemeente="
_FIELDS = {
    "document_id": "id",
    "municipalities": "gemeenten",
    "title": "titel",
    "kind": "soort",
    "status": "status",
    "valid_from": "geldigVan",
    "valid_until": "geldigTot",
    "published": "gepubliceerd",
    "adopted_by": "vastgesteldDoor",
    "source": "bron",
}


def cited_document_body(stored: StoredDocument, standing: Standing) -> CitedDocumentBody:
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
        validity=standing.validity,
        replaced_by=list(standing.replaced_by),
    )


def document_body(stored: StoredDocument, standing: Standing, alike: Sequence[NearIdentical]) -> DocumentBody:
    metadata = stored.metadata
    address = document_path(metadata.document_id)
    return DocumentBody(
        **dict(cited_document_body(stored, standing)),
        replaces=list(metadata.replaces),
        coverage=coverage_body(stored.coverage),
        tables=stored.tables,
        passages=stored.passages,
        problems=_problems(stored),
        proposals=[_proposal(each) for each in stored.proposals if _is_open(metadata, each)],
        near_identical=[
            NearIdenticalBody(
                id=each.document.metadata.document_id, title=each.document.metadata.title, similarity=each.similarity
            )
            for each in alike
        ],
        source_file=metadata.source_file,
        file_sha256=stored.file_sha256,
        parser=stored.parser,
        ingested_at=stored.ingested_at,
        seconds=stored.seconds,
        links=DocumentLinksBody(
            self=address,
            text=f"{address}/tekst",
            file=f"{address}/bestand",
            reading=reading_path(metadata.document_id),
        ),
    )


def document_in(ledger: Ledger, stored: StoredDocument) -> DocumentBody:
    """A document as it stands among all that are known."""
    return document_body(stored, ledger.standings.of(stored), ledger.alike.get(stored.version, ()))


def documents_body(ledger: Ledger) -> DocumentsBody:
    """For anyone who may look: of a refused file the name, not where it is on this machine."""
    return DocumentsBody(
        documents=document_bodies(ledger),
        refused=[refusal_body(each).without_place() for each in ledger.refusals],
        kinds=list(KINDS),
    )


def document_bodies(ledger: Ledger) -> list[DocumentBody]:
    return [document_in(ledger, stored) for stored in ledger.snapshot.documents]


def refusal_body(refusal: Refusal) -> RefusalBody:
    """For who runs the service: with the place of the file on this machine."""
    return RefusalBody(
        id=refusal.metadata.document_id,
        title=refusal.metadata.title,
        municipalities=_municipalities(refusal.metadata),
        path=refusal.path,
        file_sha256=refusal.file_sha256,
        reason=refusal.reason,
        at=refusal.at,
    )


def refused_document_body(refusal: Refusal) -> RefusedDocumentBody:
    placeless = refusal_body(refusal).without_place()
    return RefusedDocumentBody(id=placeless.id, title=placeless.title, reason=placeless.reason)


def text_body(text: CanonicalText) -> TextBody:
    return TextBody(
        text=text.text,
        version=text.version,
        pages=[TextPageBody(number=page.number, start=page.start, end=page.end) for page in text.pages],
    )


def document_path(document_id: str) -> str:
    """The address of a document under the API."""
    return f"/v1/documenten/{quote(document_id, safe='')}"


def reading_path(document_id: str) -> str:
    """The address of its page in a browser."""
    return f"/documenten/{quote(document_id, safe='')}"


def _municipalities(metadata: Metadata) -> list[MunicipalityBody]:
    return [MunicipalityBody(code=each.code, name=each.name) for each in metadata.municipalities]


def _is_open(metadata: Metadata, proposal: Proposal) -> bool:
    """Whether nobody said what this proposal is about."""
    return proposal.field in _FIELDS and not getattr(metadata, proposal.field)


def _proposal(proposal: Proposal) -> ProposalBody:
    return ProposalBody(field=_FIELDS[proposal.field], value=proposal.value, origin=proposal.origin)


def coverage_body(coverage: Coverage) -> CoverageBody:
    return CoverageBody(
        pages=coverage.pages,
        read=coverage.read,
        scanned=coverage.scanned,
        ocr=coverage.ocr,
        damaged=coverage.damaged,
    )


def _problems(stored: StoredDocument) -> list[str]:
    """What went wrong while reading, and what a reader would otherwise miss without a word."""
    if stored.metadata.municipalities:
        return [*stored.problems]
    return [*stored.problems, _NO_MUNICIPALITY + (_SEND_AGAIN if _was_sent(stored) else _BESIDE_IT)]


def _was_sent(stored: StoredDocument) -> bool:
    """Whether the document came in over REST: then the register has its name alone, without a folder."""
    return not {"/", "\\"} & {*stored.path}
