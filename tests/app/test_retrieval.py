"""Fusion of the two legs, worked out by hand."""

from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from app.answer import FoundBy, Mode
from app.retrieval import MEANING_SHARE, Evidence, Probe, Retriever
from corpus.stored import TermFrequencies
from embeddings.encoder import Vectors
from embeddings.index import Point, ScoredPoint, SparseVector
from embeddings.lexical import Lexicon
from tests.hand_encoder import HandEncoder

PROBE = Probe(np.ones(1, dtype=np.float32), SparseVector((1,), (1.0,)), ceiling=4.0)


class ListedIndex:
    """An index that gives the lists it was made with; an id in capitals is no body text."""

    def __init__(self, by_meaning: Sequence[tuple[str, float]], by_words: Sequence[tuple[str, float]]) -> None:
        self._by_meaning = [ScoredPoint(id_, "v", score) for id_, score in by_meaning]
        self._by_words = [ScoredPoint(id_, "v", score) for id_, score in by_words]

    def nearest(
        self, vector: Vectors, versions: Sequence[str], limit: int, body_only: bool = False
    ) -> list[ScoredPoint]:
        return [point for point in self._by_meaning if point.id.islower() or not body_only][:limit]

    def matching(
        self, vector: SparseVector, versions: Sequence[str], limit: int, body_only: bool = False
    ) -> list[ScoredPoint]:
        return [point for point in self._by_words if point.id.islower() or not body_only][:limit]

    def upsert(self, points: Iterable[Point]) -> None:
        raise NotImplementedError

    def flush(self) -> None:
        raise NotImplementedError

    def delete(self, versions: Sequence[str]) -> None:
        raise NotImplementedError

    def versions(self) -> dict[str, int]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def drop(self) -> None:
        raise NotImplementedError


def retriever(by_meaning: Sequence[tuple[str, float]], by_words: Sequence[tuple[str, float]]) -> Retriever:
    return Retriever(ListedIndex(by_meaning, by_words), HandEncoder(), Lexicon())


def test_fused_score_is_the_weighted_sum_of_scaled_scores() -> None:
    """Meaning scales to 1, 0.5, 0 and words to 1, 0."""
    found = retriever([("a", 0.9), ("b", 0.8), ("c", 0.7)], [("b", 6.0), ("d", 2.0)]).candidates(PROBE, ["v"])
    assert [(each.id, each.score) for each in found] == [
        ("b", pytest.approx(MEANING_SHARE * 0.5 + (1 - MEANING_SHARE))),
        ("a", pytest.approx(MEANING_SHARE)),
        ("c", 0.0),
        ("d", 0.0),
    ]


def test_candidate_tells_which_leg_found_it_and_how_well() -> None:
    found = {each.id: each for each in retriever([("a", 0.9), ("b", 0.8)], [("b", 6.0)]).candidates(PROBE, ["v"])}
    assert found["a"].found_by == (FoundBy.MEANING,)
    assert found["b"].found_by == (FoundBy.MEANING, FoundBy.WORDS)
    assert (found["b"].cosine, found["b"].words) == (0.8, 1.5)
    assert found["a"].words is None


def test_one_leg_alone_keeps_its_order() -> None:
    lists = retriever([("a", 0.9), ("b", 0.8)], [("b", 6.0), ("a", 2.0)])
    only_meaning = Probe(PROBE.dense, None, 0.0)
    only_words = Probe(None, PROBE.lexical, 4.0)
    assert [each.id for each in lists.candidates(only_meaning, ["v"])] == ["a", "b"]
    assert [each.id for each in lists.candidates(only_words, ["v"])] == ["b", "a"]


def test_equal_scores_go_by_id() -> None:
    found = retriever([("b", 0.8), ("a", 0.8)], []).candidates(PROBE, ["v"])
    assert [(each.id, each.score) for each in found] == [("a", MEANING_SHARE), ("b", MEANING_SHARE)]


def test_probe_leaves_out_the_leg_that_takes_no_part() -> None:
    encoder = HandEncoder()
    lexicon = Lexicon()
    asked: list[int] = []

    def frequencies(terms: Sequence[int]) -> TermFrequencies:
        asked.extend(terms)
        return TermFrequencies(3, dict.fromkeys(terms, 1))

    retriever = Retriever(ListedIndex([], []), encoder, lexicon)
    words = retriever.probe("jeugd", Mode.WORDS, frequencies)
    assert words.dense is None
    assert words.lexical is not None
    assert encoder.encoded == 0
    meaning = retriever.probe("jeugd", Mode.MEANING, frequencies)
    assert meaning.lexical is None
    assert meaning.dense is not None
    assert asked == [lexicon.terms("jeugd")[0].id]


def test_evidence_is_the_best_of_each_leg_in_the_body_text() -> None:
    evidence = retriever([("N", 0.95), ("a", 0.9)], [("N", 9.0), ("b", 6.0)]).evidence(PROBE, ["v"])
    assert evidence == Evidence(cosine=0.9, words=1.5)
    assert retriever([("N", 0.95)], []).evidence(PROBE, ["v"]) == Evidence(0.0, 0.0)


def test_what_is_no_body_text_comes_last_however_well_it_matches() -> None:
    lists = retriever([("N", 0.95), ("a", 0.9), ("b", 0.7)], [("N", 9.0)])
    found = lists.ranked(PROBE, ["v"], 10)
    assert [each.id for each in found] == ["a", "b", "N"]
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert [each.id for each in lists.ranked(PROBE, ["v"], 1)] == ["a"]
