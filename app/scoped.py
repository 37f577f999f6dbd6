"""What a scope lets in: of documents that were read and of those whose file was refused."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from app.answer import Answer, Finding, Question, Ruling, Scope, Verdict
from app.comparison import Comparison
from app.period import Period
from corpus.document import Metadata, Municipality
from corpus.stored import Refusal, Snapshot, StoredDocument

_Known = TypeVar("_Known", StoredDocument, Refusal)


def in_scope(snapshot: Snapshot, scope: Scope) -> list[StoredDocument]:
    """The active documents that a scope lets in."""
    return [document for document in snapshot.documents if _lets_in(scope, document.metadata)]


def refused_in_scope(refusals: Iterable[Refusal], scope: Scope) -> list[Refusal]:
    """The refused documents that a scope would let in had they been read."""
    return [refusal for refusal in refusals if _lets_in(scope, refusal.metadata)]


def by_municipality(known: Iterable[_Known]) -> dict[Municipality, list[_Known]]:
    """Documents under each of their municipalities."""
    own: dict[Municipality, list[_Known]] = {}
    for each in known:
        for municipality in each.metadata.municipalities:
            own.setdefault(municipality, []).append(each)
    return own


def with_documents(snapshot: Snapshot) -> list[Municipality]:
    """The municipalities of the active documents, by name."""
    return sorted(by_municipality(snapshot.documents), key=lambda each: each.name)


def asked_of(scope: Scope, *known: Iterable[Municipality]) -> tuple[Municipality, ...]:
    """The municipalities to give a verdict for: those of the scope, else all that are known, by name."""
    found = scope.municipalities or sorted({each for some in known for each in some}, key=lambda each: each.name)
    return tuple(dict.fromkeys(found))


def unsearched_answer(question: Question, refusals: Iterable[Refusal]) -> Answer:
    """The answer where there is no index yet."""
    return Answer(question.text, (), (), _unsearched(question.scope, refusals))


def unsearched_comparison(topic: str, scope: Scope, refusals: Iterable[Refusal], day: date) -> Comparison:
    """The comparison where there is no index yet."""
    return Comparison(topic, (), day, tuple(map(Finding.silent, _unsearched(scope, refusals))), ())


def _unsearched(scope: Scope, refusals: Iterable[Refusal]) -> tuple[Verdict, ...]:
    refused = by_municipality(refused_in_scope(refusals, scope))
    return tuple(
        Verdict(each, Ruling.NOT_SEARCHED, None, (), tuple(refused.get(each, ()))) for each in asked_of(scope, refused)
    )


def _lets_in(scope: Scope, metadata: Metadata) -> bool:
    if scope.municipalities and not set(scope.municipalities) & set(metadata.municipalities):
        return False
    if scope.documents and metadata.document_id not in scope.documents:
        return False
    if scope.kinds and metadata.kind not in scope.kinds:
        return False
    if scope.statuses and metadata.status not in scope.statuses:
        return False
    begins, ends = metadata.valid_from, metadata.valid_until
    return Period(scope.valid_on, scope.valid_on).touches(begins, ends) and scope.period.touches(begins, ends)
