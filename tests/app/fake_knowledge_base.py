"""A knowledge base of two small documents that a person can search by eye."""

import dataclasses
import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from app.answer import (
    Answer,
    Comparison,
    Finding,
    FoundBy,
    Hit,
    PassageInContext,
    Question,
    Ruling,
    Scope,
    Verdict,
)
from app.api.schemas import FailureBody, IngestBody, ProgressBody, VanishedBody
from app.calibration import Calibration
from app.holdings import Holdings, Ledger, NearIdentical
from app.scoped import asked_of, by_municipality
from app.upload import TakenIn, Upload
from corpus.document import Coverage, Metadata, Municipality, PageSpan, Section, SectionKind, TextBox
from corpus.entry import unknown_metadata
from corpus.errors import NotFoundError
from corpus.files import FileStore, IncomingFile
from corpus.municipalities import load_municipalities
from corpus.near_identical import Sketch
from corpus.passage import Passage, passage_id
from corpus.register import Register
from corpus.stored import CanonicalText, Generation, Refusal, SecondStage, Snapshot, StoredDocument
from corpus.task import Task
from ingest.lead_in import LeadIn

AMSTELVEEN = Municipality("GM0362", "Amstelveen")
UTRECHT = Municipality("GM0344", "Utrecht")
APELDOORN = Municipality("GM0200", "Apeldoorn")
TOKEN_VECTORS = 40_000  # of 26 dimensions

TEXTS = {
    "amstelveen-jeugd": (
        "1. Jeugd\nKinderen hebben last van conflictscheidingen. 😀\n2. Onderwijs\nSchool is er voor elk kind."
    ),
    "utrecht-samenvatting": "Samenvatting\nUtrecht groeit en bouwt woningen.",
}


def version_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def passages_of(document_id: str) -> tuple[Passage, ...]:
    """Each heading with the line under it."""
    text = TEXTS[document_id]
    lines = text.split("\n")
    found = []
    for heading, body in zip(lines[::2], lines[1::2], strict=True):
        quote = f"{heading}\n{body}"
        start = text.index(quote)
        end = start + len(quote)
        version = version_of(text)
        pages = (1, 1) if document_id == "amstelveen-jeugd" else None
        id_ = passage_id(version, start, end)
        found.append(Passage(id_, version, start, end, quote, (heading,), SectionKind.BODY, pages, None, False, False))
    return tuple(found)


def stored(document_id: str, metadata: Metadata, coverage: Coverage, problems: tuple[str, ...]) -> StoredDocument:
    return StoredDocument(
        metadata=metadata,
        version=version_of(TEXTS[document_id]),
        file_sha256=version_of("file of " + document_id),
        path=f"notes/{metadata.source_file}",
        parser="plain 1",
        splitter="1",
        coverage=coverage,
        problems=problems,
        proposals=(),
        tables=0,
        sketch=Sketch(0, ()),
        passages=len(passages_of(document_id)),
        seconds=0.5,
        ingested_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    )


def documents() -> dict[str, StoredDocument]:
    amstelveen = Metadata(
        document_id="amstelveen-jeugd",
        municipalities=(AMSTELVEEN, APELDOORN),
        title="Jeugd- en onderwijsagenda",
        kind="agenda",
        status="vastgesteld",
        valid_from=date(2024, 1, 1),
        valid_until=date(2027, 12, 31),
        published="2024-02",
        adopted_by="gemeenteraad",
        source="https://amstelveen.example/agenda",
        source_file="Agenda «jeugd» 2024.pdf",
    )
    utrecht = Metadata(
        document_id="utrecht-samenvatting",
        municipalities=(UTRECHT,),
        title=None,
        kind=None,
        status=None,
        valid_from=None,
        valid_until=None,
        published=None,
        adopted_by=None,
        source=None,
        source_file="samenvatting.txt",
    )
    return {
        "amstelveen-jeugd": stored("amstelveen-jeugd", amstelveen, Coverage(1, 1, 0, 0, 0), ()),
        "utrecht-samenvatting": stored(
            "utrecht-samenvatting", utrecht, Coverage(None, None, None, None, None), ("geen kop gevonden",)
        ),
    }


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
        self.tasks = Register.open(f"sqlite:///{folder / 'register.db'}").tasks
        self.shared = False
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
        return Ledger(self.snapshot(), self.refusals, self.alike)

    def holdings(self) -> Holdings:
        return Holdings(self.ledger(), TOKEN_VECTORS, 26 * TOKEN_VECTORS, self.calibration)

    def search(self, question: Question) -> Answer:
        self.asked.append(question)
        self._fail(question.text)
        verdicts = self._verdicts(question.text, question.scope)
        hits = self._hits(question.text, tuple(self._documents.values()))
        return Answer(question.text, ("vechtscheiding",), hits[: question.limit], verdicts)

    def compare(self, topic: str, scope: Scope, per_municipality: int) -> Comparison:
        self.asked.append((topic, scope, per_municipality))
        self._fail(topic)
        findings = tuple(
            Finding(verdict, self._hits(topic, verdict.searched)[:per_municipality])
            for verdict in self._verdicts(topic, scope)
        )
        return Comparison(topic, (), findings)

    def passage(self, passage_id: str) -> PassageInContext:
        for document_id, document in self._documents.items():
            text = TEXTS[document_id]
            for passage in passages_of(document_id):
                if passage.id == passage_id:
                    lead_in = LeadIn(0, 3, text[:3]) if passage.start else None
                    boxes = (TextBox(passage.start, passage.end, 1, 56.7, 72.0, 300.25, 84.5),)
                    before, after = text[: passage.start], text[passage.end :]
                    return PassageInContext(passage, document, before, after, lead_in, boxes)
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

    def accept(self, incoming: IncomingFile, metadata: Metadata) -> Task:
        with self.files.settling():
            return self.tasks.add(Upload(incoming.keep(), metadata).as_task())

    def take_in(self, upload: Upload, progress: Callable[[float], None], stopped: Callable[[], bool]) -> TakenIn | None:
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
        if others != self.refusals:
            self.refusals = others
            return
        self.files.remove(self.document(document_id).file_sha256)
        del self._documents[document_id]

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
            Hit(passage, document, 0.5, (FoundBy.MEANING, FoundBy.WORDS))
            for document in searched
            for passage in passages_of(document.metadata.document_id)
            if text.lower() in passage.quote.lower()
        )

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


def refusal(path: str, document_id: str = "kapot", *municipalities: Municipality, title: str | None = None) -> Refusal:
    """A document whose file at `path` is damaged."""
    unknown = unknown_metadata(Path(path))
    metadata = dataclasses.replace(unknown, document_id=document_id, municipalities=municipalities, title=title)
    return Refusal(metadata, path, None, "is damaged", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


class FakeIngest:
    """Tells of each path, then reports it as done; `fail` is raised after the first step. `may_end` holds it up.

    With `until_stopped` it goes on until it is told to stop, which is before the document that fails.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[list[Path], Path | None, bool]] = []
        self.prunes: list[bool] = []
        self.vanished: list[VanishedBody] = []
        self.fail: Exception | None = None
        self.may_end = threading.Event()
        self.may_end.set()
        self.ended = threading.Event()
        self.until_stopped = False
        self.seconds_after_stop = 0.0

    def __call__(
        self,
        paths: Sequence[Path],
        catalogue: Path | None,
        force: bool,
        progress: Callable[[ProgressBody], None],
        stopped: Callable[[], bool] = lambda: False,
        prune: bool = False,
    ) -> IngestBody:
        self.asked.append((list(paths), catalogue, force))
        self.prunes.append(prune)
        for number, path in enumerate(paths, start=1):
            progress(ProgressBody(document=path.name, done=number, total=len(paths)))
        self.may_end.wait()
        while self.until_stopped and not stopped():
            time.sleep(0.01)
        time.sleep(self.seconds_after_stop)
        if self.fail is not None:
            raise self.fail
        self.ended.set()
        failures = [] if stopped() else [FailureBody(path="b.pdf", reason="beschadigd")]
        return IngestBody(
            documents=1,
            unchanged=0,
            passages=3,
            encoded=3,
            seconds=0.1,
            failures=failures,
            vanished=self.vanished,
            stopped=stopped(),
        )
