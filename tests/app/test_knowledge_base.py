"""The knowledge base as a whole: opening, ingesting, changing model, and what goes wrong."""

import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.answer import Mode, Question, Ruling, Scope
from app.holder import Holder
from app.knowledge_base import KnowledgeBase
from app.passage_context import CONTEXT_CHARACTERS
from corpus.document import Municipality
from corpus.errors import DataDirectoryError, HeldError, MachineError, ModelError, NotFoundError
from corpus.passage import Passage
from tests.app.notes import NOTES, filled, knowledge_base, loader, settings, write_catalogue
from tests.hand_encoder import HandEncoder

QUESTION = Question("scheidingen", Scope(), 10, Mode.HYBRID)


def test_nothing_is_searched_before_anything_is_ingested(tmp_path: Path) -> None:
    utrecht = Municipality("GM0344", "Utrecht")
    with knowledge_base(tmp_path) as empty:
        answer = empty.search(Question("scheidingen", Scope(municipalities=(utrecht,)), 10, Mode.HYBRID))
        assert answer.hits == ()
        assert [(each.municipality, each.ruling) for each in answer.verdicts] == [(utrecht, Ruling.NOT_SEARCHED)]
        assert empty.compare("scheidingen", Scope(), 3).findings == ()
        assert empty.snapshot().documents == ()


def test_what_was_ingested_is_there_after_reopening(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        before = notes.search(QUESTION)
    with knowledge_base(tmp_path) as reopened:
        assert reopened.search(QUESTION) == before


def test_scores_stay_the_same_after_ingesting_anew_and_after_a_removal(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        before = notes.search(QUESTION)
        extra = tmp_path / "extra.txt"
        extra.write_text("Scheidingen, scheidingen en nog eens scheidingen van ouders.", encoding="utf-8")
        notes.ingest([extra], None, force=False)
        assert notes.search(QUESTION) != before
        (document,) = [each for each in notes.snapshot().documents if each.metadata.source_file == "extra.txt"]
        notes.remove(document.metadata.document_id)
        assert notes.search(QUESTION) == before
        notes.ingest([], tmp_path / "notes" / "catalogue.toml", force=True)
        assert [(hit.passage, hit.score) for hit in notes.search(QUESTION).hits] == [
            (hit.passage, hit.score) for hit in before.hits
        ]


def test_second_ingest_loads_no_model(tmp_path: Path) -> None:
    catalogue = write_catalogue(tmp_path / "notes")
    with knowledge_base(tmp_path) as first:
        assert first.ingest([], catalogue, force=False).encoded == len(NOTES)

    def refuse(name: str, cache_dir: Path, notify: object) -> HandEncoder:
        raise AssertionError("the model was loaded")

    with KnowledgeBase.open(settings(tmp_path), load=refuse) as second:
        report = second.ingest([], catalogue, force=False)
    assert (report.unchanged, report.encoded) == (len(NOTES), 0)


def test_another_model_is_refused_until_the_index_is_made_anew(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        before = [hit.passage for hit in notes.search(QUESTION).hits]
    with knowledge_base(tmp_path, model="other") as changed:
        with pytest.raises(DataDirectoryError, match=r"made with model 'hand'.*say 'other'.*beleidswijzer ingest"):
            changed.search(QUESTION)
        changed.ingest([], tmp_path / "notes" / "catalogue.toml", force=False)
        assert [hit.passage for hit in changed.search(QUESTION).hits] == before
        generation = changed.snapshot().generation
        assert generation is not None
        assert generation.model == "other"
    assert [path.name for path in (tmp_path / "data" / "index").iterdir()] == [generation.id]
    with knowledge_base(tmp_path) as former, pytest.raises(DataDirectoryError, match="made with model 'other'"):
        former.search(QUESTION)


def test_same_model_with_other_weights_is_noticed(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        count = len(notes.snapshot().documents)
    with knowledge_base(tmp_path, encoder=HandEncoder(dimension=13)) as changed:
        with pytest.raises(ModelError, match="ingest --force"):
            changed.search(QUESTION)
        changed.ingest([], tmp_path / "notes" / "catalogue.toml", force=True)
        assert changed.search(QUESTION).hits
        assert len(changed.snapshot().documents) == count


def test_lost_index_folder_is_filled_again(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        before = notes.search(QUESTION)
    shutil.rmtree(tmp_path / "data" / "index")
    with knowledge_base(tmp_path) as reopened:
        assert reopened.search(QUESTION) == before


def test_second_process_is_told_who_holds_the_directory(tmp_path: Path) -> None:
    with filled(tmp_path), pytest.raises(HeldError, match="is held by"):
        Holder.acquire(tmp_path / "data", patience=0.1)


def test_passage_comes_with_the_text_around_it(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        hit = notes.search(QUESTION).hits[0]
        found = notes.passage(hit.passage.id)
        text = notes.text(hit.document.metadata.document_id).text
        assert found.passage == hit.passage
        assert text == (
            text[: max(0, hit.passage.start - CONTEXT_CHARACTERS)] + found.before + hit.passage.quote + found.after
        )
        with pytest.raises(NotFoundError):
            notes.passage("00000000-0000-0000-0000-000000000000")


def test_original_is_kept_as_it_came(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        kept = notes.files.path(notes.document("utrecht-nota").file_sha256)
        assert kept.read_bytes() == (tmp_path / "notes" / "utrecht.txt").read_bytes()
        (tmp_path / "notes" / "utrecht.txt").unlink()
        assert kept.exists()


def test_removed_document_is_gone_everywhere(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        passage = notes.search(QUESTION).hits[0].passage
        document = notes.passage(passage.id).document.metadata.document_id
        notes.remove(document)
        for call in (notes.document, notes.text, notes.remove):
            with pytest.raises(NotFoundError, match=document):
                call(document)
        with pytest.raises(NotFoundError):
            notes.passage(passage.id)
        assert passage not in [hit.passage for hit in notes.search(QUESTION).hits]


def test_questions_from_eight_threads_while_documents_come_and_go(tmp_path: Path) -> None:
    faults: list[Exception] = []
    answered: list[int] = []
    done = threading.Event()

    def ask(notes: KnowledgeBase, unchanged: set[Passage]) -> None:
        answers = 0
        while not done.is_set():
            try:
                hits = notes.search(QUESTION).hits
                assert all(hit.passage.version == hit.document.version for hit in hits)
                assert unchanged <= {hit.passage for hit in hits}
            except Exception as fault:  # noqa: BLE001 - told to the main thread
                faults.append(fault)
                return
            answers += 1
        answered.append(answers)

    with filled(tmp_path) as notes:
        unchanged = {hit.passage for hit in notes.search(QUESTION).hits}
        threads = [threading.Thread(target=ask, args=(notes, unchanged)) for _ in range(8)]
        for thread in threads:
            thread.start()
        note = tmp_path / "wisselend.txt"
        for number in range(12):
            note.write_text(f"Scheidingen in jaar {number}. " * (number + 1), encoding="utf-8")
            notes.ingest([note], None, force=False)
        done.set()
        for thread in threads:
            thread.join()
    assert faults == []
    assert unchanged
    assert len(answered) == 8
    assert min(answered) > 0


def test_file_that_stands_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(DataDirectoryError, match="data"):
        KnowledgeBase.open(settings(tmp_path), load=loader())


def test_what_a_crash_left_of_an_index_is_removed_on_opening(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        before = notes.search(QUESTION)
        generation = notes.snapshot().generation
        assert generation is not None
        notes.register.begin(replace(generation, id="half", model="other"))
    for left in ("half", "former"):
        (tmp_path / "data" / "index" / left).mkdir()
    with knowledge_base(tmp_path) as reopened:
        assert reopened.search(QUESTION) == before
        assert reopened.register.abandon() == ()
    assert [path.name for path in (tmp_path / "data" / "index").iterdir()] == [generation.id]


def test_word_analysis_of_another_version_is_refused_until_the_index_is_made_anew(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        before = [hit.passage for hit in notes.search(QUESTION).hits]
    with closing(sqlite3.connect(tmp_path / "data" / "register.db")) as register, register:
        register.execute("UPDATE generation SET lexical_version = 'older'")
    with knowledge_base(tmp_path) as later:
        with pytest.raises(DataDirectoryError, match="word analysis 'older'"):
            later.require_usable()
        later.ingest([], tmp_path / "notes" / "catalogue.toml", force=False)
        assert [hit.passage for hit in later.search(QUESTION).hits] == before


def test_without_room_to_open_the_index_documents_are_read_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(tmp_path) as notes:
        count = len(notes.snapshot().documents)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(100, 100, 0))
        with knowledge_base(tmp_path) as cramped:
            assert cramped.text("utrecht-nota").text.startswith("De buurtteams")
            with pytest.raises(MachineError, match="No room"):
                cramped.search(QUESTION)
            cramped.remove("utrecht-nota")
            assert len(cramped.snapshot().documents) == count - 1
    with knowledge_base(tmp_path) as again:
        assert "utrecht-nota" not in {hit.document.metadata.document_id for hit in again.search(QUESTION).hits}
