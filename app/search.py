"""Answers a question, and compares a topic municipality by municipality."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from app.answer import Answer, Comparison, Finding, Hit, Mode, Question, Ruling, Scope, Verdict
from app.calibration import Calibration
from app.near_duplicates import repeats_last
from app.question_reader import AskedQuestion, QuestionReader
from app.retrieval import Evidence, Probe, Retriever
from app.scoped import asked_of, by_municipality, in_scope, refused_in_scope
from app.topic import TopicFinder
from app.verdict import judge
from corpus.document import Municipality, SectionKind
from corpus.register import Register
from corpus.stored import Refusal, Snapshot, StoredDocument

_LOOKED_AT = 2  # candidates a place in the list, since repeats go last


@dataclass(frozen=True, slots=True)
class Judging:
    """What verdicts are given with; `calibration` gives that of the index, None where there is none."""

    topics: TopicFinder
    calibration: Callable[[], Calibration | None]


class Search:
    """One state of the register, searched; made anew for every question, so that no question sees half a switch."""

    def __init__(
        self,
        register: Register,
        snapshot: Snapshot,
        refusals: Sequence[Refusal],
        retriever: Retriever,
        reader: QuestionReader,
        judging: Judging,
    ) -> None:
        self._register = register
        self._snapshot = snapshot
        self._refusals = refusals
        self._retriever = retriever
        self._reader = reader
        self._judging = judging

    def answer(self, question: Question) -> Answer:
        """The best passages in scope, and a verdict for every municipality in scope.

        A municipality whose documents are silent gives no passages, unless it is the only one asked for.
        """
        documents = in_scope(self._snapshot, question.scope)
        asked = self._reader.read(question.text)
        only = self._with_phrases(asked)
        probe = self._probe(asked.text, asked, question.mode, only)
        topic = self._judging.topics.topic(asked.text)
        same = topic == asked.text and question.mode is Mode.HYBRID
        about = probe if same else self._probe(topic, asked, Mode.HYBRID, only)
        verdicts = self._verdicts(about, asked.dutch, documents, question.scope)
        if len(question.scope.municipalities) != 1:
            silent = {verdict.municipality for verdict in verdicts if verdict.ruling is Ruling.NOTHING}
            documents = [document for document in documents if not _only_in(document, silent)]
        return Answer(
            question=question.text,
            also_searched=_also_searched(asked),
            hits=self._hits(probe, documents, question.limit),
            verdicts=verdicts,
        )

    def compare(self, topic: str, scope: Scope, per_municipality: int) -> Comparison:
        """Every municipality in scope with its own best passages: none crowds out another."""
        documents = in_scope(self._snapshot, scope)
        asked = self._reader.read(topic)
        only = self._with_phrases(asked)
        probe = self._probe(self._judging.topics.topic(asked.text), asked, Mode.HYBRID, only)
        return Comparison(
            topic=topic,
            also_searched=_also_searched(asked),
            findings=tuple(
                Finding(
                    verdict=verdict,
                    hits=()
                    if verdict.ruling in (Ruling.NOTHING, Ruling.NOT_SEARCHED)
                    else self._hits(probe, verdict.searched, per_municipality),
                )
                for verdict in self._verdicts(probe, asked.dutch, documents, scope)
            ),
        )

    def evidence(self, question: str) -> dict[str, Evidence]:
        """What the body text of each municipality's documents has on a question, by name: what verdicts are given on.

        Without its exact phrases, since those are found or not.
        """
        asked = self._reader.read(question)
        probe = self._probe(self._judging.topics.topic(asked.text), asked, Mode.HYBRID, None)
        return {
            municipality.name: self._retriever.evidence(probe, [document.version for document in own])
            for municipality, own in by_municipality(self._snapshot.documents).items()
        }

    def _with_phrases(self, asked: AskedQuestion) -> Set[str] | None:
        """The passages in which the question's exact phrases stand; None where they are not asked for.

        Where none has them, a sentence that only mentions a title or saying is searched without. All documents tell,
        whatever the scope, so that a municipality is judged alone as it is among others.
        """
        if not asked.phrases:
            return None
        found = self._register.passages_with(asked.phrases, [each.version for each in self._snapshot.documents])
        return found if found or asked.only_phrases else None

    def _probe(self, text: str, asked: AskedQuestion, mode: Mode, only: Set[str] | None) -> Probe:
        return self._retriever.probe(text, mode, self._register.frequencies, asked.also, only)

    def _verdicts(
        self, probe: Probe, dutch: bool, documents: Sequence[StoredDocument], scope: Scope
    ) -> tuple[Verdict, ...]:
        named = bool(scope.documents)
        all_documents = documents if named else self._snapshot.documents
        refusals = refused_in_scope(self._refusals, scope)
        own, refused = by_municipality(documents), by_municipality(refusals)
        asked = asked_of(scope, by_municipality(all_documents), by_municipality(refusals if named else self._refusals))
        calibration = self._judging.calibration()
        return tuple(
            self._verdict(calibration, probe, dutch, each, own.get(each, ()), refused.get(each, ())) for each in asked
        )

    def _verdict(
        self,
        calibration: Calibration | None,
        probe: Probe,
        dutch: bool,
        municipality: Municipality,
        own: Sequence[StoredDocument],
        refused: Sequence[Refusal],
    ) -> Verdict:
        if not own:
            return Verdict(municipality, Ruling.NOT_SEARCHED, None, (), tuple(refused))
        versions = [document.version for document in own]
        judgement = judge(
            calibration,
            dutch,
            self._retriever.evidence(probe, versions),
            lambda: self._retriever.mentioned(probe, versions),
        )
        return Verdict(municipality, judgement.ruling, judgement.certainty, tuple(own), tuple(refused))

    def _hits(self, probe: Probe, documents: Sequence[StoredDocument], limit: int) -> tuple[Hit, ...]:
        by_version = {document.version: document for document in documents}
        candidates = self._retriever.ranked(probe, list(by_version), limit, _LOOKED_AT * limit)
        passages = self._register.passages([candidate.id for candidate in candidates])
        there = [candidate for candidate in candidates if candidate.id in passages]  # not taken out meanwhile
        body = [candidate for candidate in there if passages[candidate.id].kind is SectionKind.BODY]
        aside = [candidate for candidate in there if passages[candidate.id].kind is not SectionKind.BODY]
        best = [*repeats_last(body, lambda candidate: passages[candidate.id].quote), *aside][:limit]
        return tuple(
            Hit(passages[candidate.id], by_version[candidate.version], candidate.score, candidate.found_by)
            for candidate in best
        )


def _also_searched(asked: AskedQuestion) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*asked.mended, *asked.also)))


def _only_in(document: StoredDocument, municipalities: set[Municipality]) -> bool:
    """Whether a document belongs to these municipalities and to no other."""
    own = set(document.metadata.municipalities)
    return bool(own) and own <= municipalities
