"""One register used by several processes and threads at once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import DataDirectoryError
from corpus.register import Register
from corpus.stored import Generation, SecondStage, TermFrequencies
from tests.corpus.register_samples import GENERATION, NO_WORDING, add, index, sample, term, terms_of, with_generation

SECOND = Generation("tweede", "ander model", "ander-1", 3, "woorden-2", SecondStage.OFF)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'register.sqlite'}"


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    register = Register.open(url)
    yield with_generation(register)
    register.close()


@pytest.fixture
def other(register: Register, url: str) -> Iterator[Register]:
    """The same register as another process would hold it."""
    assert register
    other = Register.open(url)
    yield other
    other.close()


def test_a_change_by_another_process_is_seen(register: Register, other: Register) -> None:
    version = add(register)
    assert other.snapshot().documents == ()
    register.activate(version)
    assert [document.version for document in other.snapshot().documents] == [version]
    assert other.frequencies([term("jeugd")]).counts == {term("jeugd"): 1}
    other.retire("nota")
    assert register.snapshot().documents == ()
    assert register.frequencies([term("jeugd")]) == TermFrequencies(0, {})


def test_a_snapshot_is_kept_while_nothing_changes(register: Register) -> None:
    register.activate(add(register))
    before = register.snapshot()
    add(register, "ander")
    assert register.snapshot() is before


def test_a_version_that_another_process_removed_does_not_become_active(register: Register, other: Register) -> None:
    version = add(register)
    other.forget([version])
    with pytest.raises(DataDirectoryError, match="another process"):
        register.activate(version)


def test_readers_in_eight_threads_see_whole_moments(register: Register) -> None:
    """Every state holds one version of each of two documents, and the frequencies that go with it."""
    versions = ["jeugd", "jeugd jeugd", "jeugd zorg jeugd"]
    register.activate(add(register, "vast", "zorg"))
    register.activate(add(register, "nota", versions[0]))
    stop = threading.Event()
    faults: list[object] = []

    def read() -> None:
        while not stop.is_set():
            documents = {document.metadata.document_id: document for document in register.snapshot().documents}
            frequencies = register.frequencies([term("jeugd"), term("zorg")])
            passages = register.passages([passage.id for passage in sample("nota", versions[0]).passages])
            if set(documents) != {"vast", "nota"} or frequencies.counts.get(term("jeugd"), 0) not in (1, 2):
                faults.append((documents, frequencies))
            if frequencies.passages - 1 != sum(frequencies.counts.values()) - 1:
                faults.append(frequencies)
            if any(passage.quote != "jeugd" for passage in passages.values()):
                faults.append(passages)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for turn in range(30):
        register.forget(register.activate(add(register, "nota", versions[(turn + 1) % 3])))
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_second_generation_takes_over_when_it_is_complete(register: Register) -> None:
    first, second = add(register, "een", "jeugd zorg"), add(register, "twee", "zorg")
    register.activate(first)
    register.activate(second)
    register.begin(SECOND)
    register.begin(SECOND)
    assert {document.version for document in register.unindexed(SECOND.id)} == {first, second}
    register.add_indexed(SECOND.id, first, index({5: 2}))
    register.add_indexed(SECOND.id, first, index({5: 1}))
    assert not register.switch(SECOND.id)
    assert register.snapshot().generation == GENERATION
    assert register.frequencies([term("zorg"), 5]).counts == {term("zorg"): 2}
    register.add_indexed(SECOND.id, second, index({5: 1, 6: 1}, NO_WORDING, "past niet"))
    assert register.unindexed(SECOND.id) == ()
    assert register.switch(SECOND.id)
    assert register.snapshot().generation == SECOND
    assert register.frequencies([term("zorg"), 5, 6]) == TermFrequencies(3, {5: 2, 6: 1})
    assert register.document("een").problems == ("pagina 3 is gescand",)
    assert register.document("twee").problems == ("pagina 3 is gescand", "past niet")


def test_a_version_of_the_former_generation_does_not_become_active(register: Register) -> None:
    version = add(register)
    register.begin(SECOND)
    assert register.switch(SECOND.id)
    with pytest.raises(DataDirectoryError, match="changed the model"):
        register.activate(version)
    with pytest.raises(DataDirectoryError, match="'eerste'"):
        add(register, "ander")


def test_a_document_that_became_active_meanwhile_holds_up_the_switch(register: Register) -> None:
    register.begin(SECOND)
    version = add(register)
    register.activate(version)
    assert not register.switch(SECOND.id)
    register.add_indexed(SECOND.id, version, index(terms_of("jeugd")))
    assert register.switch(SECOND.id)


def test_a_generation_that_was_given_up(register: Register) -> None:
    register.activate(add(register))
    register.begin(SECOND)
    assert register.abandon() == (SECOND,)
    assert register.abandon() == ()
    assert register.snapshot().generation == GENERATION
