"""Slips mended with the words of the documents."""

import random
import string
import time

import pytest

from corpus.vocabulary import Vocabulary, word_forms
from embeddings.compounds import CompoundSplitter
from embeddings.dutch_words import DutchWords
from embeddings.spelling import Speller

WORDS = {
    "conflictscheidingen": 9,
    "thuiszitters": 7,
    "thuiszitten": 7,
    "mantelzorg": 4,
    "jeugdhulp": 40,
    "jeugdhulpregio": 2,
    "schuldhulpverlening": 3,
    "school": 20,
    "wapen": 3,
    "onderwijs": 30,
    "ouders": 9,
    "ouderen": 9,
    "vuurwerk": 1,
    "honden": 1,
    "eisen": 2,
    "eigen": 2,
}
DUTCH = DutchWords(CompoundSplitter())


def vocabulary_of(words: dict[str, int]) -> Vocabulary:
    by_letter: dict[str, dict[str, int]] = {}
    for word, count in words.items():
        by_letter.setdefault(word[0], {})[word] = count
    return Vocabulary(lambda letter: by_letter.get(letter, {}), lambda: ())


def speller(words: dict[str, int]) -> Speller:
    vocabulary = vocabulary_of(words)
    return Speller(lambda: vocabulary, DUTCH.knows)


def test_the_words_of_a_text() -> None:
    text = "De (conflict)scheidingen, jeugd(hulp) en M@ZL: 30 foto’s van één ﬁets, IHV13w. Jeugd-GGZ De"
    assert word_forms(text) == frozenset(
        "conflict scheidingen conflictscheidingen jeugd hulp jeugdhulp foto fiets".split()
    )


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("conflictscheidinge", "conflictscheidingen"),
        ("thuizitters", "thuiszitters"),
        ("matelzorg", "mantelzorg"),
        ("jeugthulp", "jeugdhulp"),
        ("schuldhulpverlenning", "schuldhulpverlening"),
        ("onderwjis", "onderwijs"),
        ("noderwijs", "onderwijs"),
        ("schol", None),
        ("ouedrs", "ouders"),
    ],
)
def test_a_slip_is_mended(slip: str, meant: str | None) -> None:
    assert speller(WORDS).correction(slip) == meant


@pytest.mark.parametrize(
    "word",
    [
        "hondenbelasting",  # correct, though no document has it
        "vuurwerkverbod",
        "mantelzorger",
        "jeugdhulp",  # a document has it
        "vapen",  # another first letter
        "scol",  # too short
        "jeugthlp",  # two edits in eight letters
        "jxugdhuplrego",  # three in thirteen
        "truancy",
        "m@zl",
        "2025",
        "",
    ],
)
def test_what_is_no_clear_slip_is_left_alone(word: str) -> None:
    assert speller(WORDS).correction(word) is None


def test_a_correct_word_is_not_mended_because_no_document_has_it() -> None:
    assert speller({"mantelzorgen": 5, "mantelzorgt": 3}).correction("mantelzorg") is None
    assert speller({"matelzorg": 1, "mantelzorg": 5}).correction("matelzorg") is None


def test_of_equally_near_words_the_commonest_then_the_first_by_alphabet() -> None:
    assert speller({"zorgkaart": 2, "zorgkaarx": 3}).correction("zorgkaarq") == "zorgkaarx"
    assert speller({"zorgkaarz": 2, "zorgkaarx": 2}).correction("zorgkaarq") == "zorgkaarx"
    assert speller({"zorgkaarqq": 1, "zorgkaabb": 9}).correction("zorgkaarq") == "zorgkaarqq"


def test_documents_are_not_asked_about_correct_words() -> None:
    def unread() -> Vocabulary:
        raise AssertionError("the vocabulary was read")

    assert Speller(unread, DUTCH.knows).correction("hondenbelasting") is None
    with pytest.raises(AssertionError, match="was read"):
        Speller(unread, DUTCH.knows).correction("jeugthulp")


def test_one_unknown_word_among_200_000_takes_milliseconds() -> None:
    letters = random.Random(3)
    words = {
        letters.choice("abdeghijklmnoprstvwz")
        + "".join(letters.choices(string.ascii_lowercase, k=letters.randint(4, 15)))
        for _ in range(200_000)
    }
    slow = speller(dict.fromkeys(words, 1) | {"jeugdhulp": 1})
    assert slow.correction("jeugthulp") == "jeugdhulp"
    durations = []
    for word in ("jeugthulp", "schuldhulpverlenning", "bgtrwsdfe", "oplkjhgfd", "eenzaamhied"):
        started = time.perf_counter()
        slow.correction(word)
        durations.append(time.perf_counter() - started)
    assert sorted(durations)[2] < 0.02
