"""The second stage of the search turned off and on, and a model that has none to give."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.answer import Answer, Mode, Question, Scope
from app.knowledge_base import KnowledgeBase
from corpus.stored import Generation, SecondStage
from embeddings.encoder import QueryVectors
from tests.app.notes import NOTES, loader, settings, write_catalogue
from tests.embeddings.qdrant_stand_in import QdrantStandIn
from tests.hand_encoder import HandEncoder
from tests.ingest.plain_reader import PlainReader

QUESTION = Question("scheidingen", Scope(), 10, Mode.HYBRID)


class Unfit(HandEncoder):
    """A model that does not pool by mean, so that its tokens say nothing one by one."""

    @property
    def pools_by_mean(self) -> bool:
        return False


class WithoutQuestionTokens(HandEncoder):
    """Fails when a question is compared token by token."""

    def encode_query_with_tokens(self, text: str) -> QueryVectors:
        raise AssertionError("asked for the tokens of a question")


@contextmanager
def opened(
    folder: Path, late: bool, encoder: HandEncoder | None = None, url: str | None = None
) -> Iterator[KnowledgeBase]:
    encoder = encoder or HandEncoder()
    chosen = settings(folder, "hand", url, late_interaction=late)
    with KnowledgeBase.open(chosen, load=loader(encoder), reader=PlainReader()) as knowledge:
        yield knowledge


def ingest(knowledge: KnowledgeBase, folder: Path) -> int:
    """Take in the notes; returns how many texts were encoded."""
    return knowledge.ingest([], write_catalogue(folder / "notes"), force=False).encoded


def generation(knowledge: KnowledgeBase) -> Generation:
    current = knowledge.snapshot().generation
    assert current is not None
    return current


def found(answer: Answer) -> set[str]:
    return {hit.passage.id for hit in answer.hits}


@pytest.fixture(params=["embedded", "server"])
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    if request.param == "embedded":
        yield None
        return
    with QdrantStandIn() as server:
        yield server.url
    assert server.faults == []


def test_turned_off_it_searches_without_until_the_next_ingest_makes_the_index_anew(
    tmp_path: Path, url: str | None
) -> None:
    with opened(tmp_path, True, url=url) as notes:
        assert ingest(notes, tmp_path) == len(NOTES)
        with_tokens, before = generation(notes), found(notes.search(QUESTION))
        assert with_tokens.second_stage is SecondStage.TOKENS
        assert notes.holdings().token_vectors > len(NOTES)
    encoder = WithoutQuestionTokens()
    with opened(tmp_path, False, encoder, url) as notes:
        assert found(notes.search(QUESTION)) == before
        assert generation(notes) == with_tokens
        ingest(notes, tmp_path)
        without = generation(notes)
        assert without.second_stage is SecondStage.OFF
        assert without.id != with_tokens.id
        assert notes.holdings().token_vectors == 0
        assert found(notes.search(QUESTION)) == before
        ingest(notes, tmp_path)
        assert generation(notes) == without
    assert encoder.encoded == 2  # the two questions: no text anew


def test_turned_on_it_searches_without_until_the_next_ingest_makes_the_index_anew(
    tmp_path: Path, url: str | None
) -> None:
    with opened(tmp_path, False, url=url) as notes:
        ingest(notes, tmp_path)
        without, before = generation(notes), found(notes.search(QUESTION))
        assert without.second_stage is SecondStage.OFF
    encoder = HandEncoder()
    with opened(tmp_path, True, encoder, url) as notes:
        assert found(notes.search(QUESTION)) == before
        assert generation(notes) == without
        ingest(notes, tmp_path)
        with_tokens = generation(notes)
        assert with_tokens.second_stage is SecondStage.TOKENS
        assert notes.holdings().token_vectors > len(NOTES)
        assert found(notes.search(QUESTION)) == before
        ingest(notes, tmp_path)
        assert generation(notes) == with_tokens
    assert encoder.encoded == len(NOTES) + 2  # its tokens were in no cache yet


def test_turned_off_and_on_again_encodes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, True) as notes:
        ingest(notes, tmp_path)
        before = notes.search(QUESTION)
    with opened(tmp_path, False) as notes:
        ingest(notes, tmp_path)
    encoder = HandEncoder()
    with opened(tmp_path, True, encoder) as notes:
        ingest(notes, tmp_path)
        assert encoder.encoded == 0
        assert notes.search(QUESTION) == before
    assert [path.name for path in (tmp_path / "data" / "index").iterdir()] == [generation(notes).id]


def test_a_model_that_does_not_pool_by_mean_has_none_and_is_asked_once(tmp_path: Path, url: str | None) -> None:
    with opened(tmp_path, True, Unfit(), url) as notes:
        assert ingest(notes, tmp_path) == len(NOTES)
        unfit = generation(notes)
        assert unfit.second_stage is SecondStage.UNFIT
        assert notes.holdings().token_vectors == 0
        assert notes.search(QUESTION).hits
        ingest(notes, tmp_path)
        assert generation(notes) == unfit
    for late in (True, False):
        encoder = Unfit()
        with opened(tmp_path, late, encoder, url) as notes:
            ingest(notes, tmp_path)
            assert generation(notes) == unfit
            assert encoder.encoded == 0
            assert notes.search(QUESTION).hits


@pytest.mark.parametrize("late", [True, False])
def test_tokens_tell_apart_what_is_the_same_as_a_whole(tmp_path: Path, late: bool) -> None:
    """Both notes have three of each letter, so one vector; a word of the question stands in one of them."""
    for name, text in (("een", "abc bca cab."), ("nee", "aab bbc cca.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with opened(tmp_path, late) as notes:
        notes.ingest([tmp_path / "een.txt", tmp_path / "nee.txt"], None, force=False)
        first, second = notes.search(Question("aab", Scope(), 10, Mode.MEANING)).hits
    if late:
        assert (first.document.metadata.source_file, second.document.metadata.source_file) == ("nee.txt", "een.txt")
        assert first.score > second.score
    else:
        assert first.score == second.score
