"""A question as the index is asked it: which legs, and how long its tokens are."""

import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from app.answer import Mode
from app.retrieval import Retriever
from corpus.stored import TermFrequencies
from embeddings.encoder import QueryVectors
from embeddings.lexical import Lexicon, idf
from tests.app.listed_index import ListedIndex
from tests.hand_encoder import HandEncoder

LEXICON = Lexicon()


def one_of_nine(terms: Sequence[int]) -> TermFrequencies:
    """Every term stands in one of nine passages."""
    return TermFrequencies(9, dict.fromkeys(terms, 1))


def test_probe_leaves_out_the_leg_that_takes_no_part() -> None:
    encoder = HandEncoder()
    asked: list[int] = []

    def frequencies(terms: Sequence[int]) -> TermFrequencies:
        asked.extend(terms)
        return one_of_nine(terms)

    retriever = Retriever(ListedIndex([], []), encoder, LEXICON, late=True)
    words = retriever.probe("jeugd", Mode.WORDS, frequencies)
    assert (words.dense, words.tokens, words.only) == (None, None, None)
    assert words.lexical is not None
    assert words.ceiling == pytest.approx(idf(9, 1))
    assert encoder.encoded == 0
    assert asked == [LEXICON.terms("jeugd")[0].id]
    meaning = retriever.probe("jeugd", Mode.MEANING, frequencies)
    assert (meaning.lexical, meaning.ceiling) == (None, 0.0)
    assert meaning.dense is not None
    assert meaning.tokens is not None
    both = retriever.probe("jeugd", Mode.HYBRID, frequencies)
    assert None not in (both.dense is None, both.tokens is None, both.lexical is None)
    assert encoder.encoded == 2


def test_probe_without_a_second_stage_has_no_tokens() -> None:
    encoder = HandEncoder()
    probe = Retriever(ListedIndex([], []), encoder, LEXICON, late=False).probe("jeugd", Mode.HYBRID, one_of_nine)
    assert probe.tokens is None
    assert probe.dense is not None
    np.testing.assert_array_equal(probe.dense, encoder.encode_query("jeugd"))


def test_a_token_is_as_long_as_the_idf_of_its_word() -> None:
    """A stop word counts 0.3, as does what is no word; a word that no passage has counts most."""
    counts = {LEXICON.terms("school")[0].id: 2}
    probe = Retriever(ListedIndex([], []), HandEncoder(), LEXICON, late=True).probe(
        "de School ?! xyzzy", Mode.HYBRID, lambda _: TermFrequencies(9, counts)
    )
    assert probe.tokens is not None
    weights = np.array([0.3, idf(9, 2), 0.3, idf(9, 0)])
    np.testing.assert_allclose(np.linalg.norm(probe.tokens, axis=1), weights / weights.sum(), rtol=1e-5)
    expected = HandEncoder().encode_query_with_tokens("de School ?! xyzzy").tokens
    np.testing.assert_allclose(probe.tokens, expected * (weights / weights.sum())[:, None], rtol=1e-5)


class Pieces(HandEncoder):
    """Cuts a question into tokens at given places, as a model cuts words into pieces."""

    def __init__(self, *spans: tuple[int, int]) -> None:
        super().__init__()
        self._spans = spans

    def encode_query_with_tokens(self, text: str) -> QueryVectors:
        tokens = np.stack([self.encode_query(text[start:end]) for start, end in self._spans or ((0, 3), (3, 9))])
        return QueryVectors(self.encode_query(text), tokens, self._spans)


def lengths(encoder: HandEncoder, text: str, counts: Mapping[int, int]) -> list[float]:
    probe = Retriever(ListedIndex([], []), encoder, LEXICON, late=True).probe(
        text, Mode.MEANING, lambda _: TermFrequencies(9, counts)
    )
    assert probe.tokens is not None
    return [float(length) for length in np.linalg.norm(probe.tokens, axis=1)]


def test_every_piece_of_a_word_counts_as_the_word() -> None:
    """The pieces are "sch", "ool", " hu" and "is"; a piece over two words counts as the rarer."""
    counts = {LEXICON.terms("school")[0].id: 9, LEXICON.terms("huis")[0].id: 1}
    common, rare = max(0.3, idf(9, 9)), idf(9, 1)
    assert lengths(Pieces((0, 3), (3, 6), (6, 9), (9, 11)), "school huis", counts) == pytest.approx(
        [each / (2 * common + 2 * rare) for each in (common, common, rare, rare)]
    )
    assert lengths(Pieces((0, 8), (8, 11)), "school huis", counts) == pytest.approx([0.5, 0.5])
    assert lengths(Pieces((0, 6), (6, 7)), "school huis", counts) == pytest.approx(
        [common / (common + 0.3), 0.3 / (common + 0.3)]
    )


def test_tokens_count_alike_where_their_places_are_not_known() -> None:
    counts = {LEXICON.terms("school")[0].id: 9, LEXICON.terms("huis")[0].id: 1}
    assert lengths(Pieces(), "school huis", counts) == pytest.approx([0.5, 0.5])


def test_other_words_count_for_less_and_not_in_the_ceiling_or_the_meaning() -> None:
    asked: list[int] = []

    def frequencies(terms: Sequence[int]) -> TermFrequencies:
        asked.extend(terms)
        return one_of_nine(terms)

    retriever = Retriever(ListedIndex([], []), HandEncoder(), LEXICON, late=True)
    bare = retriever.probe("school", Mode.HYBRID, one_of_nine)
    wide = retriever.probe("school", Mode.HYBRID, frequencies, also=["huis"])
    school, house = (LEXICON.terms(word)[0].id for word in ("school", "huis"))
    assert asked == [school, house]
    assert bare.lexical is not None
    assert wide.lexical is not None
    weights = dict(zip(wide.lexical.indices, wide.lexical.values, strict=True))
    assert dict(zip(bare.lexical.indices, bare.lexical.values, strict=True)) == {school: weights[school]}
    assert 0 < weights[house] < weights[school]
    assert wide.ceiling == bare.ceiling
    assert bare.dense is not None
    assert bare.tokens is not None
    np.testing.assert_array_equal(wide.dense, bare.dense)
    np.testing.assert_array_equal(wide.tokens, bare.tokens)


def test_probe_keeps_to_the_passages_of_a_phrase() -> None:
    retriever = Retriever(ListedIndex([], []), HandEncoder(), LEXICON, late=True)
    assert retriever.probe("jeugd", Mode.HYBRID, one_of_nine, only=["a", "b"]).only == frozenset({"a", "b"})
    assert retriever.probe("jeugd", Mode.HYBRID, one_of_nine, only=()).only == frozenset()


def test_two_ways_of_storing_an_accent_are_one_question() -> None:
    retriever = Retriever(ListedIndex([], []), HandEncoder(), LEXICON, late=True)
    one, other = (
        retriever.probe(unicodedata.normalize(form, "financiële coördinatie"), Mode.HYBRID, one_of_nine)
        for form in ("NFC", "NFD")
    )
    assert one.lexical == other.lexical
    np.testing.assert_array_equal(one.dense, other.dense)
    np.testing.assert_array_equal(one.tokens, other.tokens)
