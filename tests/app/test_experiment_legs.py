"""The legs of an experiment, against the product's own and by hand."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from app.answer import Mode
from app.evaluation_sets import BeirText
from app.experiment.late_interaction import best_cosines, even_weights, idf_weights, ward_means
from app.experiment.recipe import MENDED, PLAIN, Embedded, Meaning, Proximity, Reading, Terms, Tokens, Words
from app.experiment.term_sources import is_available, term_source
from app.retrieval import Retriever
from corpus.stored import TermFrequencies
from embeddings.lexical import Lexicon, idf
from tests.app.experiment_pool import TEXTS, legs, named, pool, store
from tests.app.listed_index import ListedIndex
from tests.hand_encoder import HandEncoder

QUESTIONS = ("vechtscheiding van ouders", "jongeren in de buurt", "hulp bij schulden", "leerplichtambtenaren")
ROUNDING = 1e-5  # the matrix is in single precision


def test_bm25_is_the_product_s(tmp_path: Path) -> None:
    made, lexicon = legs(tmp_path, QUESTIONS), Lexicon()
    vectors = [lexicon.passage_vector(each.embedded(Embedded.TITLE_HEADING_QUOTE)) for each in made.pool.passages]
    counts = Counter(term for vector in vectors for term in vector.indices)
    frequencies = TermFrequencies(len(vectors), counts)
    scores = made.words(Words(), Reading())
    assert any(asked.also for asked in made.asked(Reading()))
    for row, asked in enumerate(made.asked(Reading())):
        question = lexicon.query_vector(asked.text, frequencies, asked.also)
        weights = dict(zip(question.indices, question.values, strict=True))
        for column, vector in enumerate(vectors):
            pairs = zip(vector.indices, vector.values, strict=True)
            expected = sum(weights.get(term, 0.0) * value for term, value in pairs)
            assert scores[row, column] == pytest.approx(expected, abs=ROUNDING)


def test_a_leg_of_words_changes_as_it_is_told(tmp_path: Path) -> None:
    made = legs(tmp_path, ["gezin", "scheiding", "leerplichtambtenaren"])
    both = made.words(Words(), PLAIN)
    assert both[0, 0] > 0 < both[0, 1]
    assert made.words(Words(title=0.0), PLAIN)[0, 1] == 0  # the second has the word in its title only
    assert both[1, 0] > 0 == made.words(Words(part_weight=0.0), PLAIN)[1, 0]  # conflictscheidingen
    assert made.words(Words(terms=Terms.AS_WRITTEN), PLAIN)[2, 4] < both[2, 4]
    assert made.words(Words(terms=Terms.FIVE_GRAMS, reference=None), PLAIN)[2, 4] > 0


def test_other_words_come_from_where_the_reading_says(tmp_path: Path) -> None:
    made = legs(tmp_path, ["vechtscheiding", "thuizitters"])
    assert "conflictscheiding" in made.asked(Reading())[0].also
    assert made.asked(MENDED)[0].also == ()
    assert [each.text for each in made.asked(MENDED)] == ["vechtscheiding", "thuiszitters"]
    assert made.asked(PLAIN)[1].text == "thuizitters"


def test_a_group_that_is_left_out_brings_nothing(tmp_path: Path) -> None:
    made = legs(tmp_path, ["vechtscheiding", "jeugdzorg"])
    number = next(at for at, group in enumerate(made.readings.groups) if "vechtscheiding" in group.terms)
    without, with_ = made.asked(Reading(without=number)), made.asked(Reading())
    assert "conflictscheiding" in with_[0].also
    assert "conflictscheiding" not in without[0].also
    assert without[1] == with_[1]
    assert (made.readings.touches(number, "de vechtscheidingen"), made.readings.touches(number, "jeugd")) == (
        True,
        False,
    )


def test_proximity_is_the_lesser_idf_over_the_distance(tmp_path: Path) -> None:
    texts = (
        BeirText("near", None, "parkeren centrum"),
        BeirText("apart", None, "parkeren auto fiets tram centrum"),
        BeirText("far", None, "parkeren " + "auto fiets tram " * 5 + "centrum"),
        BeirText("one", None, "parkeren"),
    )
    scores = legs(tmp_path, ["parkeren in het centrum"], texts).words(Proximity(window=8), PLAIN)[0]
    assert scores == pytest.approx([idf(4, 4), idf(4, 4) / 4, 0.0, 0.0], abs=ROUNDING)


def test_tokens_are_weighted_as_the_product_weighs_them(tmp_path: Path) -> None:
    encoder, lexicon, text = HandEncoder(), Lexicon(), "hulp bij een scheiding"
    frequencies = TermFrequencies(10, {term.id: 2 for term in lexicon.terms("scheiding")})
    probe = Retriever(ListedIndex([], []), encoder, lexicon, late=True).probe(text, Mode.HYBRID, lambda _: frequencies)
    assert probe.tokens is not None
    weights = idf_weights(text, encoder.encode_query_with_tokens(text), lexicon, frequencies)
    assert weights == pytest.approx(np.linalg.norm(probe.tokens, axis=1), abs=ROUNDING)


def test_late_interaction_by_hand(tmp_path: Path) -> None:
    """Letters are vectors: each of the question's two words meets the passage's word most like it."""
    texts = (BeirText("same", None, "aaa bbb"), BeirText("half", None, "aaa ccc"), BeirText("other", None, "ddd eee"))
    made = legs(tmp_path, ["aaa bbb"], texts)
    scores = made.tokens(Tokens(pooled=1, rounded=False, idf=False), PLAIN)[0]
    assert scores == pytest.approx([1.0, 0.5, 0.0], abs=1e-3)
    question = HandEncoder().encode_query_with_tokens("aaa bbb")
    assert even_weights(question).tolist() == [0.5, 0.5]
    best = best_cosines([question], [HandEncoder().encode_query_with_tokens("bbb").tokens])
    assert best[0].tolist() == [[0.0], [1.0]]


def test_ward_joins_what_is_alike() -> None:
    vectors = np.asarray([[1, 0], [0.999, 0.01], [0, 1]], dtype=np.float32)
    means = ward_means(vectors, 2)
    assert len(means) == 2
    assert np.linalg.norm(means, axis=1) == pytest.approx([1.0, 1.0])
    assert sorted(np.round(means[:, 1]).tolist()) == [0.0, 1.0]
    assert ward_means(vectors, 3) is vectors


def test_what_is_embedded_is_what_the_recipe_says(tmp_path: Path) -> None:
    kept = store(tmp_path)
    made = legs(tmp_path, ["Vrije tijd"], kept=kept)
    sport = named(made, range(len(made.pool))).index("sport")
    with_title, quote = made.meaning(Meaning(), PLAIN)[0, sport], made.meaning(Meaning(Embedded.QUOTE), PLAIN)[0, sport]
    assert with_title > quote
    assert min(quote, with_title) < made.meaning(Meaning(Embedded.BOTH), PLAIN)[0, sport]
    assert [each.embedded(Embedded.QUOTE) for each in pool(TEXTS[:1]).passages] == [TEXTS[0].text]
    kept.close()


def test_feedback_brings_a_question_nearer_to_what_was_found(tmp_path: Path) -> None:
    made = legs(tmp_path, ["parkeren"])
    before = made.meaning(Meaning(), PLAIN)[0]
    after = made.meaning(Meaning(feedback=1.0, feedback_passages=1), PLAIN, [[2, 3]])[0]
    assert after[2] > before[2]


@pytest.mark.parametrize(
    ("terms", "forms"),
    [
        (Terms.PRODUCT, ["gezin"]),
        (Terms.AS_WRITTEN, ["gezinnen"]),
        (Terms.SNOWBALL_DUTCH, ["zin"]),
        (Terms.DUTCH_PORTER, ["gezinn"]),
        (Terms.LEMMAS, ["gezin"]),
        (Terms.FIVE_GRAMS, ["_gezi", "gezin", "ezinn", "zinne", "innen", "nnen_"]),
    ],
)
def test_every_way_to_cut_text_into_terms(terms: Terms, forms: list[str]) -> None:
    if not is_available(terms):
        pytest.skip("simplemma is not installed")
    assert [term.form for term in term_source(terms).terms("de gezinnen")] == forms
