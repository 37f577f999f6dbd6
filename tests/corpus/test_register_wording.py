"""The words and abbreviations of the active versions, on real SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.register import Register
from corpus.vocabulary import Abbreviation, Wording
from tests.corpus.register_samples import add, with_generation

POH = Abbreviation("POH", "praktijkondersteuner huisarts")
POH_GGZ = Abbreviation("POH", "praktijkondersteuner ggz")
LEA = Abbreviation("LEA", "Lokale Educatieve Agenda")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = Register.open(f"sqlite:///{tmp_path / 'register.sqlite'}")
    yield with_generation(register)
    register.close()


def wording(*words: str, pairs: tuple[Abbreviation, ...] = ()) -> Wording:
    return Wording(dict.fromkeys(words, 2), pairs)


def test_the_words_of_active_versions_with_their_passages(register: Register) -> None:
    register.activate(add(register, "een", wording=wording("school", "samen", "jeugd")))
    register.activate(add(register, "twee", wording=wording("school", "één")))
    add(register, "drie", wording=wording("straat"))
    vocabulary = register.vocabulary()
    assert dict(vocabulary.beginning_with("s")) == {"school": 4, "samen": 2}
    assert dict(vocabulary.beginning_with("é")) == {"één": 2}
    assert "jeugd" in vocabulary
    assert "jeugdhulp" not in vocabulary
    assert "straat" not in vocabulary


def test_words_go_with_their_version(register: Register) -> None:
    register.activate(add(register, "nota", "oud", wording=wording("school", pairs=(LEA,))))
    before = register.vocabulary()
    assert "school" in before
    register.activate(add(register, "nota", "nieuw", wording=wording("straat", pairs=(POH,))))
    after = register.vocabulary()
    assert "school" not in after
    assert "straat" in after
    assert register.abbreviations() == (POH,)
    register.retire("nota")
    assert "straat" not in register.vocabulary()
    assert register.abbreviations() == ()


def test_a_second_try_replaces_the_words_of_the_first(register: Register) -> None:
    add(register, wording=wording("school", pairs=(LEA,)))
    register.activate(add(register, wording=wording("straat")))
    assert dict(register.vocabulary().beginning_with("s")) == {"straat": 2}
    assert register.abbreviations() == ()


def test_both_are_the_same_objects_until_something_changes(register: Register) -> None:
    register.activate(add(register, "een", wording=wording("school", pairs=(POH,))))
    vocabulary, abbreviations = register.vocabulary(), register.abbreviations()
    words = vocabulary.beginning_with("s")
    assert register.vocabulary() is vocabulary
    assert register.vocabulary().beginning_with("s") is words
    assert register.abbreviations() is abbreviations
    register.activate(add(register, "twee"))
    assert register.vocabulary() is not vocabulary
    assert register.abbreviations() is not abbreviations


def test_abbreviations_once_and_the_commonest_first(register: Register) -> None:
    for document_id, pairs in (("een", (POH_GGZ,)), ("twee", (LEA, POH)), ("drie", (POH,))):
        register.activate(add(register, document_id, wording=wording(pairs=pairs)))
    assert register.abbreviations() == (POH, LEA, POH_GGZ)


def test_a_word_too_long_for_a_word_is_left_out(register: Register) -> None:
    register.activate(add(register, wording=wording("s" * 65, "s" * 64)))
    assert dict(register.vocabulary().beginning_with("s")) == {"s" * 64: 2}
