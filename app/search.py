"""Answers a question, and compares a topic municipality by municipality."""

from collections.abc import Sequence

from app.answer import Answer, Comparison, Finding, Hit, Mode, Question, Ruling, Scope, Verdict
from app.retrieval import Probe, Retriever
from app.topic import TopicFinder
from app.verdict import rule
from corpus.document import Municipality
from corpus.register import Register
from corpus.stored import Snapshot, StoredDocument
from embeddings.models import PACKAGED


class Search:
    """One state of the register, searched; made anew for every question, so that no question sees half a switch."""

    def __init__(self, register: Register, snapshot: Snapshot, retriever: Retriever, topics: TopicFinder) -> None:
        self._register = register
        self._snapshot = snapshot
        self._retriever = retriever
        self._topics = topics
        generation = snapshot.generation
        self._knows_cosines = generation is not None and generation.model == PACKAGED

    def answer(self, question: Question) -> Answer:
        """The best passages in scope, and a verdict for every municipality in scope.

        A municipality whose documents are silent gives no passages, unless it is the only one asked for.
        """
        documents = in_scope(self._snapshot, question.scope)
        probe = self._probe(question.text, question.mode)
        topic = self._topics.topic(question.text)
        same = topic == question.text and question.mode is Mode.HYBRID
        verdicts = self._verdicts(probe if same else self._probe(topic, Mode.HYBRID), documents, question.scope)
        if len(question.scope.municipalities) != 1:
            silent = {verdict.municipality for verdict in verdicts if verdict.ruling is Ruling.NOTHING}
            documents = [document for document in documents if not _only_in(document, silent)]
        return Answer(
            question=question.text,
            also_searched=(),
            hits=self._hits(probe, documents, question.limit),
            verdicts=verdicts,
        )

    def compare(self, topic: str, scope: Scope, per_municipality: int) -> Comparison:
        """Every municipality in scope with its own best passages: none crowds out another."""
        documents = in_scope(self._snapshot, scope)
        probe = self._probe(self._topics.topic(topic), Mode.HYBRID)
        return Comparison(
            topic=topic,
            also_searched=(),
            findings=tuple(
                Finding(
                    verdict=verdict,
                    hits=()
                    if verdict.ruling in (Ruling.NOTHING, Ruling.NOT_SEARCHED)
                    else self._hits(probe, verdict.searched, per_municipality),
                )
                for verdict in self._verdicts(probe, documents, scope)
            ),
        )

    def _probe(self, text: str, mode: Mode) -> Probe:
        return self._retriever.probe(text, mode, self._register.frequencies)

    def _verdicts(self, probe: Probe, documents: Sequence[StoredDocument], scope: Scope) -> tuple[Verdict, ...]:
        all_documents = documents if scope.documents else self._snapshot.documents
        asked = scope.municipalities or sorted(
            {municipality for document in all_documents for municipality in document.metadata.municipalities},
            key=lambda municipality: municipality.name,
        )
        return tuple(self._verdict(probe, municipality, documents) for municipality in dict.fromkeys(asked))

    def _verdict(self, probe: Probe, municipality: Municipality, documents: Sequence[StoredDocument]) -> Verdict:
        own = tuple(document for document in documents if municipality in document.metadata.municipalities)
        if not own:
            return _unsearched(municipality)
        evidence = self._retriever.evidence(probe, [document.version for document in own])
        return Verdict(municipality, rule(evidence.cosine if self._knows_cosines else None, evidence.words), None, own)

    def _hits(self, probe: Probe, documents: Sequence[StoredDocument], limit: int) -> tuple[Hit, ...]:
        by_version = {document.version: document for document in documents}
        candidates = self._retriever.ranked(probe, list(by_version), limit)
        passages = self._register.passages([candidate.id for candidate in candidates])
        return tuple(
            Hit(passages[candidate.id], by_version[candidate.version], candidate.score, candidate.found_by)
            for candidate in candidates
        )


def unsearched_answer(question: Question) -> Answer:
    """The answer where there is no index yet."""
    return Answer(question.text, (), (), tuple(map(_unsearched, question.scope.municipalities)))


def unsearched_comparison(topic: str, scope: Scope) -> Comparison:
    """The comparison where there is no index yet."""
    return Comparison(topic, (), tuple(Finding(_unsearched(each), ()) for each in scope.municipalities))


def _unsearched(municipality: Municipality) -> Verdict:
    return Verdict(municipality, Ruling.NOT_SEARCHED, None, ())


def in_scope(snapshot: Snapshot, scope: Scope) -> list[StoredDocument]:
    """The active documents that a scope lets in."""
    return [document for document in snapshot.documents if _lets_in(scope, document)]


def _lets_in(scope: Scope, document: StoredDocument) -> bool:
    metadata = document.metadata
    if scope.municipalities and not set(scope.municipalities) & set(metadata.municipalities):
        return False
    if scope.documents and metadata.document_id not in scope.documents:
        return False
    if scope.kinds and metadata.kind not in scope.kinds:
        return False
    if scope.statuses and metadata.status not in scope.statuses:
        return False
    day = scope.valid_on
    if day is None:
        return True
    begun = metadata.valid_from is None or metadata.valid_from <= day
    return begun and (metadata.valid_until is None or day <= metadata.valid_until)


def _only_in(document: StoredDocument, municipalities: set[Municipality]) -> bool:
    """Whether a document belongs to these municipalities and to no other."""
    own = set(document.metadata.municipalities)
    return bool(own) and own <= municipalities
