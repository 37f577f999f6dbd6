"""Runs of a real knowledge base: kept, the same when nothing changed, and told what did."""

import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.answer import Ruling
from app.api.report_bodies import ChangeReason, RunBody
from app.knowledge_base import KnowledgeBase
from app.report.formats import FORMATS
from app.report.order import ReportOrder, Topic
from app.report.runs import Runs
from corpus.errors import CancelledError, DataDirectoryError, NotFoundError
from corpus.report import KeptReport
from tests.app.notes import filled, write_catalogue

DAY = date(2026, 3, 1)
TOPICS = (Topic("mediator"), Topic("Hulp", "buurtteams"), Topic("laadpalen"))


@pytest.fixture
def knowledge(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with filled(tmp_path) as opened:
        yield opened


def made(knowledge: KnowledgeBase, run_id: str, format_name: str = "md", since: str | None = None) -> RunBody:
    order = ReportOrder("Proef", TOPICS, (), format_name, DAY, since=since)
    run = Runs(knowledge).make(order, run_id, lambda _: None, lambda: False)
    assert run is not None
    return run


def test_a_run_comes_back_as_it_was_made(knowledge: KnowledgeBase) -> None:
    run = made(knowledge, "een")
    assert Runs(knowledge).run("een") == run
    assert knowledge.reports.get("een").made_at == run.made_at
    assert knowledge.reports.get("een").summary == {"onderwerpen": 3, "mislukt": [], "sinds": None}


def test_every_quote_stands_in_the_text_of_its_document(knowledge: KnowledgeBase) -> None:
    passages = [
        passage
        for result in made(knowledge, "een").results
        if result.comparison is not None
        for finding in result.comparison.municipalities
        for passage in finding.passages
    ]
    assert passages
    for passage in passages:
        text = knowledge.text(passage.document.id)
        assert text.text[passage.position.start : passage.position.end] == passage.quote


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_again_is_the_same_file_apart_from_id_and_moment(knowledge: KnowledgeBase, format_name: str) -> None:
    first = made(knowledge, "00000000-0000-4000-8000-000000000001")
    second = made(knowledge, "00000000-0000-4000-8000-000000000002")
    same = second.model_copy(update={"id": first.id, "made_at": first.made_at})
    assert same == first
    assert FORMATS[format_name].write(same) == FORMATS[format_name].write(first)


def test_the_file_that_was_made_stays_and_others_are_made_when_asked(knowledge: KnowledgeBase) -> None:
    run, runs = made(knowledge, "een"), Runs(knowledge)
    found = runs.file("een")
    assert (found.format, found.content, found.report.id) == ("md", FORMATS["md"].write(run), "een")
    knowledge.reports.keep_file("een", "md", b"as it was made by a former version")
    assert runs.file("een").content == b"as it was made by a former version"
    assert knowledge.reports.file("een", "csv") is None
    assert runs.file("een", "csv").content == FORMATS["csv"].write(run)
    assert knowledge.reports.file("een", "csv") is not None


def test_a_file_is_made_once_however_many_ask_for_it(knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    made(knowledge, "een")
    writings: list[str] = []

    def slowly(run: RunBody) -> bytes:
        writings.append(run.id)
        time.sleep(0.2)
        return b"made"

    monkeypatch.setitem(FORMATS, "csv", replace(FORMATS["csv"], write=slowly))
    with ThreadPoolExecutor(4) as pool:
        found = [each.content for each in pool.map(lambda _: Runs(knowledge).file("een", "csv"), range(4))]
    assert (found, writings) == ([b"made"] * 4, ["een"])


def test_what_changed_since_is_told_cell_by_cell(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    made(knowledge, "een")
    nothing = made(knowledge, "twee", since="een").since
    assert nothing is not None
    assert (nothing.run, nothing.cells) == ("een", [])
    note = tmp_path / "notes" / "utrecht.txt"
    note.write_text(note.read_text(encoding="utf-8") + "\nLaadpalen komen er in elke wijk.\n", encoding="utf-8")
    catalogue = tmp_path / "notes" / "catalogue.toml"
    told = catalogue.read_text(encoding="utf-8").replace("Nota van Amersfoort", "Nota van de stad Amersfoort")
    catalogue.write_text(told, encoding="utf-8")
    knowledge.ingest([], catalogue, force=False)
    run = made(knowledge, "drie", since="een")
    assert run.since is not None
    (cell,) = [each for each in run.since.cells if each.topic == "laadpalen" and each.municipality.name == "Utrecht"]
    assert cell.reasons == [ChangeReason.NEW_VERSION]
    assert re.fullmatch(
        r"Oordeel was .* en is nu .*; 1 passage nieuw.* Nieuwe versie van Nota van Utrecht\.", cell.explanation
    )
    utrecht = run.results[2].comparison.municipalities[-1]  # type: ignore[union-attr]
    assert utrecht.ruling in (Ruling.FOUND, Ruling.TOUCHED)
    assert cell.new_passages == [each.id for each in utrecht.passages]


def test_a_run_to_compare_with_must_be_there(knowledge: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match="'weg'"):
        made(knowledge, "een", since="weg")
    assert knowledge.reports.all() == ()


def test_a_run_that_is_stopped_or_broken_off_is_not_kept(knowledge: KnowledgeBase) -> None:
    order, runs = ReportOrder("Proef", TOPICS, (), "md", DAY), Runs(knowledge)
    assert runs.make(order, "een", lambda _: None, lambda: True) is None
    with pytest.raises(CancelledError):
        runs.make(order, "een", lambda _: None, lambda: False, task_id="weg")
    assert knowledge.reports.all() == ()


def test_a_run_of_a_version_that_is_too_different_is_named(knowledge: KnowledgeBase) -> None:
    run = made(knowledge, "een")
    content = json.loads(run.model_dump_json())
    del content["instellingen"]
    knowledge.reports.keep(KeptReport("oud", "t", "md", run.made_at, {}), b"1\n" + json.dumps(content).encode())
    with pytest.raises(DataDirectoryError, match="report oud was made by another version"):
        Runs(knowledge).run("oud")


def test_a_document_that_ended_is_told_as_it_stands_on_the_day(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    write_catalogue(tmp_path / "notes")  # in which the note of Apeldoorn holds from 2020 to 2022
    run = made(knowledge, "een")
    assert {each.id: each.validity.value for each in run.documents} == {
        "amersfoort-nota": "onbekend",
        "apeldoorn-nota": "verlopen",
        "utrecht-nota": "onbekend",
    }
    before = ReportOrder("Proef", TOPICS, (), "md", date(2021, 1, 1), valid_on=date(2021, 1, 1))
    earlier = Runs(knowledge).make(before, "twee", lambda _: None, lambda: False)
    assert earlier is not None
    assert {each.id: each.validity.value for each in earlier.documents}["apeldoorn-nota"] == "geldig"
