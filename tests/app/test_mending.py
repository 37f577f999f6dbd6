"""Slips in the words of a question, and what is left alone."""

import pytest

from app.mending import mend
from corpus.vocabulary import Vocabulary
from embeddings.compounds import CompoundSplitter
from embeddings.dutch_words import DutchWords
from embeddings.spelling import Speller

WORDS = (
    "jeugdhulp jeugdzorg thuiszitters conflictscheidingen ouders youth information kinderen client amersfoort".split()
)
VOCABULARY = Vocabulary(lambda letter: {word: 1 for word in WORDS if word[0] == letter}, lambda: ())
SPELLER = Speller(lambda: VOCABULARY, DutchWords(CompoundSplitter()).knows)


@pytest.mark.parametrize(
    ("text", "mended", "words"),
    [
        ("conflictscheidinge", "conflictscheidingen", ("conflictscheidingen",)),
        ("Thuizitters in Utrecht", "thuiszitters in Utrecht", ("thuiszitters",)),
        ("Geld? Jeugthulp en jeugthulp", "Geld? jeugdhulp en jeugdhulp", ("jeugdhulp",)),
        ("jeugthulp/jeugtzorg, €30.000", "jeugdhulp/jeugdzorg, €30.000", ("jeugdhulp", "jeugdzorg")),
        ("de jeugthulp-aanbieder (jeugtzorg)", "de jeugdhulp-aanbieder (jeugdzorg)", ("jeugdhulp", "jeugdzorg")),
        ("thuizitters jeugthulp", "thuiszitters jeugdhulp", ("thuiszitters", "jeugdhulp")),
    ],
)
def test_mended(text: str, mended: str, words: tuple[str, ...]) -> None:
    found = mend(text, SPELLER)
    assert (found.text, found.words) == (mended, words)


@pytest.mark.parametrize(
    "text",
    [
        "hondenbelasting en een vuurwerkverbod",
        "mantelzorg",  # correct, though no document has it
        "het plan van Jeugthulp",  # a name
        "JEUGTHULP",  # an abbreviation
        "jeugTHulp",
        "www.jeugthulp.nl of info@jeugthulp.nl of jeugthulp.nl",
        "jeugthulp2 en 2jeugthulp en #jeugthulp",
        "What does Utrecht do about yoth?",
        "yoth mental health",  # no known word, and one that cannot be mended
        "jeugd-en-gezin 13-weken",
        "",
        "?!",
    ],
)
def test_left_alone(text: str) -> None:
    found = mend(text, SPELLER)
    assert (found.text, found.words) == (text, ())


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("what do you do for children of divorced parents", False),
        ("How do they support families in debt?", False),
        ("Wat doet de gemeente aan sport for all?", True),
        ("of er in de wijk iets is voor ouders", True),
        ("jeugdhulp", True),
    ],
)
def test_the_words_of_one_language_only_tell_which_it_is(text: str, dutch: bool) -> None:
    assert mend(text, SPELLER).dutch is dutch
