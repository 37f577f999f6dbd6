"""Document versions from pending to active to retired, on real SQLite."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.document import Municipality
from corpus.errors import DataDirectoryError, NotFoundError
from corpus.passage import passage_id
from corpus.register import Register
from corpus.register_schema import State
from corpus.stored import TermFrequencies
from tests.corpus.register_samples import GENERATION, add, index, sample, term, with_generation


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'register.sqlite'}"


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    register = Register.open(url)
    yield with_generation(register)
    register.close()


def active(register: Register) -> dict[str, str]:
    return {document.metadata.document_id: document.version for document in register.snapshot().documents}


def test_a_new_register_is_empty(url: str) -> None:
    register = Register.open(url)
    assert (register.snapshot().generation, register.snapshot().documents) == (None, ())
    assert register.frequencies([1]) == TermFrequencies(0, {})
    assert (register.versions(), register.files(), register.passages(["x"])) == ({}, frozenset(), {})
    register.close()


def test_a_pending_version_is_seen_by_nobody(register: Register) -> None:
    version = add(register)
    passages = sample().passages
    assert active(register) == {}
    assert register.passages([passages[0].id]) == {}
    assert register.frequencies([term("jeugd")]) == TermFrequencies(0, {})
    assert register.versions() == {version: State.PENDING}
    with pytest.raises(NotFoundError, match=r"^Er is geen document 'nota'; `beleidswijzer status` noemt ze alle$"):
        register.document("nota")


def test_an_active_version_comes_back_as_it_went_in(register: Register) -> None:
    new = sample()
    document, text, passages = new.document, new.text, new.passages
    assert register.activate(add(register)) == ()
    (stored,) = register.snapshot().documents
    assert stored == dataclasses.replace(document, problems=(*document.problems, "te lang voor het model"))
    assert register.document("nota") == stored
    assert register.text(document.version) == text
    assert register.boxes(document.version) == new.boxes
    assert register.passages_of(document.version) == passages
    found = register.passages([passages[2].id, "onbekend", passages[0].id])
    assert list(found.items()) == [(passages[2].id, passages[2]), (passages[0].id, passages[0])]
    assert register.snapshot().generation == GENERATION
    assert register.files() == {document.file_sha256}


def test_everything_is_there_after_opening_again(register: Register, url: str) -> None:
    version = add(register)
    register.activate(version)
    again = Register.open(url)
    assert again.snapshot() == register.snapshot()
    assert again.text(version) == register.text(version)
    assert again.frequencies([term("jeugd")]) == TermFrequencies(3, {term("jeugd"): 1})
    again.close()


def test_a_newer_version_takes_the_place_of_the_older(register: Register) -> None:
    first, other = add(register, words="jeugd"), add(register, "ander", "jeugd")
    register.activate(first)
    register.activate(other)
    second = add(register, words="jeugd en zorg")
    assert active(register) == {"nota": first, "ander": other}
    assert register.activate(second) == (first,)
    assert active(register) == {"nota": second, "ander": other}
    assert register.hidden(State.RETIRED, quiet_for=0) == (first,)
    assert register.hidden(State.RETIRED, quiet_for=60) == ()
    assert register.frequencies([term("jeugd"), term("zorg")]) == TermFrequencies(
        4, {term("jeugd"): 2, term("zorg"): 1}
    )


def test_passages_of_a_retired_version_stay_until_it_is_forgotten(register: Register) -> None:
    register.activate(add(register))
    (passage, *_) = sample().passages
    (retired,) = register.retire("nota")
    assert register.passages([passage.id]) == {passage.id: passage}
    register.forget([retired, "onbekend"])
    assert register.versions() == {}
    assert register.frequencies([term("jeugd")]) == TermFrequencies(0, {})


def test_an_active_version_is_never_forgotten(register: Register) -> None:
    version = add(register)
    register.activate(version)
    register.forget([version])
    assert active(register) == {"nota": version}


def test_a_version_comes_back_after_it_was_retired(register: Register) -> None:
    first = add(register, words="jeugd")
    register.activate(first)
    register.activate(add(register, words="zorg"))
    assert add(register, words="jeugd") == first
    register.activate(first)
    assert active(register) == {"nota": first}
    register.retire("nota")
    assert add(register, words="jeugd") == first
    register.activate(first)
    assert active(register) == {"nota": first}
    assert register.frequencies([term("jeugd")]) == TermFrequencies(1, {term("jeugd"): 1})


def test_a_second_try_replaces_what_the_first_left_pending(register: Register) -> None:
    add(register)
    version = add(register)
    assert register.hidden(State.PENDING, quiet_for=0) == (version,)
    register.activate(version)
    assert len(register.passages_of(version)) == 3


def test_only_a_pending_version_becomes_active(register: Register) -> None:
    version = add(register)
    register.activate(version)
    for wrong in (version, "onbekend"):
        with pytest.raises(DataDirectoryError, match=wrong):
            register.activate(wrong)
    assert active(register) == {"nota": version}


def test_removing_what_is_not_there(register: Register) -> None:
    with pytest.raises(NotFoundError, match=r"^Er is geen document 'nota'; `beleidswijzer status` noemt ze alle$"):
        register.retire("nota")
    for read in (register.text, register.boxes):
        with pytest.raises(NotFoundError, match=r"^Er is geen documentversie 'onbekend'"):
            read("onbekend")


def test_the_order_is_municipality_then_title_and_unknown_last(register: Register) -> None:
    for document_id, municipality in (
        ("b", Municipality("GM0344", "Utrecht")),
        ("c", Municipality("GM0307", "Amersfoort")),
        ("a", Municipality("GM0344", "Utrecht")),
    ):
        register.activate(add(register, document_id, municipality=municipality))
    new = sample("z")
    metadata = dataclasses.replace(new.document.metadata, municipalities=())
    nowhere = dataclasses.replace(new, document=dataclasses.replace(new.document, metadata=metadata))
    register.add_pending(nowhere, GENERATION.id, index({}))
    register.activate(new.document.version)
    assert list(active(register)) == ["c", "a", "b", "z"]


def test_many_terms_and_passages_at_once(register: Register) -> None:
    counts = dict.fromkeys(range(0, 2**32, 2**32 // 1500), 2)
    words = " ".join(f"w{number}" for number in range(1200))
    version = add(register, words=words, terms=counts)
    register.activate(version)
    assert register.frequencies([*counts, 7]) == TermFrequencies(1200, counts)
    ids = [passage.id for passage in register.passages_of(version)]
    fresh = Register(register._database)
    assert list(fresh.passages(ids)) == ids


def test_identical_text_in_two_documents_stays_two_passages(register: Register) -> None:
    first, second = add(register, "een", "jeugd"), add(register, "twee", "jeugd")
    register.activate(first)
    register.activate(second)
    found = register.passages([passage_id(version, 0, 5) for version in (first, second)])
    assert [passage.version for passage in found.values()] == [first, second]
    assert register.frequencies([term("jeugd")]).counts == {term("jeugd"): 2}
