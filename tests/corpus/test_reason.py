"""The reasons why a file cannot become a document: each in English and in Dutch, and whole after a journey."""

import ast
import errno
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.reason import Reason, because, fields_of, of_system
from corpus.sidecar_words import SIDECAR_WORDS
from corpus.why import Why
from tests.dutch import english_in

ROOT = Path(__file__).parents[2]
KEYS = ("file", "id", "kind")  # names of a sidecar that are English, shown as they have to be written


def sample(why: Why) -> Reason:
    """A reason of a kind, with values of no language."""
    counts = {"pages": 12, "most": 2_000, "count": 3, "size": 4_000, "seconds": 30, "mebibytes": 64, "number": 9}
    return because(why, **{name: counts.get(name, "-") for name in fields_of(why)})


@pytest.mark.parametrize("why", Why)
def test_every_kind_is_told_in_both_languages(why: Why) -> None:
    reason = sample(why)
    assert reason.dutch
    if why is not Why.TOLD:
        assert reason.english != reason.dutch
        assert english_in(reason.english) or why in SIDECAR_WORDS
    words = reason.dutch
    for key in KEYS if why in SIDECAR_WORDS else ():
        words = words.replace(f"{key} ", "")
    assert english_in(words) == []
    assert "{" not in reason.english + reason.dutch


@pytest.mark.parametrize("why", set(Why) - (SIDECAR_WORDS.keys() - {Why.SIDECAR}) - {Why.TOLD})
def test_every_sentence_is_one_and_holds_a_remedy(why: Why) -> None:
    dutch = sample(why).dutch
    assert dutch[0].isupper()
    assert dutch.endswith(".")
    assert "; " in dutch
    assert "; " in sample(why).english


def calls(node: ast.AST) -> Iterator[tuple[Why, set[str]]]:
    """Every kind of reason that some code makes, with the values that it gives."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and call.args and all(keyword.arg for keyword in call.keywords):
            for named in ast.walk(call.args[0]):
                if isinstance(named, ast.Attribute) and isinstance(named.value, ast.Name) and named.value.id == "Why":
                    wrong = isinstance(call.func, ast.Name) and call.func.id == "_WrongError"
                    given = {keyword.arg for keyword in call.keywords if keyword.arg}
                    yield Why[named.attr], given | ({"key"} if wrong else set())


def test_every_place_gives_the_values_that_the_sentences_ask_for() -> None:
    used = set()
    for folder in ("app", "corpus", "ingest"):
        for path in (ROOT / folder).rglob("*.py"):
            for why, given in calls(ast.parse(path.read_text(encoding="utf-8"))):
                if given or not fields_of(why):
                    used.add(why)
                assert given in (set(), fields_of(why)), f"{path}: {why}"
    told_by_tables = {Why.GONE, Why.FORBIDDEN, Why.UNREADABLE}
    assert {why for why in Why if fields_of(why)} <= used | told_by_tables


def test_numbers_are_written_as_each_language_does() -> None:
    reason = because(Why.MANY_PAGES, pages=6_000, most=5_000)
    assert reason.english == "has 6,000 pages, and no more than 5,000 are read; split it into parts"
    assert reason.dutch.startswith(
        "Het bestand heeft 6.000 pagina's en er worden er hoogstens 5.000 gelezen; deel het "
    )
    assert "1 pagina, allemaal" in because(Why.SCANNED, pages=1).dutch
    assert str(DocumentError("nota.pdf", reason)) == f"nota.pdf {reason.english}"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "Het bestand is er niet (meer)"),
        (errno.EACCES, "mag niet gelezen worden"),
        (errno.EIO, f"fout {errno.EIO} van het systeem"),
    ],
)
def test_what_the_system_says_is_told_in_dutch(number: int, words: str) -> None:
    reason = of_system(OSError(number, "No such thing"))
    assert words in reason.dutch
    assert reason.english == "cannot be read: No such thing; check the path and its rights"
    assert not reason.is_lasting


@pytest.mark.parametrize("why", Why)
def test_a_reason_comes_through_whole(why: Why) -> None:
    assert Reason.from_json(sample(why).as_json()) == sample(why)


def test_long_values_are_cut_and_what_is_no_text_is_replaced() -> None:
    reason = Reason.from_json(because(Why.TOLD, told="é" * 9_000).as_json())
    assert len(str(reason.values["told"])) == 200
    assert because(Why.TOLD, told="a\0b\ud800").dutch == "a\ufffdb\ufffd"
    forged = json.dumps(["told", {"told": "\ud800"}]).encode()
    assert Reason.from_json(forged).dutch == "\ufffd"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no",
        b"[]",
        b"3",
        b"null",
        b'["empty"]',
        b'["empty", []]',
        b'["empty", {"pages": 3}]',
        b'["scanned", {}]',
        b'["scanned", {"pages": true}]',
        b'["scanned", {"pages": null}]',
        b'["scanned", {"pages": 1.5}]',
        b'["unheard", {}]',
        b'[["empty"], {}]',
        b'{"empty": {}}',
        b"\xff\xfe\xfd",
        b"[" * 100_000,
    ],
)
def test_what_is_no_reason_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        Reason.from_json(content)
