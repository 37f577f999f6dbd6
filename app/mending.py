"""Slips of spelling in the words of a question, and what in it is none."""

import re
from dataclasses import dataclass

from embeddings.spelling import Speller
from embeddings.stopwords import STOP_WORDS

# A word of letters only, with hyphens perhaps: nothing in an address, a number or a form such as M@zl.
_WORD = re.compile(r"(?<![\w@#€&’'.-])[^\W\d_]+(?:-[^\W\d_]+)*-?(?![\w@&]|[.’'-]\w)")
_SENTENCE_START = re.compile(r"(?:^|[.?!:])[\s\"'“„‘«(]*$")
_SHORTEST = 4
_ENGLISH = frozenset(
    "about an and are can do does for from how our should that the their them there they this to what when where which "
    "who why with you your".split()
)
_EITHER = frozenset("a in is of on over was we".split())  # words of both languages
_DUTCH = STOP_WORDS - _ENGLISH - _EITHER


@dataclass(frozen=True, slots=True)
class Mended:
    """A text with its slips put right, the words that took their place, and whether it is Dutch at all."""

    text: str
    words: tuple[str, ...]
    dutch: bool


def mend(text: str, speller: Speller) -> Mended:
    """Put the words of the documents in the place of slips; names, abbreviations and English are left alone.

    A word with a capital inside a sentence is a name. A text with more function words that only English has than such
    that only Dutch has, or with more words that are neither known nor to be mended than known ones, is no Dutch; a
    single such word may be new.
    """
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end].lower() for start, end in spans]
    english = sum(word in _ENGLISH for word in words)
    if english > sum(word in _DUTCH for word in words):
        return Mended(text, (), dutch=False)
    places: list[tuple[int, int, str]] = []
    known = lost = 0
    for start, end in spans:
        if _is_name(text, start, end):
            continue
        place = start
        for word in text[start:end].lower().split("-"):
            after = place + len(word)
            if len(word) >= _SHORTEST:
                if speller.knows(word):
                    known += 1
                elif better := speller.correction(word):
                    places.append((place, after, better))
                else:
                    lost += 1
            place = after + 1
    dutch = lost < 2 or lost <= known
    if lost and not known:
        return Mended(text, (), dutch)
    for start, end, better in reversed(places):
        text = text[:start] + better + text[end:]
    return Mended(text, tuple(dict.fromkeys(better for _, _, better in places)), dutch)


def _is_name(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if any(letter.isupper() for letter in word[1:]):
        return True
    return word[0].isupper() and not _SENTENCE_START.search(text[:start])
