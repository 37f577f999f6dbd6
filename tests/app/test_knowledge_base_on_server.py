"""The knowledge base with its index on a Qdrant server, alone and shared with another."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.answer import Answer, Mode, Question, Ruling, Scope
from app.knowledge_base import KnowledgeBase
from corpus.errors import DataDirectoryError, NotFoundError, UnreachableError
from tests.app.notes import NOTES, loader, settings, write_catalogue
from tests.embeddings.qdrant_stand_in import QdrantStandIn, Trouble
from tests.ingest.plain_reader import PlainReader

QUESTION = Question("scheidingen", Scope(), 10, Mode.HYBRID)


@pytest.fixture
def server() -> Iterator[QdrantStandIn]:
    with QdrantStandIn() as server:
        yield server
    assert server.faults == []


@contextmanager
def opened(folder: Path, server: QdrantStandIn, model: str = "hand") -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(settings(folder, model, server.url), load=loader(), reader=PlainReader()) as knowledge_base:
        yield knowledge_base


@contextmanager
def filled(folder: Path, server: QdrantStandIn) -> Iterator[KnowledgeBase]:
    """An open knowledge base with the notes."""
    with opened(folder, server) as knowledge_base:
        knowledge_base.ingest([], write_catalogue(folder / "notes"), force=False)
        yield knowledge_base


def collections(server: QdrantStandIn) -> tuple[list[str], list[str]]:
    """The collections that were made and those that were dropped, in order and without their path."""
    asked = [(each.method, each.path.removeprefix("/collections/")) for each in server.requests]
    names = [(method, name) for method, name in asked if "/" not in name]
    return [name for method, name in names if method == "PUT"], [name for method, name in names if method == "DELETE"]


def ranking(answer: Answer) -> list[tuple[str, float]]:
    return [(hit.passage.id, hit.score) for hit in answer.hits]


def note_of(folder: Path, text: str) -> Path:
    path = folder / "wisselend.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_was_ingested_is_found_and_quoted_exactly(tmp_path: Path, server: QdrantStandIn) -> None:
    with filled(tmp_path, server) as notes:
        answer = notes.search(QUESTION)
        assert {hit.document.metadata.document_id for hit in answer.hits} >= {"amersfoort-nota", "apeldoorn-nota"}
        for hit in answer.hits:
            text = notes.text(hit.document.metadata.document_id).text
            assert text[hit.passage.start : hit.passage.end] == hit.passage.quote
            assert hit.passage.quote in NOTES[hit.document.metadata.document_id.removesuffix("-nota")][2]
    assert not (tmp_path / "data" / "index").exists()
    assert not (tmp_path / "data" / "address.json").exists()


def test_a_comparison_has_every_municipality_with_its_own_passages(tmp_path: Path, server: QdrantStandIn) -> None:
    with filled(tmp_path, server) as notes:
        comparison = notes.compare("scheidingen", Scope(), 2)
    assert [each.verdict.municipality.name for each in comparison.findings] == ["Amersfoort", "Apeldoorn", "Utrecht"]
    for finding in comparison.findings[:2]:
        assert finding.verdict.ruling in (Ruling.FOUND, Ruling.TOUCHED)
        assert {hit.document for hit in finding.hits} == set(finding.verdict.searched)


def test_scores_stay_the_same_after_reopening_and_reading_anew(tmp_path: Path, server: QdrantStandIn) -> None:
    with filled(tmp_path, server) as notes:
        before = notes.search(QUESTION)
    with opened(tmp_path, server) as notes:
        assert notes.search(QUESTION) == before
        notes.ingest([], tmp_path / "notes" / "catalogue.toml", force=True)
        assert ranking(notes.search(QUESTION)) == ranking(before)
    made, dropped = collections(server)
    assert (len(made), dropped) == (1, [])


def test_a_removed_document_is_found_no_more(tmp_path: Path, server: QdrantStandIn) -> None:
    with filled(tmp_path, server) as notes:
        notes.remove("amersfoort-nota")
        found = {hit.document.metadata.document_id for hit in notes.search(QUESTION).hits}
        assert "amersfoort-nota" not in found
        assert "apeldoorn-nota" in found
        with pytest.raises(NotFoundError):
            notes.remove("amersfoort-nota")


def test_another_model_gets_a_collection_of_its_own_and_the_first_one_goes(
    tmp_path: Path, server: QdrantStandIn
) -> None:
    with filled(tmp_path, server) as notes:
        before = [hit.passage for hit in notes.search(QUESTION).hits]
    with opened(tmp_path, server, "other") as changed:
        with pytest.raises(DataDirectoryError, match=r"made with model 'hand'.*say 'other'"):
            changed.search(QUESTION)
        changed.ingest([], tmp_path / "notes" / "catalogue.toml", force=False)
        assert [hit.passage for hit in changed.search(QUESTION).hits] == before
    made, dropped = collections(server)
    assert len(made) == len(set(made)) == 2
    assert dropped == made[:1]


def test_one_changes_the_model_while_the_other_searches(tmp_path: Path, server: QdrantStandIn) -> None:
    ended: list[Exception] = []
    began, changed = threading.Event(), threading.Event()

    def ask(notes: KnowledgeBase) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                notes.search(QUESTION)
                began.set()
                assert not changed.is_set()  # else it answers with the model that is gone
            except Exception as error:  # noqa: BLE001 - told to the main thread
                ended.append(error)
                return

    with filled(tmp_path, server) as former, opened(tmp_path, server, "other") as latter:
        threads = [threading.Thread(target=ask, args=(former,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert began.wait(30)
        latter.ingest([], tmp_path / "notes" / "catalogue.toml", force=False)
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)
        assert [type(error) for error in ended] == [DataDirectoryError] * len(threads)
        with pytest.raises(DataDirectoryError, match="made with model 'other', the settings say 'hand'"):
            former.search(QUESTION)
        assert latter.search(QUESTION).hits


def test_a_new_version_that_one_ingests_is_found_by_the_other(tmp_path: Path, server: QdrantStandIn) -> None:
    with opened(tmp_path, server) as one, opened(tmp_path, server) as other:
        one.ingest([note_of(tmp_path, "Scheidingen van ouders in 2024.")], None, force=False)
        assert [hit.passage.quote for hit in other.search(QUESTION).hits] == ["Scheidingen van ouders in 2024."]
        one.ingest([note_of(tmp_path, "Scheidingen van ouders in 2025.")], None, force=False)
        assert [hit.passage.quote for hit in other.search(QUESTION).hits] == ["Scheidingen van ouders in 2025."]
        assert other.search(QUESTION) == one.search(QUESTION)


def test_opening_while_another_makes_the_index_anew_leaves_that_alone(tmp_path: Path, server: QdrantStandIn) -> None:
    with filled(tmp_path, server):
        pass
    making, proceed = threading.Event(), threading.Event()

    def wait(message: str) -> None:
        making.set()
        assert proceed.wait(30)

    with KnowledgeBase.open(settings(tmp_path, "other", server.url), load=loader(), notify=wait) as changing:
        ingesting = threading.Thread(
            target=changing.ingest, args=([], tmp_path / "notes" / "catalogue.toml"), kwargs={"force": False}
        )
        server.trouble = Trouble(delay=0.05)  # so that filling the second collection takes a while
        ingesting.start()
        assert making.wait(30)
        proceed.set()
        while len(collections(server)[0]) < 2:
            time.sleep(0.01)
        with opened(tmp_path, server) as bystander:
            assert len(bystander.snapshot().documents) == len(NOTES)
        ingesting.join(60)
        server.trouble = None
        assert changing.search(QUESTION).hits


@pytest.mark.parametrize("trouble", [Trouble(hang_up=True), Trouble(status=503)])
def test_nothing_is_lost_when_the_server_goes_away(tmp_path: Path, server: QdrantStandIn, trouble: Trouble) -> None:
    with filled(tmp_path, server) as notes:
        before = notes.search(QUESTION)
        note = note_of(tmp_path, "Scheidingen, scheidingen en nog eens scheidingen van ouders.")
        server.trouble = trouble
        with pytest.raises(UnreachableError, match="Qdrant at http"):
            notes.search(QUESTION)
        with pytest.raises(UnreachableError):
            notes.compare("scheidingen", Scope(), 2)
        with pytest.raises(UnreachableError):
            notes.ingest([note], None, force=False)
        with pytest.raises(UnreachableError), opened(tmp_path, server):
            pass
        server.trouble = None
        assert notes.search(QUESTION) == before
        assert notes.ingest([note], None, force=False).failures == ()
        assert len(notes.snapshot().documents) == len(NOTES) + 1
        assert notes.search(QUESTION).hits[0].document.metadata.source_file == "wisselend.txt"
    with opened(tmp_path, server) as reopened:
        assert len(reopened.snapshot().documents) == len(NOTES) + 1


def test_questions_from_eight_threads_during_an_ingest(tmp_path: Path, server: QdrantStandIn) -> None:
    faults: list[Exception] = []
    done = threading.Event()

    def ask(notes: KnowledgeBase) -> None:
        while not done.is_set():
            try:
                hits = notes.search(QUESTION).hits
                assert len(hits) >= 2
                assert all(hit.passage.version == hit.document.version for hit in hits)
            except Exception as fault:  # noqa: BLE001 - told to the main thread
                faults.append(fault)
                return

    with filled(tmp_path, server) as notes:
        threads = [threading.Thread(target=ask, args=(notes,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for number in range(5):
            notes.ingest([note_of(tmp_path, f"Scheidingen in jaar {number}. " * (number + 1))], None, force=False)
        done.set()
        for thread in threads:
            thread.join()
    assert faults == []
