"""The tuning set: its labels stand in the notes, and it neither repeats nor contradicts itself or the shared set."""

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from app.evaluation_sets import LabelledQuestion, LabelledSet, load_set
from app.quote_match import covers
from corpus.catalogue import packaged_catalogue

TUNING = Path(__file__).parent / "tuning"
SHARED = Path(__file__).parents[2].parent / "shared" / "evaluation" / "beleidsnotas"
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
LEAST_SILENT, LEAST_SILENT_EVERYWHERE = 45, 8


@cache
def labelled(directory: Path) -> LabelledSet:
    loaded = load_set(directory)
    assert isinstance(loaded, LabelledSet)
    return loaded


@cache
def notes() -> dict[str, str]:
    """The text of every note, by the name under which it was received."""
    return {entry.metadata.source_file: entry.path.read_text("utf-8") for entry in packaged_catalogue().entries}


@cache
def places() -> dict[str, str]:
    """The municipality of every note, by the name under which it was received."""
    return {entry.metadata.source_file: entry.metadata.municipalities[0].name for entry in packaged_catalogue().entries}


@cache
def signs(text: str) -> str:
    """Only letters and digits, lower case: what is left when line ends, hyphens, bullets and quotation marks go."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def same(question: str) -> str:
    return " ".join(question.casefold().split()).rstrip("?.! ")


def quotes(question: LabelledQuestion) -> list[tuple[str, str]]:
    return [(source, quote) for source, found in question.relevant.items() for quote in found]


@pytest.mark.parametrize("question", labelled(TUNING).questions, ids=lambda question: question.id)
def test_every_quote_stands_in_its_note_whole(question: LabelledQuestion) -> None:
    assert quotes(question)
    for source, quote in quotes(question):
        assert covers(notes()[source], quote), (source, quote)
        assert signs(quote) in signs(notes()[source]), (source, quote)


@pytest.mark.parametrize("question", labelled(TUNING).questions, ids=lambda question: question.id)
def test_a_quote_is_long_enough_to_point_somewhere_and_is_given_once(question: LabelledQuestion) -> None:
    assert all(len(signs(quote)) >= 20 and len(quote) <= 100 for _, quote in quotes(question)), quotes(question)
    assert len({(source, signs(quote)) for source, quote in quotes(question)}) == len(quotes(question))


def test_ids_and_questions_are_there_once() -> None:
    questions = labelled(TUNING).questions
    assert [id_ for id_, times in Counter(question.id for question in questions).items() if times > 1] == []
    assert [text for text, times in Counter(same(question.text) for question in questions).items() if times > 1] == []
    assert all(re.fullmatch(r"t\d\d", question.id) for question in questions)


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(question.kind for question in labelled(TUNING).questions)
    assert set(kinds) == set(LEAST)
    assert {kind: kinds[kind] for kind, least in LEAST.items() if kinds[kind] < least} == {}
    assert kinds.total() >= 40


def test_long_questions_are_long() -> None:
    lengths = {question.id: len(question.text.split()) for question in labelled(TUNING).questions}
    long = [question.id for question in labelled(TUNING).questions if question.kind == "lang"]
    assert [id_ for id_ in long if not 25 <= lengths[id_] <= 50] == []


def test_most_answers_stand_in_the_notes_of_this_half() -> None:
    own = {"000_e82662005083a7a5.txt", "001_6b0a5c4661914005.txt"}
    elsewhere = [question.id for question in labelled(TUNING).questions if not own & set(question.relevant)]
    assert elsewhere == []


def test_there_are_enough_silent_pairs_of_known_municipalities() -> None:
    silent = labelled(TUNING).silent
    assert len(silent) >= LEAST_SILENT
    assert sum(pair.municipality is None for pair in silent) >= LEAST_SILENT_EVERYWHERE
    assert {pair.municipality for pair in silent} == {*places().values(), None}
    pairs = Counter((same(pair.text), pair.municipality) for pair in silent)
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_no_municipality_is_both_silent_and_not() -> None:
    spoken = {(same(q.text), places()[source]) for q in labelled(TUNING).questions for source in q.relevant}
    silent = {
        (same(pair.text), place)
        for pair in labelled(TUNING).silent
        for place in ([pair.municipality] if pair.municipality else places().values())
    }
    assert spoken & silent == set()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared evaluation sets are not beside this checkout")
def test_nothing_of_the_shared_set_is_repeated() -> None:
    shared = labelled(SHARED)
    theirs = {same(question.text) for question in shared.questions} | {same(pair.text) for pair in shared.silent}
    own = labelled(TUNING)
    ours = [same(question.text) for question in own.questions] + [same(pair.text) for pair in own.silent]
    assert [text for text in ours if text in theirs] == []
