"""Gives the verdict of every municipality in scope."""

from collections.abc import Sequence

from app.answer import Ruling, Scope, Verdict
from app.retrieval import Probe, Retriever
from app.scoped import asked_of, by_municipality, refused_in_scope
from app.verdict import Yardstick, judge
from corpus.document import Municipality
from corpus.stored import Refusal, Snapshot, StoredDocument


class Judge:
    """Judges one state of the register, each municipality by its own documents alone."""

    def __init__(self, retriever: Retriever, snapshot: Snapshot, refusals: Sequence[Refusal]) -> None:
        self._retriever = retriever
        self._snapshot = snapshot
        self._refusals = refusals

    def verdicts(
        self, probe: Probe, yardstick: Yardstick, documents: Sequence[StoredDocument], scope: Scope
    ) -> tuple[Verdict, ...]:
        """The verdicts on a question; `documents` are those that the scope lets in."""
        named = bool(scope.documents)
        all_documents = documents if named else self._snapshot.documents
        refusals = refused_in_scope(self._refusals, scope)
        own, refused = by_municipality(documents), by_municipality(refusals)
        asked = asked_of(scope, by_municipality(all_documents), by_municipality(refusals if named else self._refusals))
        return tuple(self._verdict(probe, yardstick, each, own.get(each, ()), refused.get(each, ())) for each in asked)

    def _verdict(
        self,
        probe: Probe,
        yardstick: Yardstick,
        municipality: Municipality,
        own: Sequence[StoredDocument],
        refused: Sequence[Refusal],
    ) -> Verdict:
        if not own:
            return Verdict(municipality, Ruling.NOT_SEARCHED, None, (), tuple(refused))
        versions = [document.version for document in own]
        judgement = judge(
            yardstick,
            self._retriever.evidence(probe, versions),
            lambda: self._retriever.mentioned(probe, versions),
        )
        return Verdict(municipality, judgement.ruling, judgement.certainty, tuple(own), tuple(refused))
