"""Dutch terms and their BM25 weights."""

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.stored import TermFrequencies
from embeddings.index import SparseVector
from embeddings.lexical import Lexicon, idf, term_id

LEXICON = Lexicon()
SCHOOL = LEXICON.terms("school")[0].id


def forms(text: str) -> list[str]:
    return [term.form for term in LEXICON.terms(text)]


def frequencies(*passages: str) -> TermFrequencies:
    """The document frequencies of these passages."""
    counts: dict[int, int] = {}
    for passage in passages:
        for term in LEXICON.passage_vector(passage).indices:
            counts[term] = counts.get(term, 0) + 1
    return TermFrequencies(len(passages), counts)


def product(one: SparseVector, other: SparseVector) -> float:
    weights = dict(zip(other.indices, other.values, strict=True))
    return sum(value * weights.get(index, 0.0) for index, value in zip(one.indices, one.values, strict=True))


def matches(question: str, passage: str) -> bool:
    asked = LEXICON.query_vector(question, frequencies(passage))
    return product(asked, LEXICON.passage_vector(passage)) > 0


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("M@zl", "een interventie om schoolverzuim tegen te gaan (M@ZL)"),
        ("#opladers", "met de campagne #opladers bereiken we jongeren"),
        ("IHV13w", "Intensieve Hulp op Vrijwillige basis in 13 weken (IHV13w)."),
        ("POH", "de POH-jeugd bij de huisarts"),
        ("€30.000", "€30.000 uit regulier budget"),
        ("30.000", "€30.000 uit regulier budget"),
        ("30000", "€30.000 uit regulier budget"),
        ("1.000", "de eerste 1.000 dagen"),
        ("jeugd-GGZ", "wachttijden in de jeugd-GGZ"),
        ("ggz", "wachttijden in de jeugd-GGZ"),
        ("jeugdhulp", "inzet van jeugd(hulp)"),
        ("conflictscheidingen", "nieuw ‘uitvoeringsplan (conflict)scheidingen’"),
        ("scheidingen", "complexe (echt)scheidingen"),
        ("gemeenten", "de gemeente"),
        ("scheiding", "conflictscheidingen"),
        ("wachtlijst jeugdhulp", "de lijst van hulp"),
        ("Ĳsselstein", "IJsselstein"),
        ("foto’s", "foto's"),
    ],
)
def test_question_finds_passage(question: str, passage: str) -> None:
    assert matches(question, passage)


@pytest.mark.parametrize(
    ("question", "passage"), [("de het een van", "de het een van"), ("jeugd", "ouderen"), ("", "a b")]
)
def test_question_does_not_find_passage(question: str, passage: str) -> None:
    assert not matches(question, passage)


@pytest.mark.parametrize(
    "words",
    [
        "gezin gezinnen",
        "huis huizen",
        "brief brieven",
        "les lessen",
        "reis reizen",
        "school scholen",
        "wijk wijken",
        "gemeente gemeenten",
        "ouder ouders",
        "oudere ouderen",
        "jongere jongeren",
        "wet wetten",
    ],
)
def test_singular_and_plural_share_a_stem(words: str) -> None:
    one, many = words.split()
    assert Lexicon.stem(one) == Lexicon.stem(many)
    assert matches(one, many)
    assert matches(many, one)


@pytest.mark.parametrize(("one", "other"), [("ouders", "ouderen"), ("gezinnen", "zinnen"), ("gemeente", "gemeen")])
def test_words_of_another_meaning_do_not(one: str, other: str) -> None:
    assert Lexicon.stem(one) != Lexicon.stem(other)


@pytest.mark.parametrize("form", ["ihv13w", "30000", "m@zl", "ggd", "bbb", ""])
def test_forms_that_are_no_words_stay_as_they_are(form: str) -> None:
    assert Lexicon.stem(form) == form


def test_stop_words_are_no_terms() -> None:
    assert forms("Wat doet de gemeente voor het kind?") == ["gemeent", "kind"]


def test_parts_of_a_compound_weigh_half() -> None:
    assert [(term.form, term.weight) for term in LEXICON.terms("jeugdhulp")] == [
        ("jeugdhulp", 1.0),
        ("jeugd", 0.5),
        ("hulp", 0.5),
    ]


def test_passage_weight_is_the_bm25_one_without_idf() -> None:
    """One term twice in a passage of two terms: tf (k1 + 1) / (tf + k1 (1 - b + b length / 60))."""
    vector = LEXICON.passage_vector("school school")
    assert vector.indices == (SCHOOL,)
    assert vector.values[0] == pytest.approx(2 * 3 / (2 + 2 * (0.25 + 0.75 * 2 / 60)))


def test_question_weight_is_idf_as_often_as_asked() -> None:
    counted = TermFrequencies(9, {SCHOOL: 2})
    (weight,) = LEXICON.query_vector("school, school en huis", counted).values
    assert weight == pytest.approx(2 * math.log(1 + (9 - 2 + 0.5) / (2 + 0.5)))


def test_other_words_weigh_less_and_count_once() -> None:
    """Six tenths of their idf, in however many synonyms they stand; what no passage has is left out."""
    house = LEXICON.terms("huis")[0].id
    counted = TermFrequencies(9, {SCHOOL: 2, house: 3})
    asked = LEXICON.query_vector("school", counted, also=["huis", "huizen", "xyzzy huis"])
    assert dict(zip(asked.indices, asked.values, strict=True)) == {
        SCHOOL: pytest.approx(idf(9, 2)),
        house: pytest.approx(0.6 * idf(9, 3)),
    }
    assert list(asked.indices) == sorted(asked.indices)


def test_a_word_that_is_asked_weighs_no_more_because_a_synonym_has_it() -> None:
    counted = TermFrequencies(9, {SCHOOL: 2})
    assert LEXICON.query_vector("school", counted, also=["school", "scholen"]) == LEXICON.query_vector(
        "school", counted
    )


def test_the_part_of_a_compound_among_other_words_weighs_less_again() -> None:
    youth = LEXICON.terms("jeugd")[0].id
    (weight,) = LEXICON.query_vector("school", TermFrequencies(9, {youth: 3}), also=["jeugdhulp"]).values
    assert weight == pytest.approx(0.6 * 0.5 * idf(9, 3))


def test_every_word_of_a_question_has_its_place_and_idf() -> None:
    """A stop word weighs nothing, a word that no passage has most; a compound weighs as a whole, not as its parts."""
    youth, care = LEXICON.terms("jeugd")[0].id, LEXICON.terms("jeugdhulp")[0].id
    counted = TermFrequencies(9, {SCHOOL: 2, youth: 9, care: 1})
    text = "De scholen: Jeugdhulp (xyzzy)?"
    weights = LEXICON.word_weights(text, counted)
    assert [(text[start:end], weight) for start, end, weight in weights] == [
        ("De", 0.0),
        ("scholen", pytest.approx(idf(9, 2))),
        ("Jeugdhulp", pytest.approx(idf(9, 1))),
        ("xyzzy", pytest.approx(idf(9, 0))),
    ]
    assert LEXICON.word_weights("", counted) == []


@pytest.mark.parametrize("text", ["İstanbul en scholen", "ﬁets en Ĳssel 's avonds", "één jeugd-GGZ, M@ZL én €30.000"])
def test_places_are_those_in_the_question_as_it_was_asked(text: str) -> None:
    for start, end, weight in LEXICON.word_weights(text, TermFrequencies(9, {})):
        assert text[start:end].isalnum()
        assert weight >= 0
    assert "".join(text[start:end] for start, end, _ in LEXICON.word_weights(text, TermFrequencies(9, {}))) == "".join(
        filter(str.isalnum, text)
    )


def test_ceiling_counts_terms_that_nobody_uses() -> None:
    counted = TermFrequencies(9, {SCHOOL: 2})
    assert LEXICON.ceiling("school xyzzy", counted) == pytest.approx(idf(9, 2) + idf(9, 0))


def test_idf_is_never_negative() -> None:
    assert idf(10, 10) > 0
    assert idf(10, 1) > idf(10, 5) > idf(10, 10)


@given(st.text())
def test_any_text_gives_a_valid_vector(text: str) -> None:
    vector = LEXICON.passage_vector(text)
    assert list(vector.indices) == sorted(set(vector.indices))
    assert all(0 <= index < 2**32 for index in vector.indices)
    assert all(0 < value < 3.0 for value in vector.values)


@given(st.text())
def test_ceiling_is_never_below_what_a_question_weighs(text: str) -> None:
    counted = frequencies(text, "iets anders")
    assert sum(LEXICON.query_vector(text, counted).values) <= LEXICON.ceiling(text, counted) + 1e-9


def test_term_ids_are_the_same_in_every_process() -> None:
    program = "from embeddings.lexical import term_id; print(term_id('scheiding'))"
    outcomes = {
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(2)
    }
    assert outcomes == {str(term_id("scheiding"))}


def test_word_of_ten_thousand_letters_is_one_short_term() -> None:
    (term,) = LEXICON.terms("x" * 10_000)
    assert len(term.form) <= 64


@pytest.mark.parametrize("abbreviation", ["e.d.", "o.a.", "m.b.t.", "t.a.v."])
def test_dotted_abbreviations_say_nothing(abbreviation: str) -> None:
    assert LEXICON.terms(f"scholen {abbreviation}") == LEXICON.terms("scholen")


def test_single_letters_and_digits_weigh_nothing_among_the_tokens() -> None:
    weights = LEXICON.word_weights("foto's 24/7 e-mail", TermFrequencies(9, {}))
    assert {weight for start, end, weight in weights if end - start == 1} == {0.0}
