"""Fusion of the legs, worked out by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from app.answer import FoundBy
from app.fusion import Weights
from app.retrieval import DEPTH, Candidate, Evidence, Probe, Retriever
from embeddings.index import SparseVector
from embeddings.lexical import Lexicon
from tests.app.listed_index import ListedIndex, Scored
from tests.hand_encoder import HandEncoder

DENSE, TOKENS, LEXICAL = np.ones(1, dtype=np.float32), np.ones((1, 1), dtype=np.float32), SparseVector((1,), (1.0,))
PROBE = Probe(DENSE, None, LEXICAL, ceiling=4.0, only=None)
LATE = Probe(DENSE, TOKENS, LEXICAL, ceiling=4.0, only=None)
WEIGHTS = Weights(meaning=0.2, words=0.3, tokens=0.5)
LEXICON = Lexicon()


def plain(by_meaning: Scored, by_words: Scored) -> Retriever:
    return Retriever(ListedIndex(by_meaning, by_words), HandEncoder(), LEXICON, late=False)


def late(by_meaning: Scored, by_words: Scored, by_tokens: Mapping[str, float]) -> Retriever:
    return Retriever(ListedIndex(by_meaning, by_words, by_tokens), HandEncoder(), LEXICON, late=True, weights=WEIGHTS)


def ranking(found: Iterable[Candidate]) -> list[tuple[str, float]]:
    return [(each.id, round(each.score, 6)) for each in found]


# fusion


def test_without_tokens_the_score_is_the_mean_of_the_scaled_scores() -> None:
    """Meaning scales to 1, 0.5, 0 and words to 1, 0."""
    found = plain([("a", 0.9), ("b", 0.8), ("c", 0.7)], [("b", 6.0), ("d", 2.0)]).candidates(PROBE, ["v"])
    assert ranking(found) == [("b", 0.75), ("a", 0.5), ("c", 0.0), ("d", 0.0)]


def test_with_tokens_the_score_is_the_weighted_mean_of_three() -> None:
    """Meaning scales to 1, 0.5, 0, words to 1, 0 and tokens to 0 (a), 1 (b), 0.5 (c), 0.25 (d)."""
    tokens = {"a": 0.5, "b": 0.9, "c": 0.7, "d": 0.6}
    found = late([("a", 0.9), ("b", 0.8), ("c", 0.7)], [("b", 6.0), ("d", 2.0)], tokens).candidates(LATE, ["v"])
    assert ranking(found) == [("b", 0.2 * 0.5 + 0.3 + 0.5), ("c", 0.5 * 0.5), ("a", 0.2), ("d", 0.5 * 0.25)]
    assert {each.id: each.tokens for each in found} == tokens


def test_a_passage_without_token_vectors_stays_a_candidate() -> None:
    found = late([("a", 0.9), ("b", 0.8)], [("a", 6.0), ("b", 3.0)], {"b": 0.7}).candidates(LATE, ["v"])
    assert ranking(found) == [("a", 0.2 + 0.3), ("b", 0.5)]
    assert [each.tokens for each in found] == [None, 0.7]


def test_the_best_of_both_first_legs_are_compared_token_by_token() -> None:
    """Of 160 candidates, 40 of them with both legs, the first hundred; the rest stay candidates without tokens."""
    by_meaning = [(f"m{number:03}", 1.0 - number / 1000) for number in range(100)]
    by_words = [(f"m{number:03}", 100.0 - number) for number in range(40)]
    by_words += [(f"w{number:03}", 60.0 - number) for number in range(60)]
    index = ListedIndex(by_meaning, by_words, {id_: 0.5 for id_, _ in (*by_meaning, *by_words)})
    found = Retriever(index, HandEncoder(), LEXICON, late=True, weights=WEIGHTS).candidates(LATE, ["v"])
    assert len(found) == 160
    (compared,) = index.compared
    assert len(compared) == len(set(compared)) == DEPTH == 100
    assert {f"m{number:03}" for number in range(40)} <= set(compared)
    assert not {"m099", "w059"} & set(compared)  # the last of either, which scores nothing
    assert {each.id for each in found if each.tokens is not None} == set(compared)


def test_candidate_tells_which_leg_found_it_and_how_well() -> None:
    found = {each.id: each for each in plain([("a", 0.9), ("b", 0.8)], [("b", 6.0)]).candidates(PROBE, ["v"])}
    assert found["a"].found_by == (FoundBy.MEANING,)
    assert found["b"].found_by == (FoundBy.MEANING, FoundBy.WORDS)
    assert (found["b"].cosine, found["b"].words, found["b"].tokens) == (0.8, 1.5, None)
    assert found["a"].words is None


def test_one_leg_alone_keeps_its_order() -> None:
    lists = plain([("a", 0.9), ("b", 0.8)], [("b", 6.0), ("a", 2.0)])
    only_meaning = Probe(DENSE, None, None, 0.0, None)
    only_words = Probe(None, None, LEXICAL, 4.0, None)
    assert [each.id for each in lists.candidates(only_meaning, ["v"])] == ["a", "b"]
    assert [each.id for each in lists.candidates(only_words, ["v"])] == ["b", "a"]


def test_words_alone_compare_no_tokens_where_the_index_has_them() -> None:
    index = ListedIndex([("a", 0.9)], [("b", 6.0), ("a", 2.0)], None)
    retriever = Retriever(index, HandEncoder(), LEXICON, late=True, weights=WEIGHTS)
    found = retriever.candidates(Probe(None, None, LEXICAL, 4.0, None), ["v"])
    assert [(each.id, each.found_by) for each in found] == [("b", (FoundBy.WORDS,)), ("a", (FoundBy.WORDS,))]


def test_equal_scores_go_by_id() -> None:
    found = plain([("b", 0.8), ("a", 0.8)], []).candidates(PROBE, ["v"])
    assert ranking(found) == [("a", 0.5), ("b", 0.5)]


def test_only_the_passages_of_a_phrase_are_found() -> None:
    tokens = {"a": 0.5, "b": 0.9, "c": 0.7}
    lists = late([("a", 0.9), ("b", 0.8), ("c", 0.7)], [("b", 6.0), ("c", 2.0)], tokens)
    asked = Probe(DENSE, TOKENS, LEXICAL, 4.0, frozenset({"a", "c"}))
    assert [each.id for each in lists.candidates(asked, ["v"])] == ["c", "a"]
    assert lists.evidence(asked, ["v"]) == Evidence(0.9, 0.5, 0.7)
    nowhere = Probe(DENSE, TOKENS, LEXICAL, 4.0, frozenset())
    assert lists.ranked(nowhere, ["v"], 10, 10) == []
    assert lists.evidence(nowhere, ["v"]) == Evidence(0.0, 0.0, 0.0)


# what verdicts and lists are made of


def test_evidence_is_the_best_of_each_leg_in_the_body_text() -> None:
    lists = plain([("N", 0.95), ("a", 0.9)], [("N", 9.0), ("b", 6.0)])
    assert lists.evidence(PROBE, ["v"]) == Evidence(cosine=0.9, words=1.5, tokens=None)
    assert plain([("N", 0.95)], []).evidence(PROBE, ["v"]) == Evidence(0.0, 0.0, None)


def test_the_list_takes_in_other_text_only_where_body_text_is_short() -> None:
    lists = plain([("N", 0.99), *((f"a{number:02}", 0.9 - number / 100) for number in range(12))], [])
    assert [each.id for each in lists.ranked(PROBE, ["v"], 10, 20)] == [f"a{number:02}" for number in range(12)]
    assert [each.id for each in lists.ranked(PROBE, ["v"], 13, 20)][-1] == "N"
    assert len(lists.ranked(PROBE, ["v"], 3, 6)) == 6


def test_mentioned_is_the_best_of_the_words_in_any_text() -> None:
    lists = plain([("N", 0.95), ("a", 0.9)], [("N", 9.0), ("b", 6.0)])
    assert lists.mentioned(PROBE, ["v"]) == 2.25
    assert lists.mentioned(replace(PROBE, only=frozenset({"b"})), ["v"]) == 1.5
    assert lists.mentioned(replace(PROBE, lexical=None), ["v"]) == 0.0
    assert plain([("a", 0.9)], []).mentioned(PROBE, ["v"]) == 0.0


def test_evidence_of_tokens_is_their_best_whichever_passage_has_it() -> None:
    lists = late([("N", 0.95), ("a", 0.9)], [("N", 9.0), ("b", 6.0)], {"N": 0.99, "a": 0.6, "b": 0.7})
    assert lists.evidence(LATE, ["v"]) == Evidence(cosine=0.9, words=1.5, tokens=0.7)
    assert late([("a", 0.9)], [], {}).evidence(LATE, ["v"]) == Evidence(0.9, 0.0, 0.0)
    assert late([], [], {}).evidence(LATE, ["v"]) == Evidence(0.0, 0.0, 0.0)


def test_what_is_no_body_text_comes_last_however_well_it_matches() -> None:
    tokens = {"N": 0.99, "a": 0.6, "b": 0.5}
    by_meaning, by_words = [("N", 0.95), ("a", 0.9), ("b", 0.7)], [("N", 9.0)]
    for lists, probe in ((plain(by_meaning, by_words), PROBE), (late(by_meaning, by_words, tokens), LATE)):
        found = lists.ranked(probe, ["v"], 10, 10)
        assert [each.id for each in found] == ["a", "b", "N"]
        assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
        assert [each.id for each in lists.ranked(probe, ["v"], 1, 1)] == ["a"]
