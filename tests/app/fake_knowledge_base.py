"""A knowledge base of two small documents that a person can search by eye."""

import dataclasses
import hashlib
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from app.alone import WaitOn
from app.answer import (
    Answer,
    Finding,
    FoundBy,
    Hit,
    PassageInContext,
    Question,
    Ruling,
    Scope,
    Verdict,
)
from app.calibration import Calibration
from app.comparison import Comparison
from app.holdings import Holdings, Ledger, NearIdentical
from app.scoped import asked_of, by_municipality
from app.suggestions.suggester import Suggester
from app.task_worker import any_time
from app.upload import TakenIn, Upload, document_of
from app.validity import Standings
from corpus.document import Metadata, PageSpan, Section, SectionKind, TextBox
from corpus.errors import NotFoundError
from corpus.files import FileStore, IncomingFile
from corpus.municipalities import load_municipalities
from corpus.register import Register
from corpus.stored import CanonicalText, Generation, Refusal, SecondStage, Snapshot, StoredDocument
from corpus.task import Task
from corpus.vocabulary import Abbreviation
from ingest.lead_in import LeadIn
from tests.app.fake_documents import AMSTELVEEN, APELDOORN, TEXTS, UTRECHT, documents, passages_of, version_of

TODAY = date(2026, 3, 1)
TOKEN_VECTORS = 40_000  # of 26 dimensions


class FakeKnowledgeBase:
    """Finds the passages that hold the question as it stands; what `fail` makes of it is raised instead."""

    def __init__(self, folder: Path) -> None:
        self.municipalities = load_municipalities()
        self.fail: Callable[[str], Exception] | None = None
        self.loads = 0
        self.may_load = threading.Event()
        self.may_load.set()
        self.load_failure: Exception | None = None
        self.calibration: Calibration | None = None
        self.asked: list[Question | tuple[str, Scope, int]] = []
        self._documents = documents()
        self.files = FileStore(folder / "files")
        self._register = Register.open(f"sqlite:///{folder / 'register.db'}")
        self.tasks = self._register.tasks
        self.reports = self._register.reports
        self.feedback = self._register.feedback
        self.failing_topics: dict[str, Exception] = {}
        self.may_compare = threading.Event()
        self.may_compare.set()
        self.shared = False
        self.suggester = Suggester(self, [each.name for each in self.municipalities])
        self.tidied = 0
        self.refusals: tuple[Refusal, ...] = ()
        self.alike: dict[str, tuple[NearIdentical, ...]] = {}
        self.taken: list[Upload] = []
        self.may_take = threading.Event()
        self.may_take.set()
        self.refuse: Exception | None = None
        self._keep("amstelveen-jeugd", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._keep("utrecht-samenvatting", TEXTS["utrecht-samenvatting"].encode())

    def load_model(self) -> None:
        self.may_load.wait()
        if self.load_failure is not None:
            raise self.load_failure
        self.loads += 1

    def snapshot(self) -> Snapshot:
        generation = Generation("g1", "hand", "hand-26", 26, "1", SecondStage.TOKENS)
        return Snapshot(generation, tuple(self._documents.values()))

    def ledger(self) -> Ledger:
        return Ledger(self.snapshot(), self.refusals, self.alike, self._standings())

    def holdings(self) -> Holdings:
        return Holdings(self.ledger(), TOKEN_VECTORS, 26 * TOKEN_VECTORS, self.calibration)

    def search(self, question: Question) -> Answer:
        self.asked.append(question)
        self._fail(question.text)
        verdicts = self._verdicts(question.text, question.scope)
        hits = self._hits(question.text, tuple(self._documents.values()))
        return Answer(question.text, ("vechtscheiding",), hits[: question.limit], verdicts)

    def compare(self, topic: str, scope: Scope, per_municipality: int, day: date | None = None) -> Comparison:
        self.asked.append((topic, scope, per_municipality))
        self.may_compare.wait()
        if topic in self.failing_topics:
            raise self.failing_topics[topic]
        self._fail(topic)
        findings = tuple(
            dataclasses.replace(Finding.silent(verdict), hits=self._hits(topic, verdict.searched)[:per_municipality])
            for verdict in self._verdicts(topic, scope)
        )
        return Comparison(topic, (), day or scope.valid_on or TODAY, findings, ())

    def passage(self, passage_id: str) -> PassageInContext:
        for document_id, document in self._documents.items():
            text = TEXTS[document_id]
            for passage in passages_of(document_id):
                if passage.id == passage_id:
                    lead_in = LeadIn(0, 3, text[:3]) if passage.start else None
                    boxes = (TextBox(passage.start, passage.end, 1, 56.7, 72.0, 300.25, 84.5),)
                    before, after = text[: passage.start], text[passage.end :]
                    standing = self._standings().of(document)
                    return PassageInContext(passage, document, standing, before, after, lead_in, boxes)
        raise NotFoundError(f"passage {passage_id} is not there")

    def document(self, document_id: str) -> StoredDocument:
        if document_id not in self._documents:
            raise NotFoundError(f"document {document_id!r} is not there")
        return self._documents[document_id]

    def text(self, document_id: str) -> CanonicalText:
        text = TEXTS[self.document(document_id).metadata.document_id]
        section = Section(("1. Jeugd",), SectionKind.BODY, 0, 9, len(text))
        page = PageSpan(1 if document_id == "amstelveen-jeugd" else None, 0, len(text))
        return CanonicalText(version_of(text), text, (page,), (section,))

    def wording(self, sha256: str) -> tuple[CanonicalText, tuple[Abbreviation, ...]]:
        for document_id in self._documents:
            if version_of(TEXTS[document_id]) == sha256:
                return self.text(document_id), (Abbreviation("POH", "praktijkondersteuner huisarts"),)
        raise NotFoundError(f"version {sha256} is not there")

    def accept(self, incoming: IncomingFile, metadata: Metadata) -> Task:
        with self.files.settling():
            return self.tasks.add(Upload(incoming.keep(), metadata).as_task())

    def turn(self, wait_on: WaitOn) -> AbstractContextManager[bool]:
        return any_time(wait_on)

    def take_in(
        self,
        upload: Upload,
        progress: Callable[[float], None],
        stopped: Callable[[], bool],
        task_id: str | None = None,
    ) -> TakenIn | None:
        """Notes what it is given, in one passage; `refuse` is raised instead, `may_take` holds it up until a stop."""
        self.taken.append(upload)
        while not self.may_take.wait(0.01):
            if stopped():
                return None
        if self.refuse is not None:
            raise self.refuse
        return TakenIn(upload.metadata.document_id, "f" * 64, 1, unchanged=self.taken.count(upload) > 1)

    def tidy(self) -> None:
        self.tidied += 1

    def remove(self, document_id: str) -> None:
        others = tuple(each for each in self.refusals if each.metadata.document_id != document_id)
        known = others != self.refusals or document_id in self._documents
        try:
            self._register.retire(document_id, lambda task: document_of(task) == document_id)
        except NotFoundError:
            if not known:
                raise
        self.refusals = others
        document = self._documents.pop(document_id, None)
        if document is not None:
            self.files.remove(document.file_sha256)

    def replace_file(self, document_id: str, content: bytes) -> None:
        """Another file takes the place of the one that a document was read from."""
        former = self.document(document_id)
        self.files.remove(former.file_sha256)
        self._documents[document_id] = dataclasses.replace(former, file_sha256=hashlib.sha256(content).hexdigest())
        self._keep(document_id, content)

    def _keep(self, document_id: str, content: bytes) -> None:
        path = self.files.path(self._documents[document_id].file_sha256)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)

    def _fail(self, text: str) -> None:
        if self.fail is None:
            return
        try:
            raise KeyError(f"cause of {text}")
        except KeyError as error:
            raise self.fail(f"no answer to {text}") from error

    def _hits(self, text: str, searched: Sequence[StoredDocument]) -> tuple[Hit, ...]:
        return tuple(
            Hit(passage, document, self._standings().of(document), 0.5, (FoundBy.MEANING, FoundBy.WORDS))
            for document in searched
            for passage in passages_of(document.metadata.document_id)
            if text.lower() in passage.quote.lower()
        )

    def _standings(self) -> Standings:
        return Standings(self._documents.values(), TODAY)

    def _verdicts(self, text: str, scope: Scope) -> tuple[Verdict, ...]:
        verdicts = []
        for municipality in asked_of(scope, (AMSTELVEEN, APELDOORN, UTRECHT), by_municipality(self.refusals)):
            refused = tuple(by_municipality(self.refusals).get(municipality, ()))
            searched = tuple(each for each in self._documents.values() if municipality in each.metadata.municipalities)
            if not searched:
                verdicts.append(Verdict(municipality, Ruling.NOT_SEARCHED, None, (), refused))
            elif self._hits(text, searched):
                verdicts.append(Verdict(municipality, Ruling.FOUND, 0.9, searched, refused))
            else:
                verdicts.append(Verdict(municipality, Ruling.NOTHING, 0.8, searched, refused))
        return tuple(verdicts)
