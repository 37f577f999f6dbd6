"""Evaluation sets in both layouts, and what is wrong with a bad one."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from app.evaluation_sets import BeirSet, BeirText, LabelledQuestion, LabelledSet, SilentPair, load_set
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
