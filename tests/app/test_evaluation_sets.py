"""Evaluation sets in both layouts, and what is wrong with a bad one."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from app.evaluation_sets import (
    BeirSet,
    BeirText,
    Judged,
    JudgedPair,
    LabelledQuestion,
    LabelledSet,
    SilentPair,
    load_set,
)
from corpus.errors import UsageError


def write_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_labelled_layout(tmp_path: Path) -> None:
    question = {"id": "q1", "soort": "vraag", "vraag": "Hoe?", "relevant": {"a.txt": ["zo", "zus"]}}
    write_rows(tmp_path / "vragen.jsonl", [question])
    write_rows(
        tmp_path / "niets_gevonden.jsonl", [{"vraag": "x", "gemeente": None}, {"vraag": "y", "gemeente": "Utrecht"}]
    )
    assert load_set(tmp_path) == LabelledSet(
        (LabelledQuestion("q1", "vraag", "Hoe?", {"a.txt": ("zo", "zus")}),),
        (SilentPair("x", None), SilentPair("y", "Utrecht")),
    )


@pytest.mark.parametrize("place", ["qrels.tsv", "qrels/test.tsv"])
def test_beir_layout(tmp_path: Path, place: str) -> None:
    write_rows(tmp_path / "corpus.jsonl", [{"_id": "d1", "title": "", "text": "een", "more": 1}])
    write_rows(tmp_path / "queries.jsonl", [{"_id": "q1", "text": "vraag"}])
    qrels = tmp_path / place
    qrels.parent.mkdir(exist_ok=True)
    qrels.write_text("query-id\tcorpus-id\tscore\nq1\td1\t2\n", encoding="utf-8")
    assert load_set(tmp_path) == BeirSet((BeirText("d1", None, "een"),), {"q1": "vraag"}, {"q1": {"d1": 2}})


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_a_line_feed_ends_a_line(tmp_path: Path, end: str) -> None:
    text = "een\u2028twee\u0085drie\u2029vier"
    rows = [json.dumps({"_id": name, "text": text}, ensure_ascii=False) for name in ("d1", "d\u2028")]
    (tmp_path / "corpus.jsonl").write_bytes("".join(row + end for row in rows).encode())
    (tmp_path / "queries.jsonl").write_bytes((json.dumps({"_id": "q1", "text": "vraag"}) + end).encode())
    qrels = f"query-id\tcorpus-id\tscore{end}q1\td1\t1{end}q1\td\u2028\t2{end}"
    (tmp_path / "qrels.tsv").write_bytes(qrels.encode())
    assert load_set(tmp_path) == BeirSet(
        (BeirText("d1", None, text), BeirText("d\u2028", None, text)), {"q1": "vraag"}, {"q1": {"d1": 1, "d\u2028": 2}}
    )


def test_folder_without_a_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no evaluation set"):
        load_set(tmp_path)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "is no JSON: Expecting"),
        ("[" * 100000, "is no JSON: "),
        ("[]", "is no JSON object"),
        ("null", "is no JSON object"),
        ('{"id": "q1", "soort": "vraag", "relevant": {}}', 'has no "vraag"'),
        ('{"id": "q1", "soort": "vraag", "vraag": "x", "relevant": null}', '"relevant" is no object'),
        ('{"id": "q1", "soort": "vraag", "vraag": "x", "relevant": {"a.txt": 1}}', '"relevant" is no object'),
    ],
)
def test_bad_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / "vragen.jsonl").write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=rf"vragen\.jsonl, line 2:? {re.escape(fault)}") as raised:
        load_set(tmp_path)
    assert "Error" not in str(raised.value)


def test_bad_qrels_line_is_named(tmp_path: Path) -> None:
    write_rows(tmp_path / "corpus.jsonl", [{"_id": "d1", "text": "een"}])
    write_rows(tmp_path / "queries.jsonl", [{"_id": "q1", "text": "vraag"}])
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\tveel\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"qrels\.tsv, line 2"):
        load_set(tmp_path)


def test_missing_queries_are_named(tmp_path: Path) -> None:
    write_rows(tmp_path / "corpus.jsonl", [{"_id": "d1", "text": "een"}])
    (tmp_path / "qrels.tsv").write_text("q1\td1\t1\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"queries\.jsonl is not there"):
        load_set(tmp_path)


def judgement(question: str, place: str, right: str, **more: object) -> dict[str, object]:
    return {"vraag": question, "gemeente": place, "oordeel": right, "filters": {}, **more}


def test_verdicts_that_people_gave_are_pairs_the_last_of_each(tmp_path: Path) -> None:
    write_rows(
        tmp_path / "oordelen.jsonl",
        [
            judgement("Wachtlijsten  jeugd", "Utrecht", "gevonden", id="1", opmerking="é"),
            judgement("wachtlijsten jeugd", "GM0344", "niets_gevonden"),
            judgement("wachtlijsten jeugd", "Urk", "gevonden"),
            judgement("wachtlijsten jeugd", "Urk", "niets_gevonden", filters={"soort": "nota"}),
            judgement("parkeren", "Den Haag", "gevonden"),
            judgement("schulden", "Urk", "gevonden"),
            judgement("schulden", "Urk", "zijdelings"),
            {"vraag": "sport", "gemeente": "Urk", "oordeel": "zijdelings"},
        ],
    )
    found = load_set(tmp_path)
    assert found == LabelledSet(
        (),
        (),
        Judged(
            (
                JudgedPair("wachtlijsten jeugd", "Utrecht", found=False),
                JudgedPair("wachtlijsten jeugd", "Urk", found=True),
                JudgedPair("parkeren", "'s-Gravenhage", found=True),
            ),
            filtered=1,
            touched=2,
        ),
    )
    assert isinstance(found, LabelledSet)
    assert found.texts == ("wachtlijsten jeugd", "parkeren")


def test_verdicts_that_people_gave_stand_beside_questions(tmp_path: Path) -> None:
    write_rows(tmp_path / "vragen.jsonl", [{"id": "q1", "soort": "vraag", "vraag": "Hoe?", "relevant": {}}])
    write_rows(tmp_path / "niets_gevonden.jsonl", [{"vraag": "x", "gemeente": None}])
    write_rows(tmp_path / "oordelen.jsonl", [judgement("Hoe?", "Utrecht", "gevonden")])
    found = load_set(tmp_path)
    assert isinstance(found, LabelledSet)
    assert (found.texts, found.judged_pairs) == (("Hoe?", "x"), (JudgedPair("Hoe?", "Utrecht", found=True),))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"gemeente": "Urk", "oordeel": "gevonden"}, 'has no "vraag"'),
        (judgement("x", "Nergenshuizen", "gevonden"), "'Nergenshuizen' staat niet op de lijst"),
        (judgement("x", "Urk", "ja"), "\"oordeel\" is 'ja'; it is gevonden, zijdelings or niets_gevonden"),
        (judgement("x", "Urk", "niet_doorzocht"), "it is gevonden"),
        ({"vraag": "x", "gemeente": "Urk", "oordeel": ["gevonden"]}, "it is gevonden"),
        ({"vraag": " ", "gemeente": "Urk", "oordeel": "gevonden"}, '"vraag" and "gemeente" are texts'),
        ({"vraag": "x", "gemeente": None, "oordeel": "gevonden"}, '"vraag" and "gemeente" are texts'),
        (judgement("x", "Urk", "gevonden", filters=["soort"]), '"filters" is no object'),
    ],
)
def test_a_bad_verdict_is_named(tmp_path: Path, row: Mapping[str, object], fault: str) -> None:
    write_rows(tmp_path / "oordelen.jsonl", [judgement("goed", "Urk", "gevonden"), row])
    with pytest.raises(UsageError, match=rf"oordelen\.jsonl, line 2.*{re.escape(fault)}"):
        load_set(tmp_path)
