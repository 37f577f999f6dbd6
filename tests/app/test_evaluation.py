"""The figures of an evaluation, worked out by hand and held against ir-measures."""

import json
import math
from pathlib import Path

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import R, nDCG

from app.evaluation import (
    EvaluationBody,
    JudgedBody,
    Outcome,
    VerdictCountsBody,
    _figures,
    evaluate_judged,
    evaluate_labelled,
    evaluate_texts,
)
from app.evaluation_sets import BeirSet, BeirText, LabelledSet, load_set
from app.judged_counts import JudgedCountsBody
from app.knowledge_base import KnowledgeBase
from app.local_service import LocalService
from app.quote_match import covers
from corpus.errors import UsageError
from tests.app.notes import filled
from tests.hand_encoder import HandEncoder


def outcome(gains: list[int], wanted: int) -> Outcome:
    return Outcome("", tuple(gains), tuple(gain > 0 for gain in gains), wanted, tuple(100 for _ in gains))


def test_figures_by_hand() -> None:
    """Right at rank 2 and 4 of three; and nothing found of one."""
    figures = _figures([outcome([0, 1, 0, 1], 3), outcome([0, 0], 1)])
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert figures.ndcg == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal / 2, abs=1e-4)
    assert (figures.success_1, figures.success_3, figures.success_5, figures.success_10) == (0.0, 0.5, 0.5, 0.5)
    assert figures.recall == pytest.approx(2 / 3 / 2, abs=1e-4)
    assert figures.mrr == 0.25
    assert figures.median_length == 100


def test_result_that_covers_two_quotes_gains_two_but_never_more_than_the_ideal() -> None:
    assert _figures([outcome([2], 2)]).ndcg == 1.0
    assert _figures([outcome([2], 2)]).recall == 1.0


def test_repeated_result_gains_nothing_and_is_still_right() -> None:
    repeated = Outcome("", (0, 1), (True, True), 1, (50, 50))
    figures = _figures([repeated])
    assert figures.success_1 == 1.0
    assert figures.ndcg == pytest.approx(1 / math.log2(3), abs=1e-4)


@given(st.lists(st.tuples(st.lists(st.integers(0, 1), max_size=10), st.integers(0, 4)), min_size=1, max_size=6))
def test_binary_gains_agree_with_ir_measures(questions: list[tuple[list[int], int]]) -> None:
    outcomes = [outcome(gains, sum(gains) + missed) for gains, missed in questions if sum(gains) + missed]
    if not outcomes:
        return
    run, qrels = [], []
    for number, each in enumerate(outcomes):
        run += [ir_measures.ScoredDoc(str(number), str(rank), -rank) for rank in range(len(each.gains))]
        qrels += [ir_measures.Qrel(str(number), str(rank), gain) for rank, gain in enumerate(each.gains)]
        qrels += [ir_measures.Qrel(str(number), f"missed {rank}", 1) for rank in range(each.wanted - sum(each.gains))]
    theirs = ir_measures.calc_aggregate([nDCG @ 10, R @ 10], qrels, run)
    ours = _figures(outcomes)
    assert ours.ndcg == pytest.approx(theirs[nDCG @ 10], abs=1e-4)
    if all(each.wanted <= 10 for each in outcomes):
        assert ours.recall == pytest.approx(theirs[R @ 10], abs=1e-4)


@pytest.mark.parametrize(
    ("passage", "quote", "covered"),
    [
        ("Wij bieden gratis relatietherapie aan.", "gratis relatietherapie", True),
        ("Wij bieden GRATIS\nrelatie-\ntherapie aan.", "gratis relatietherapie", True),
        ("het begin van een lange zin", "een lange zin die in de volgende passage verder gaat", False),
        ("dan volgt een lange zin die in de volgende", "een lange zin die in de volgende passage verder gaat", True),
        ("* één punt • twee", "één punt twee", True),
        ("iets anders", "gratis relatietherapie", False),
        ("zo zo", "zo", True),
    ],
)
def test_when_a_passage_covers_a_quote(passage: str, quote: str, covered: bool) -> None:
    assert covers(passage, quote) is covered


def write_labelled(folder: Path, source: str) -> Path:
    folder.mkdir()
    questions = [
        {
            "id": "q1",
            "soort": "trefwoord",
            "vraag": "gratis relatietherapie ouders",
            "relevant": {source: ["gratis relatietherapie"]},
        },
        {
            "id": "q2",
            "soort": "vraag",
            "vraag": "mediator voor een gezin",
            "relevant": {"amersfoort.txt": ["een mediator aan"]},
        },
    ]
    silent = [{"vraag": "conflictscheidingen", "gemeente": "Utrecht"}, {"vraag": "xyzzy", "gemeente": None}]
    (folder / "vragen.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    (folder / "niets_gevonden.jsonl").write_text("\n".join(map(json.dumps, silent)), encoding="utf-8")
    return folder


def measured(folder: Path, notes: KnowledgeBase) -> EvaluationBody:
    questions = load_set(folder)
    assert isinstance(questions, LabelledSet)
    return evaluate_labelled(questions, LocalService(notes))


def test_labelled_set_is_asked_of_the_current_index(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        body = measured(write_labelled(tmp_path / "set", "apeldoorn.txt"), notes)
    assert (body.questions, body.success_1, body.ndcg) == (2, 1.0, 1.0)
    assert set(body.per_kind) == {"trefwoord", "vraag"}
    assert body.missing_sources == []
    assert body.verdicts is not None
    assert (body.verdicts.relevant, body.verdicts.missed) == (1, 0)
    assert (body.verdicts.silent, body.verdicts.false) == (4, 0)
    assert body.model_dump(by_alias=True).keys() >= {"ndcg@10", "success@5", "mediaanLengte", "perSoort", "oordelen"}


def test_source_that_is_not_in_the_index_is_named_and_counts_as_missed(tmp_path: Path) -> None:
    with filled(tmp_path) as notes:
        body = measured(write_labelled(tmp_path / "set", "elders.txt"), notes)
    assert body.missing_sources == ["elders.txt"]
    assert body.success_10 == 0.5


def test_set_about_other_documents_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    row = {"id": "q", "soort": "vraag", "vraag": "iets", "relevant": {"elders.txt": ["iets"]}}
    (folder / "vragen.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with filled(tmp_path) as notes, pytest.raises(UsageError, match=r"elders\.txt"):
        measured(folder, notes)


def test_question_without_a_quote_is_left_out(tmp_path: Path) -> None:
    folder = write_labelled(tmp_path / "set", "apeldoorn.txt")
    with filled(tmp_path) as notes:
        before = measured(folder, notes)
        with (folder / "vragen.jsonl").open("a", encoding="utf-8") as file:
            nothing: list[dict[str, list[str]]] = [{}, {"utrecht.txt": []}]
            for relevant in nothing:
                row = {"id": "q", "soort": "trefwoord", "vraag": "gratis bier", "relevant": relevant}
                file.write("\n" + json.dumps(row))
        assert measured(folder, notes) == before


def test_labelled_set_without_any_answer_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    row = {"id": "q", "soort": "vraag", "vraag": "iets", "relevant": {}}
    (folder / "vragen.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with filled(tmp_path) as notes, pytest.raises(UsageError, match=r"no question with a known answer; add .*relevant"):
        measured(folder, notes)


def judge_verdicts(folder: Path) -> None:
    """Three right: one is found, one silent, one is neither; one wrong; and three that are not counted."""
    rows = [
        ("gratis relatietherapie ouders", "Apeldoorn", "gevonden", {}),
        ("gratis relatietherapie ouders", "Utrecht", "niets_gevonden", {}),
        ("gratis relatietherapie ouders", "Amersfoort", "zijdelings", {}),
        ("xyzzy", "Utrecht", "gevonden", {}),
        ("conflictscheidingen", "Amersfoort", "niets_gevonden", {}),
        ("xyzzy", "Amersfoort", "gevonden", {"soort": "agenda"}),
        ("xyzzy", "Urk", "gevonden", {}),
    ]
    names = ("vraag", "gemeente", "oordeel", "filters")
    text = "\n".join(json.dumps(dict(zip(names, row, strict=True))) for row in rows)
    (folder / "oordelen.jsonl").write_text(text, encoding="utf-8")


JUDGED = JudgedCountsBody(counted=4, filtered=1, touched=1, unsearched=1)


def test_verdicts_that_people_gave_are_counted_beside_the_others(tmp_path: Path) -> None:
    folder = write_labelled(tmp_path / "set", "apeldoorn.txt")
    with filled(tmp_path) as notes:
        before = measured(folder, notes)
        judge_verdicts(folder)
        after = measured(folder, notes)
    assert before.verdicts is not None
    assert after.verdicts is not None
    assert (before.judged, after.judged) == (None, JUDGED)
    assert (after.verdicts.relevant, after.verdicts.missed) == (
        before.verdicts.relevant + 2,
        before.verdicts.missed + 1,
    )
    assert (after.verdicts.silent, after.verdicts.false) == (before.verdicts.silent + 2, before.verdicts.false + 1)
    assert (after.questions, after.ndcg) == (before.questions, before.ndcg)


def test_verdicts_that_people_gave_are_counted_alone(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    judge_verdicts(folder)
    questions = load_set(folder)
    assert isinstance(questions, LabelledSet)
    with filled(tmp_path) as notes:
        body = evaluate_judged(questions, LocalService(notes))
    counts = VerdictCountsBody(relevant=2, missed=1, touched=0, silent=2, false=1)
    assert body == JudgedBody(verdicts=counts, judged=JUDGED)


def test_a_set_of_questions_is_not_one_of_verdicts(tmp_path: Path) -> None:
    folder = write_labelled(tmp_path / "set", "apeldoorn.txt")
    with filled(tmp_path) as notes:
        for _ in range(2):
            questions = load_set(folder)
            assert isinstance(questions, LabelledSet)
            assert evaluate_judged(questions, LocalService(notes)) is None
            judge_verdicts(folder)


def test_beir_question_without_a_right_answer_is_left_out() -> None:
    corpus = (BeirText("d1", None, "Speelplaats in de wijk."), BeirText("d2", None, "Parkeren wordt duurder."))
    queries = {"q1": "speelplaats wijk", "q2": "parkeren"}
    body = evaluate_texts(
        BeirSet(corpus, queries, {"q1": {"d1": 1}, "q2": {"d1": 0, "d2": 0}}), HandEncoder(), late=True
    )
    assert (body.questions, body.ndcg) == (1, 1.0)
    with pytest.raises(UsageError, match="no question with a known answer"):
        evaluate_texts(BeirSet(corpus, queries, {"q2": {"d2": 0}}), HandEncoder(), late=True)


def test_beir_set_is_asked_of_an_index_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "beir"
    folder.mkdir()
    long = "De wethouder opent een speelplaats in de wijk. " * 60
    texts = [{"_id": "d1", "title": "Speeltuin", "text": long}, {"_id": "d2", "text": "Parkeren wordt duurder."}]
    queries = [{"_id": "q1", "text": "speelplaats wijk"}, {"_id": "q2", "text": "parkeren"}, {"_id": "q3", "text": "x"}]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n", encoding="utf-8")
    questions = load_set(folder)
    assert isinstance(questions, BeirSet)
    body = evaluate_texts(questions, HandEncoder(), late=True)
    assert (body.questions, body.ndcg, body.mrr) == (2, 1.0, 1.0)
    assert (body.per_kind, body.verdicts) == ({}, None)
    assert body.median_length <= 1200
