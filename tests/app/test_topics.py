"""Topics files: one a line, TOML and CSV; every fault with its line."""

from pathlib import Path

import pytest

from app.topics import load_topics, question_fault
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
    assert load_topics(written(tmp_path, name, content)) == ("jeugd", "laadpalen", "#opladers")


def test_a_quoted_cell_may_hold_commas_and_quotes(tmp_path: Path) -> None:
    path = written(tmp_path, "topics.csv", 'onderwerp\n"jeugd, zorg en ""thuis"""\n')
    assert load_topics(path) == ('jeugd, zorg en "thuis"',)


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


@pytest.mark.parametrize("question", ["x", "x" * 1000, "é" * 1000, " M@zl ", "€30.000\nof meer", "\U0001f600" * 1000])
def test_what_can_be_asked(question: str) -> None:
    assert question_fault(question) is None


@pytest.mark.parametrize("question", ["", " ", "\n\t\u00a0", "x" * 1001, "x" * 10_000, "\udcff", "a\ufffd", "a\x00b"])
def test_what_cannot_be_asked(question: str) -> None:
    assert question_fault(question) is not None
