"""Files that came in over REST, in the real knowledge base: kept, read, refused, and found with all that was read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.answer import Mode, Question, Ruling, Scope
from app.knowledge_base import KnowledgeBase
from app.upload import TakenIn, Upload
from corpus.document import Document, Metadata, Municipality, TextBox, TextSpan
from corpus.entry import unknown_metadata
from corpus.errors import DocumentError, NotFoundError
from corpus.proposal import Proposal
from corpus.reason import Why, because
from corpus.task import Task, TaskState
from ingest.read import read_document
from tests.app.notes import filled, loader, settings
from tests.ingest.plain_reader import PlainReader

TEXT = "Conflictscheidingen raken veel kinderen. De gemeente helpt."
ROWS = TextSpan(0, 41)
UTRECHT = Municipality("GM0344", "Utrecht")


def metadata(document_id: str = "gestuurd", name: str = "nota.txt") -> Metadata:
    return replace(unknown_metadata(Path(name)), document_id=document_id)


def accepted(opened: KnowledgeBase, content: str = TEXT, document_id: str = "gestuurd") -> Task:
    with opened.files.receiving() as incoming:
        incoming.write(content.encode())
        return opened.accept(incoming, metadata(document_id))


def take_in(opened: KnowledgeBase, task: Task, stopped: Callable[[], bool] = lambda: False) -> TakenIn | None:
    return opened.take_in(Upload.of_task(task), lambda _: None, stopped)


def with_places(path: Path) -> Document:
    """What a file with a table, places and a proposal would give; text recognition read its first sentence."""
    read = read_document(path)
    return replace(
        read,
        tables=(ROWS,),
        recognised=(ROWS,),
        boxes=(TextBox(0, 41, 1, 10, 20, 30, 40), TextBox(41, len(read.text), 2, 50, 60, 70, 80.25)),
        proposals=(Proposal("title", "Nota", "de eerste regel"),),
    )


def test_a_file_that_came_in_becomes_a_document(tmp_path: Path) -> None:
    with filled(tmp_path) as opened:
        task = accepted(opened)
        assert task.state is TaskState.WAITING
        sha256 = Upload.of_task(task).file_sha256
        assert opened.files.path(sha256).read_text(encoding="utf-8") == TEXT
        first = take_in(opened, task)
        assert first is not None
        assert (first.document_id, first.unchanged) == ("gestuurd", False)
        assert opened.document("gestuurd").version == first.version
        assert opened.document("gestuurd").path == "nota.txt"
        assert take_in(opened, task) == replace(first, unchanged=True)


def test_its_original_stays_while_it_waits(tmp_path: Path) -> None:
    with filled(tmp_path) as opened:
        task = accepted(opened)
        sha256 = Upload.of_task(task).file_sha256
        opened.remove("utrecht-nota")
        opened.tidy()
        assert opened.files.path(sha256).exists()
        running = opened.tasks.next()
        assert running is not None
        opened.tasks.fail(running.id, "x")
        opened.tidy()
        assert not opened.files.path(sha256).exists()


def test_a_file_without_text_is_refused_by_its_name(tmp_path: Path) -> None:
    with filled(tmp_path) as opened:
        task = accepted(opened, " \n ")
        with pytest.raises(DocumentError) as refused:
            take_in(opened, task)
        (kept,) = opened.ledger().refusals
        assert (kept.path, kept.file_sha256) == ("nota.txt", Upload.of_task(task).file_sha256)
        assert kept.reason == refused.value.reason.dutch == because(Why.ONLY_SPACE).dutch
        assert str(tmp_path) not in kept.reason
        assert take_in(opened, accepted(opened)) is not None
        assert opened.ledger().refusals == ()


def test_two_refused_files_of_one_name_are_both_kept_until_they_are_taken_out(tmp_path: Path) -> None:
    with filled(tmp_path) as opened:
        for document_id, content in (("een", " "), ("twee", " \n")):
            with pytest.raises(DocumentError):
                take_in(opened, accepted(opened, content, document_id))
        assert take_in(opened, accepted(opened)) is not None
        assert refused_ids(opened) == ["een", "twee"]
        opened.remove("een")
        assert refused_ids(opened) == ["twee"]
        with pytest.raises(NotFoundError):
            opened.remove("een")
        assert take_in(opened, accepted(opened, document_id="twee")) is not None
        assert refused_ids(opened) == []


def test_a_municipality_of_refused_documents_only_is_told_apart_in_every_answer(tmp_path: Path) -> None:
    rotterdam = Municipality("GM0599", "Rotterdam")
    with filled(tmp_path) as opened:
        known = replace(metadata("kapot"), municipalities=(rotterdam,), title="Nota", kind="nota")
        with opened.files.receiving() as incoming:
            incoming.write(b" ")
            task = opened.accept(incoming, known)
        with pytest.raises(DocumentError):
            take_in(opened, task)
        scope = Scope()
        verdicts = [
            opened.search(Question("jeugd", scope, 10, Mode.HYBRID)).verdicts,
            tuple(each.verdict for each in opened.compare("jeugd", scope, 3).findings),
        ]
        for found in verdicts:
            assert {"Rotterdam", "Utrecht"} <= {each.municipality.name for each in found}
            for each in found:
                is_rotterdam = each.municipality == rotterdam
                assert (each.ruling is Ruling.NOT_SEARCHED) == is_rotterdam
                assert [refusal.metadata for refusal in each.refused] == ([known] if is_rotterdam else [])
        assert refused_in(opened, Scope(municipalities=(rotterdam,), kinds=("nota",))) == ["kapot"]
        assert refused_in(opened, Scope(municipalities=(rotterdam,), kinds=("agenda",))) == []
        assert refused_in(opened, Scope(documents=("utrecht-nota",))) == []


def test_before_the_first_document_a_refused_one_is_told(tmp_path: Path) -> None:
    with KnowledgeBase.open(settings(tmp_path), load=loader(), reader=PlainReader()) as opened:
        opened.register.refuse(replace(metadata(), municipalities=(UTRECHT,)), "nota.txt", None, "is leeg")
        (finding,) = opened.compare("jeugd", Scope(), 3).findings
        assert (finding.verdict.municipality, finding.verdict.ruling) == (UTRECHT, Ruling.NOT_SEARCHED)
        assert [each.reason for each in finding.verdict.refused] == ["is leeg"]
        opened.remove("gestuurd")
        assert opened.compare("jeugd", Scope(), 3).findings == ()


def refused_ids(opened: KnowledgeBase) -> list[str]:
    return [refusal.metadata.document_id for refusal in opened.ledger().refusals]


def refused_in(opened: KnowledgeBase, scope: Scope) -> list[str]:
    verdicts = opened.search(Question("jeugd", scope, 10, Mode.HYBRID)).verdicts
    return [refusal.metadata.document_id for verdict in verdicts for refusal in verdict.refused]


def test_a_stop_before_it_begins_leaves_it_for_later(tmp_path: Path) -> None:
    with filled(tmp_path) as opened:
        assert take_in(opened, accepted(opened), lambda: True) is None
        assert "gestuurd" not in {each.metadata.document_id for each in opened.snapshot().documents}


def test_what_was_read_comes_back_with_document_and_passage(tmp_path: Path) -> None:
    with filled(tmp_path):
        pass
    with KnowledgeBase.open(settings(tmp_path), load=loader(), reader=PlainReader(with_places)) as opened:
        assert take_in(opened, accepted(opened)) is not None
        stored = opened.document("gestuurd")
        assert (stored.tables, stored.proposals) == (
            1,
            (Proposal("title", "Nota", "de eerste regel"), Proposal("kind", "nota", "uit de bestandsnaam")),
        )
        scope = Scope(documents=("gestuurd",))
        (hit,) = opened.search(Question("conflictscheidingen", scope, 10, Mode.WORDS)).hits
        assert (hit.passage.in_table, hit.passage.by_ocr) == (True, True)
        assert opened.passage(hit.passage.id).boxes == opened.register.boxes(stored.version)
        assert [box.page for box in opened.passage(hit.passage.id).boxes] == [1, 2]


def test_the_same_text_under_two_names_is_noticed(tmp_path: Path) -> None:
    long = " ".join(f"Woord{number} in de wijk." for number in range(200))
    with filled(tmp_path) as opened:
        for content, document_id in ((long, "een"), (f"{long} Slot.", "twee")):
            assert take_in(opened, accepted(opened, content, document_id)) is not None
        alike = opened.ledger().alike
        assert alike.keys() == {opened.document(name).version for name in ("een", "twee")}
        (other,) = alike[opened.document("een").version]
        assert other.document == opened.document("twee")
        assert other.similarity > 0.9
