"""Suggestions of a knowledge base: made beside the questions, and never of a document that is gone."""

import time
from pathlib import Path

import pytest

from app.suggestions.suggester import Suggester
from corpus.errors import MachineError, NotFoundError
from corpus.stored import CanonicalText, Snapshot
from corpus.vocabulary import Abbreviation
from tests.app.fake_knowledge_base import FakeKnowledgeBase
from tests.app.notes import knowledge_base

LONG = 30.0  # seconds


def texts(suggester: Suggester, typed: str) -> list[str]:
    return [each.text for each in suggester.suggest(typed, 8, LONG)]


class Counting:
    """The documents of a fake knowledge base, and which of them were read; `fail` is raised instead."""

    def __init__(self, knowledge: FakeKnowledgeBase) -> None:
        self.knowledge = knowledge
        self.read: list[str] = []
        self.fail: Exception | None = None

    def snapshot(self) -> Snapshot:
        return self.knowledge.snapshot()

    def wording(self, sha256: str) -> tuple[CanonicalText, tuple[Abbreviation, ...]]:
        self.read.append(sha256)
        if self.fail is not None:
            raise self.fail
        return self.knowledge.wording(sha256)


@pytest.fixture
def source(tmp_path: Path) -> Counting:
    return Counting(FakeKnowledgeBase(tmp_path))


def test_a_version_is_read_once_and_what_is_removed_is_not_suggested_again(source: Counting) -> None:
    suggester = Suggester(source)
    assert "Jeugd" in texts(suggester, "jeugd")
    assert texts(suggester, "poh") == ["praktijkondersteuner huisarts (POH)"]
    assert len(source.read) == 2
    source.knowledge.remove("amstelveen-jeugd")
    source.knowledge.remove("utrecht-samenvatting")
    assert texts(suggester, "jeugd") == []  # the former index answers, without what is gone
    suggester._worker.shutdown()
    assert texts(suggester, "jeugd") == []
    assert len(source.read) == 2


def test_a_fault_is_told_to_who_asks_and_is_gone_when_the_documents_can_be_read(source: Counting) -> None:
    source.fail = MachineError("no room")
    suggester = Suggester(source)
    with pytest.raises(MachineError, match="no room"):
        suggester.suggest("jeugd", 8, LONG)
    source.fail = None
    assert "Jeugd" in texts(suggester, "jeugd")
    suggester.close()


def test_a_version_that_is_removed_meanwhile_is_passed_over(source: Counting) -> None:
    source.fail = NotFoundError("gone")
    suggester = Suggester(source)
    assert texts(suggester, "jeugd") == []
    suggester.close()


def test_nothing_is_made_after_the_end(source: Counting) -> None:
    suggester = Suggester(source)
    suggester.close()
    suggester.close()
    assert texts(suggester, "jeugd") == []
    assert source.read == []


def test_a_knowledge_base_suggests_what_its_documents_say_at_this_moment(tmp_path: Path) -> None:
    note = tmp_path / "nota.txt"
    note.write_text("De wachtlijsten van nu. De wachtlijsten zijn lang. Een Centrum voor Jeugd en Gezin (CJG) helpt.\n")
    with knowledge_base(tmp_path) as opened:
        assert texts(opened.suggester, "wacht") == []
        opened.ingest([note], None, force=False)
        opened.suggester.suggest("wacht", 8, LONG)  # from here on it is made
        deadline = time.monotonic() + LONG
        while not texts(opened.suggester, "wacht") and time.monotonic() < deadline:
            time.sleep(0.01)
        assert texts(opened.suggester, "wacht") == ["wachtlijsten"]
        assert texts(opened.suggester, "cjg") == ["Centrum voor Jeugd en Gezin (CJG)"]
        (document,) = opened.snapshot().documents
        opened.remove(document.metadata.document_id)
        assert texts(opened.suggester, "wacht") == []


def test_an_empty_knowledge_base_suggests_nothing(tmp_path: Path) -> None:
    with knowledge_base(tmp_path) as opened:
        assert opened.suggester.suggest("jeugd", 8, LONG) == ()
