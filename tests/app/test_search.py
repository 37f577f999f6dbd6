"""Answers and comparisons over small notes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.answer import FoundBy, Mode, Question, Ruling, Scope
from app.knowledge_base import KnowledgeBase
from app.period import Period
from corpus.document import Municipality
from tests.app.notes import filled

AMERSFOORT = Municipality("GM0307", "Amersfoort")
APELDOORN = Municipality("GM0200", "Apeldoorn")
UTRECHT = Municipality("GM0344", "Utrecht")
ROTTERDAM = Municipality("GM0599", "Rotterdam")
DIVORCE = Question("conflictscheidingen", Scope(), 10, Mode.HYBRID)


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with filled(tmp_path_factory.mktemp("notes")) as opened:
        yield opened


def rulings(notes: KnowledgeBase, question: Question) -> dict[str, Ruling]:
    return {verdict.municipality.name: verdict.ruling for verdict in notes.search(question).verdicts}


def places(notes: KnowledgeBase, question: Question) -> list[str]:
    return [hit.document.metadata.document_id for hit in notes.search(question).hits]


def test_every_hit_is_the_text_at_its_place(notes: KnowledgeBase) -> None:
    hits = notes.search(DIVORCE).hits
    assert hits
    for hit in hits:
        text = notes.text(hit.document.metadata.document_id).text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.quote


def test_silent_municipality_is_named_and_gives_no_passages(notes: KnowledgeBase) -> None:
    assert rulings(notes, DIVORCE)["Amersfoort"] is Ruling.FOUND
    assert rulings(notes, DIVORCE)["Utrecht"] is Ruling.NOTHING
    assert "utrecht-nota" not in places(notes, DIVORCE)
    assert places(notes, DIVORCE)[0] == "amersfoort-nota"


def test_silent_municipality_gives_its_best_when_it_is_the_only_one_asked(notes: KnowledgeBase) -> None:
    alone = replace(DIVORCE, scope=Scope(municipalities=(UTRECHT,)))
    assert rulings(notes, alone) == {"Utrecht": Ruling.NOTHING}
    assert places(notes, alone) == ["utrecht-nota"]


def test_municipality_without_documents_was_not_searched(notes: KnowledgeBase) -> None:
    question = replace(DIVORCE, scope=Scope(municipalities=(ROTTERDAM, AMERSFOORT)))
    answer = notes.search(question)
    assert [(each.municipality, each.ruling) for each in answer.verdicts] == [
        (ROTTERDAM, Ruling.NOT_SEARCHED),
        (AMERSFOORT, Ruling.FOUND),
    ]
    assert answer.verdicts[0].searched == ()
    assert [each.metadata.document_id for each in answer.verdicts[1].searched] == ["amersfoort-nota"]


def test_certainty_is_unknown_without_a_calibration(notes: KnowledgeBase) -> None:
    assert {verdict.certainty for verdict in notes.search(DIVORCE).verdicts} == {None}


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        (Scope(documents=("apeldoorn-nota",)), {"apeldoorn-nota"}),
        (Scope(kinds=("agenda",)), {"amersfoort-nota"}),
        (Scope(statuses=("vastgesteld",)), set()),
        (Scope(municipalities=(APELDOORN, AMERSFOORT)), {"apeldoorn-nota", "amersfoort-nota"}),
        (Scope(valid_on=date(2022, 12, 31), documents=("apeldoorn-nota",)), {"apeldoorn-nota"}),
        (Scope(valid_on=date(2023, 1, 1), documents=("apeldoorn-nota",)), set()),
        (Scope(valid_on=date(2019, 12, 31), documents=("apeldoorn-nota",)), set()),
        (Scope(valid_on=date(1990, 1, 1)), {"amersfoort-nota"}),
        (Scope(period=Period(date(2022, 12, 31))), {"amersfoort-nota", "apeldoorn-nota"}),
        (Scope(period=Period(date(2023, 1, 1))), {"amersfoort-nota"}),
        (Scope(period=Period(None, date(2020, 1, 1))), {"amersfoort-nota", "apeldoorn-nota"}),
        (Scope(period=Period(None, date(2019, 12, 31))), {"amersfoort-nota"}),
        (Scope(period=Period(date(2010, 1, 1), date(2030, 1, 1))), {"amersfoort-nota", "apeldoorn-nota"}),
        (Scope(valid_on=date(2021, 1, 1), period=Period(date(2023, 1, 1))), {"amersfoort-nota"}),
    ],
)
def test_scope_lets_in_what_it_says(notes: KnowledgeBase, scope: Scope, found: set[str]) -> None:
    assert set(places(notes, replace(DIVORCE, text="scheidingen", scope=scope))) == found


def test_limit_is_kept(notes: KnowledgeBase) -> None:
    assert len(notes.search(replace(DIVORCE, text="scheidingen", limit=1)).hits) == 1


def test_words_alone_finds_only_passages_with_the_words(notes: KnowledgeBase) -> None:
    hits = notes.search(replace(DIVORCE, mode=Mode.WORDS, text="relatietherapie")).hits
    assert [(hit.document.metadata.document_id, hit.found_by) for hit in hits] == [("apeldoorn-nota", (FoundBy.WORDS,))]


def test_verdict_does_not_depend_on_the_mode(notes: KnowledgeBase) -> None:
    assert len({str(rulings(notes, replace(DIVORCE, mode=mode))) for mode in Mode}) == 1


def test_comparison_gives_every_municipality_its_own(notes: KnowledgeBase) -> None:
    comparison = notes.compare("scheidingen", Scope(), 1)
    assert [finding.verdict.municipality.name for finding in comparison.findings] == [
        "Amersfoort",
        "Apeldoorn",
        "Utrecht",
    ]
    by_name = {finding.verdict.municipality.name: finding for finding in comparison.findings}
    for name in ("Amersfoort", "Apeldoorn"):
        assert [hit.document.metadata.document_id for hit in by_name[name].hits] == [f"{name.lower()}-nota"]
    assert by_name["Utrecht"].verdict.ruling is Ruling.NOTHING
    assert by_name["Utrecht"].hits == ()


def test_comparison_of_one_municipality_is_its_part_of_the_whole(notes: KnowledgeBase) -> None:
    whole = notes.compare("scheidingen", Scope(), 3)
    part = notes.compare("scheidingen", Scope(municipalities=(APELDOORN,)), 3)
    assert part.findings == (whole.findings[1],)


def test_footnotes_and_contents_come_after_all_body(tmp_path: Path) -> None:
    """However well a contents list matches, body text goes first."""
    with filled(tmp_path) as notes:
        note = tmp_path / "notes" / "met-inhoud.txt"
        note.write_text(
            "Inhoudsopgave\n\nScheidingen 3\nScheidingen en kinderen 4\nScheidingen en ouders 5\n"
            "Scheidingen en geld 6\n\n"
            "Scheidingen\n\nWij helpen ouders die uit elkaar gaan met een mediator die alle scheidingen begeleidt.\n",
            encoding="utf-8",
        )
        notes.ingest([note], None, force=False)
        (document,) = [each for each in notes.snapshot().documents if each.metadata.source_file == note.name]
        scope = Scope(documents=(document.metadata.document_id,))
        kinds = [hit.passage.kind for hit in notes.search(Question("scheidingen", scope, 10, Mode.HYBRID)).hits]
        assert "contents" in kinds
        assert kinds == sorted(kinds, key=lambda kind: kind != "body")


def test_municipality_whose_documents_a_filter_leaves_out_was_not_searched(notes: KnowledgeBase) -> None:
    kinds = replace(DIVORCE, scope=Scope(kinds=("agenda",)))
    assert rulings(notes, kinds) == {
        "Amersfoort": Ruling.FOUND,
        "Apeldoorn": Ruling.NOT_SEARCHED,
        "Utrecht": Ruling.NOT_SEARCHED,
    }
    one = replace(DIVORCE, scope=Scope(documents=("apeldoorn-nota",)))
    assert list(rulings(notes, one)) == ["Apeldoorn"]
