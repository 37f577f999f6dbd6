"""The held-out half of the project's own questions: labels that stand in the notes, of every kind, new."""

import itertools
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from app.evaluation_sets import LabelledSet, load_set
from app.quote_match import covers
from corpus.catalogue import packaged_catalogue

HELD_OUT = Path(__file__).parent / "held_out"
SHARED = Path(__file__).parents[2].parent / "shared" / "evaluation" / "beleidsnotas"
MUNICIPALITIES = {"Amersfoort", "Amstelveen", "Apeldoorn", "Utrecht"}
LEAST = {
    "trefwoord": 9,
    "omschrijving": 9,
    "vraag": 6,
    "getal": 4,
    "ontkenning": 3,
    "engels": 3,
    "lang": 3,
    "twee onderwerpen": 3,
}


def labelled(folder: Path) -> LabelledSet:
    found = load_set(folder)
    assert isinstance(found, LabelledSet)
    return found


def folded(text: str) -> str:
    """As the shared metric folds: NFKC, lower case, white space, hyphenation over line ends, bullets, asterisks."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("’‘“”", "''\"\"", "\u00ad\ufffd"))
    text = re.sub(r"(?<=\w)-\s*\n\s*(?=[a-z])", "", text)
    return " ".join(re.sub("[*•]", " ", text).lower().split())


@cache
def notes() -> dict[str, str]:
    return {
        entry.metadata.source_file: folded(entry.path.read_text(encoding="utf-8"))
        for entry in packaged_catalogue().entries
    }


@cache
def places() -> dict[str, str]:
    return {entry.metadata.source_file: entry.metadata.municipalities[0].name for entry in packaged_catalogue().entries}


def around(source: str, quote: str) -> str:
    note = notes()[source]
    start = note.index(folded(quote))
    return note[max(0, start - 300) : start + 400]


def test_questions_of_every_kind() -> None:
    questions = labelled(HELD_OUT).questions
    counts = Counter(question.kind for question in questions)
    assert set(counts) == set(LEAST)
    assert {kind: counts[kind] for kind, least in LEAST.items() if counts[kind] < least} == {}
    assert len(questions) >= 40


def test_ids_and_questions_are_there_once() -> None:
    questions = labelled(HELD_OUT).questions
    assert [question.id for question in questions] == [f"h{number:02}" for number in range(1, len(questions) + 1)]
    assert [text for text, times in Counter(folded(question.text) for question in questions).items() if times > 1] == []


def test_every_quote_stands_in_its_note() -> None:
    quotes = [
        (question.id, source, quote)
        for question in labelled(HELD_OUT).questions
        for source, own in question.relevant.items()
        for quote in own
    ]
    assert {source for _, source, _ in quotes} <= set(notes())
    assert [row for row in quotes if folded(row[2]) not in notes()[row[1]]] == []
    assert [row for row in quotes if not covers(around(*row[1:]), row[2])] == []
    assert [row for row in quotes if not 25 <= len(row[2]) <= 95] == []


def test_every_question_has_labels_and_each_is_a_passage_of_its_own() -> None:
    for question in labelled(HELD_OUT).questions:
        assert question.relevant, question.id
        for own in question.relevant.values():
            assert own, question.id
            assert [pair for pair in itertools.permutations(own, 2) if covers(*pair)] == [], question.id


def test_kinds_are_what_they_say() -> None:
    for question in labelled(HELD_OUT).questions:
        words = question.text.split()
        if question.kind == "lang":
            assert 25 <= len(words) <= 50, question.id
        elif question.kind == "ontkenning":
            assert re.search(r"\b(niet|geen|zonder)\b", question.text), question.id
        elif question.kind == "getal":
            assert re.search(r"\b(hoeveel|percentage|welk deel|hoe groot)\b", question.text.lower()), question.id
        elif question.kind == "twee onderwerpen":
            assert "en" in words, question.id


def test_silent_pairs() -> None:
    silent = labelled(HELD_OUT).silent
    assert {pair.municipality for pair in silent} == {*MUNICIPALITIES, None}
    assert len(silent) == len({(folded(pair.text), pair.municipality) for pair in silent})
    assert len(silent) >= 45
    assert sum(pair.municipality is None for pair in silent) >= 8


def test_no_pair_is_both_found_and_silent() -> None:
    found = labelled(HELD_OUT)
    positive = {
        (folded(question.text), places()[source]) for question in found.questions for source in question.relevant
    }
    assert {place for _, place in positive} == MUNICIPALITIES
    for pair in found.silent:
        for place in [pair.municipality] if pair.municipality else MUNICIPALITIES:
            assert (folded(pair.text), place) not in positive


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled sets are not beside this checkout")
def test_nothing_of_the_shared_set_is_repeated() -> None:
    own, shared = labelled(HELD_OUT), labelled(SHARED)
    asked = {folded(question.text) for question in shared.questions}
    assert [question.id for question in own.questions if folded(question.text) in asked] == []
    known = {folded(pair.text) for pair in shared.silent}
    assert [pair.text for pair in own.silent if folded(pair.text) in known] == []
    assert [question.id for question in own.questions if folded(question.text) in known] == []
