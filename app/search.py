"""Answers a question, and compares a topic municipality by municipality."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from app.answer import Answer, Hit, Mode, Question, Ruling, Scope
from app.calibration import Calibration
from app.comparing.aspects import PassageAspects
from app.comparing.finder import Finder
from app.comparison import Comparison
from app.figures.measure import measures
from app.figures.stems import packaged_stems
from app.holdings import NearIdentical
from app.judge import Judge
from app.near_duplicates import repeats_last
from app.question_reader import AskedQuestion, QuestionReader
from app.retrieval import Evidence, Probe, Retriever
from app.scoped import by_municipality, in_scope
from app.topic import TopicFinder
from app.validity import Standings
from app.verdict import Yardstick
from corpus.document import Municipality, SectionKind
from corpus.register import Register
from corpus.stored import Refusal, Snapshot, StoredDocument

_LOOKED_AT = 2  # candidates a place in the list, since repeats go last


@dataclass(frozen=True, slots=True)
class Judging:
    """What verdicts are given with; `calibration` gives that of the index, None where there is none."""

    topics: TopicFinder
    calibration: Callable[[], Calibration | None]


@dataclass(frozen=True, slots=True)
class Comparing:
    """What comparisons are made with; `alike` gives the near-identical documents by version."""

    aspects: PassageAspects
    alike: Callable[[], Mapping[str, Sequence[NearIdentical]]]


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
        comparing: Comparing,
    ) -> None:
        self._register = register
        self._snapshot = snapshot
        self._retriever = retriever
        self._reader = reader
        self._judging = judging
        self._comparing = comparing
        self._judge = Judge(retriever, snapshot, refusals)

    def answer(self, question: Question, day: date) -> Answer:
        """The best passages in scope, as their documents stand on `day`, and a verdict for every municipality in scope.

        A municipality whose documents are silent gives no passages, unless it is the only one asked for.
        """
        documents = in_scope(self._snapshot, question.scope)
        asked = self._reader.read(question.text)
        only = self._with_phrases(asked)
        probe = self._probe(asked.text, asked, question.mode, only)
        topic = self._judging.topics.topic(asked.text)
        same = topic == asked.text and question.mode is Mode.HYBRID
        about = probe if same else self._probe(topic, asked, Mode.HYBRID, only)
        yardstick = Yardstick(self._judging.calibration(), asked.dutch)
        verdicts = self._judge.verdicts(about, yardstick, documents, question.scope)
        if len(question.scope.municipalities) != 1:
            silent = {verdict.municipality for verdict in verdicts if verdict.ruling is Ruling.NOTHING}
            documents = [document for document in documents if not _only_in(document, silent)]
        return Answer(
            question=question.text,
            also_searched=_also_searched(asked),
            hits=self._hits(probe, documents, question.limit, Standings(self._snapshot.documents, day)),
            verdicts=verdicts,
        )

    def compare(self, topic: str, scope: Scope, per_municipality: int, day: date) -> Comparison:
        """Every municipality in scope with its own best passages: none crowds out another."""
        documents = in_scope(self._snapshot, scope)
        asked = self._reader.read(topic)
        only = self._with_phrases(asked)
        probe = self._probe(self._judging.topics.topic(asked.text), asked, Mode.HYBRID, only)
        yardstick = Yardstick(self._judging.calibration(), asked.dutch)
        finder = Finder(
            self._register,
            self._retriever,
            self._comparing.aspects,
            self._comparing.alike,
            Standings(self._snapshot.documents, day),
        )
        findings = tuple(
            finder.finding(verdict, probe, yardstick, per_municipality)
            for verdict in self._judge.verdicts(probe, yardstick, documents, scope)
        )
        return Comparison(topic, _also_searched(asked), day, findings, measures(findings, packaged_stems()))

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

    def _hits(
        self, probe: Probe, documents: Sequence[StoredDocument], limit: int, standings: Standings
    ) -> tuple[Hit, ...]:
        by_version = {document.version: document for document in documents}
        candidates = self._retriever.ranked(probe, list(by_version), limit, _LOOKED_AT * limit)
        passages = self._register.passages([candidate.id for candidate in candidates])
        there = [candidate for candidate in candidates if candidate.id in passages]  # not taken out meanwhile
        body = [candidate for candidate in there if passages[candidate.id].kind is SectionKind.BODY]
        aside = [candidate for candidate in there if passages[candidate.id].kind is not SectionKind.BODY]
        best = [*repeats_last(body, lambda candidate: passages[candidate.id].quote), *aside][:limit]
        return tuple(
            Hit(
                passage=passages[candidate.id],
                document=by_version[candidate.version],
                standing=standings.of(by_version[candidate.version]),
                score=candidate.score,
                found_by=candidate.found_by,
            )
            for candidate in best
        )


def _also_searched(asked: AskedQuestion) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*asked.mended, *asked.also)))


def _only_in(document: StoredDocument, municipalities: set[Municipality]) -> bool:
    """Whether a document belongs to these municipalities and to no other."""
    own = set(document.metadata.municipalities)
    return bool(own) and own <= municipalities
