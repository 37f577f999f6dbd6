"""Topics files: one a line, TOML and CSV; every fault with its line."""

from datetime import date
from pathlib import Path

import pytest

from app.report.order import Topic
from app.topics import load_topics
from app.topics_file import TopicsFile, question_fault
from corpus.document import Municipality
from corpus.errors import UsageError


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("topics.txt", "jeugd\n\n  laadpalen \n#opladers\njeugd"),
        ("topics", "\ufeffjeugd\r\nlaadpalen\r\n#opladers\r\n"),
        ("topics.md", "jeugd\rlaadpalen\r#opladers"),
        ("topics.toml", 'onderwerpen = ["jeugd", " laadpalen ", "#opladers"]'),
        ("topics.TOML", '\ufeffonderwerpen = [\n  "jeugd",\n  "laadpalen",\n  "",\n  "#opladers",\n]'),
        ("topics.csv", "onderwerp\njeugd\nlaadpalen\n#opladers\n"),
        ("topics.csv", "jeugd\nlaadpalen\n\n#opladers"),
        ("topics.csv", "\ufeffnr;Onderwerp;wie\r\n1;jeugd;x\r\n2;laadpalen;y\r\n3;#opladers;\r\n"),
        ("topics.csv", 'nr,"onderwerp"\n1,"jeugd"\n2,"laadpalen"\n3\n4,#opladers\n'),
    ],
)
def test_the_same_topics_in_every_form(tmp_path: Path, name: str, content: str) -> None:
    found = load_topics(written(tmp_path, name, content))
    assert found == TopicsFile((Topic("jeugd"), Topic("laadpalen"), Topic("#opladers")))


def test_a_quoted_cell_may_hold_commas_and_quotes(tmp_path: Path) -> None:
    path = written(tmp_path, "topics.csv", 'onderwerp\n"jeugd, zorg en ""thuis"""\n')
    assert load_topics(path).topics == (Topic('jeugd, zorg en "thuis"'),)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("topics.txt", "", "holds no topic"),
        ("topics.txt", " \n\t\n", "holds no topic"),
        ("topics.csv", "onderwerp\n", "holds no topic"),
        ("topics.csv", "", "holds no topic"),
        ("topics.toml", "onderwerpen = []", "holds no topic"),
        ("topics.txt", b"jeugd\nca\xef\n", "line 2: not UTF-8"),
        ("topics.txt", "jeugd".encode("utf-16"), "line 1: not UTF-8"),
        ("topics.txt", "jeugd\n" + "x" * 1001, "line 2 has 1001 characters, at most 1000"),
        ("topics.txt", "jeugd\nzo\x1b[2Jrg", "line 2 holds control characters"),
        ("topics.toml", 'onderwerpen = [\n"jeugd\n', "line 2"),
        ("topics.toml", 'topics = ["jeugd"]', "unknown key 'topics'"),
        ("topics.toml", "", "onderwerpen"),
        ("topics.toml", "onderwerpen = [1]", "onderwerpen"),
        ("topics.toml", 'onderwerpen = "jeugd"', "onderwerpen"),
        ("topics.toml", f'onderwerpen = ["jeugd", "{"x" * 1001}"]', "topic 2 has 1001"),
        ("topics.csv", "nr,naam\n1,jeugd\n", "line 1: several columns"),
        ("topics.csv", "jeugd\nzorg,thuis\n", "line 2: several columns"),
        ("topics.csv", 'onderwerp\n"jeugd\n', "not CSV"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, name: str, content: str | bytes, told: str) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(UsageError) as caught:
        load_topics(path)
    assert told in str(caught.value)
    assert str(path) in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "topics.txt", f"{'x' * 1001}\njeugd\n{'y' * 1002}\n")
    with pytest.raises(UsageError, match=r"line 1 has 1001 .*\n- line 3 has 1002"):
        load_topics(path)


def test_a_file_that_is_not_there_or_a_folder_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.txt", tmp_path):
        with pytest.raises(UsageError, match=str(path)):
            load_topics(path)


EVERYTHING = """
titel = " Jeugd en onderwijs "
gemeenten = ["utrecht", "GM0362", "Utrecht"]
geldig_op = 2026-01-01
per_gemeente = 2
onderwerpen = ["jeugd", {onderwerp = "Wachttijd", vraag = "wachttijden jeugdhulp", groep = "Zorg"}]

[[groep]]
naam = "Onderwijs"
onderwerpen = ["schoolverzuim", {onderwerp = "vve", vraag = "voorschoolse educatie"}, "jeugd"]

[[groep]]
naam = "Leeg"
"""


def test_toml_tells_questions_groups_and_what_else_a_report_is_asked(tmp_path: Path) -> None:
    assert load_topics(written(tmp_path, "topics.toml", EVERYTHING)) == TopicsFile(
        topics=(
            Topic("jeugd"),
            Topic("Wachttijd", "wachttijden jeugdhulp", "Zorg"),
            Topic("schoolverzuim", None, "Onderwijs"),
            Topic("vve", "voorschoolse educatie", "Onderwijs"),
        ),
        title="Jeugd en onderwijs",
        municipalities=(Municipality("GM0344", "Utrecht"), Municipality("GM0362", "Amstelveen")),
        valid_on=date(2026, 1, 1),
        per_municipality=2,
    )


def test_csv_tells_questions_and_groups(tmp_path: Path) -> None:
    content = "Groep;Vraag;Onderwerp;opmerking\nZorg;wachttijden jeugdhulp;Wachttijd;x\n;;jeugd\n;;;alleen dit\n"
    assert load_topics(written(tmp_path, "topics.csv", content)).topics == (
        Topic("Wachttijd", "wachttijden jeugdhulp", "Zorg"),
        Topic("jeugd"),
    )


FAULTY = """
title = "x"
titel = 3
gemeenten = ["Utrect", 4]
geldig_op = "morgen"
per_gemeente = true
onderwerpen = [1, {vraag = "y"}, {onderwerp = "z", vrag = "q"}, {onderwerp = 2}]
[[groep]]
name = "a"
onderwerpen = "b"
[[groep]]
naam = "%s"
"""


def test_every_fault_of_toml_is_told_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, "topics.toml", FAULTY % ("n" * 201))
    with pytest.raises(UsageError) as caught:
        load_topics(path)
    first, *faults = str(caught.value).split("\n- ")
    assert first == f"topics file {path} cannot be used:"
    assert faults == [
        "unknown key 'title': is it 'titel'?",
        'topic 1 is no text of onderwerpen; write "..." or {onderwerp = "...", vraag = "..."}',
        "topic 2 has no onderwerp",
        "topic 3, unknown key 'vrag': is it 'vraag'?",
        "topic 4, onderwerp is no text",
        "groep 1, unknown key 'name': is it 'naam'?",
        "groep 1 has no naam",
        'groep 1, onderwerpen is no list; write onderwerpen = ["...", "..."]',
        "groep 2, naam has 201 characters, at most 200 fit",
        "titel is no text",
        "gemeenten, number 1: Gemeente 'Utrect' staat niet op de lijst van het CBS: bedoelde u Utrecht (GM0344)?",
        "gemeenten, number 2: is no text",
        "geldig_op is no date; write geldig_op = 2026-03-01",
        "per_gemeente is no whole number from 1 to 10",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("onderwerp,vragen\njeugd,x\n", "line 1 has a column 'vragen'; is it 'vraag'?"),
        ("onderwerp,gemeente\njeugd,Utrecht\n", "line 1 has a column 'gemeente', which is about the whole report"),
        ("onderwerp,vraag,Vraag\njeugd,x,y\n", "line 1 has 2 columns 'vraag'; keep one"),
        ("onderwerp,vraag\njeugd,x\n,y\n", "line 3 has no onderwerp"),
        (f"onderwerp,groep\njeugd,{'x' * 201}\n", "line 2, groep has 201 characters"),
        (f"onderwerp,vraag\njeugd,{'x' * 1001}\n", "line 2, vraag has 1001 characters"),
    ],
)
def test_a_fault_of_csv_has_its_line_and_column(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_topics(written(tmp_path, "topics.csv", content))
    assert told in str(caught.value)


def test_more_topics_than_go_in_a_report_are_refused(tmp_path: Path) -> None:
    content = "\n".join(f"onderwerp {number}" for number in range(501))
    with pytest.raises(UsageError, match="holds 501 topics, at most 500"):
        load_topics(written(tmp_path, "topics.txt", content))
    fewer = content.replace("onderwerp 500", "onderwerp 0")  # the same topic twice counts once
    assert len(load_topics(written(tmp_path, "topics.txt", fewer)).topics) == 500


@pytest.mark.parametrize("question", ["x", "x" * 1000, "é" * 1000, " M@zl ", "€30.000\nof meer", "\U0001f600" * 1000])
def test_what_can_be_asked(question: str) -> None:
    assert question_fault(question) is None


@pytest.mark.parametrize("question", ["", " ", "\n\t\u00a0", "x" * 1001, "x" * 10_000, "\udcff", "a\ufffd", "a\x00b"])
def test_what_cannot_be_asked(question: str) -> None:
    assert question_fault(question) is not None
