"""Whether the characters of a page are words: fonts can give other characters than the page shows."""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from ingest.pages.page import Word

_COMMON = frozenset(
    "de het een en van in is te dat op voor met zijn aan er niet om ook door bij of als uit tot naar die dit wordt "
    "worden the of and to a in for is on that by with as are be this from at it or an not was we "
    "der die das und den von zu mit im für ist ein eine auf des dem nicht "
    "le la les des du et un une est pour dans que qui sur par au il ne pas "
    "el los las por con una del se su lo y no di ta pa na e su un den ku "
    "it fan yn foar mei op troch by oan net ek dy oer is".split()
)
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_VOWELS = frozenset("aeiouyàáâäãåèéêëìíîïòóôöõùúûüæœøı")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_FIGURES = re.compile(r"[(€$£ƒ+−–-]*\d[\d.,:/%-]*[)%*€]*|[-–—.…·_=|]+")
_WORD = re.compile(r"\W*[^\W\d_]+(?:['’./&()–-]+[^\W\d_]+)*\W*\d{0,3}\W*")
_FEWEST = 20
_MOST_ODD = 0.12
_MOST_PRIVATE = 0.3
_JUDGED_LETTERS = 150
_JUDGED_WORDS = 30
_FEW_LETTERS = 0.1
_FEW_COMMON = 0.02
_VOWEL_SHARES = (0.25, 0.6)
_FEW_PLAIN = 0.6
_FEW_TOLD = 0.35
_LINE_ODD = 0.3


class Legibility(Enum):
    """What the characters of a page amount to."""

    EMPTY = "no characters"
    WORDS = "words"
    GARBLED = "other characters than the page shows"


def judge(text: str, words: Sequence[Word]) -> Legibility:
    """What a page amounts to, by its text in the order of the file and its words."""
    if not words:
        return Legibility.EMPTY
    odd = len(_ODD.findall(text))
    visible = sum([len(word.text) for word in words])
    if odd > _MOST_ODD * max(visible, odd) or len(_PRIVATE.findall(text)) > _MOST_PRIVATE * visible:
        return Legibility.GARBLED
    if visible < _FEWEST:
        return Legibility.WORDS
    return Legibility.WORDS if _reads([word.text for word in words], visible) else Legibility.GARBLED


def is_damaged(text: str) -> bool:
    """Whether a line holds so many characters without meaning that it cannot be read."""
    odd = len(_ODD.findall(text))
    return odd > 2 and odd > _LINE_ODD * len(text)


@lru_cache(maxsize=8192)
def _is_told(word: str) -> bool:
    """Whether a word is one of letters or a number."""
    return bool(_WORD.fullmatch(word) or _FIGURES.fullmatch(word))


def _reads(words: Sequence[str], visible: int) -> bool:
    told = sum([len(word) for word in words if _is_told(word)])
    if visible >= _JUDGED_LETTERS and told < _FEW_TOLD * visible:
        return False
    whole = "".join(words)
    letters = "".join(_LATIN.findall(whole))
    foreign = "".join(_FOREIGN.findall(whole))
    others = sum(map(str.isalpha, foreign)) - len("".join(_LATIN.findall(foreign)))
    if len(letters) + others < _FEW_LETTERS * visible:
        figures = sum(len(word) for word in words if _FIGURES.fullmatch(word))
        return visible < _JUDGED_LETTERS or figures > 0.5 * visible
    common = sum([word.lower() in _COMMON for word in words])
    if common > _FEW_COMMON * len(words):
        return True
    lettered = [word for word in words if _LATIN.search(word)]
    if others > len(letters) or len(letters) < _JUDGED_LETTERS or len(lettered) < _JUDGED_WORDS:
        return True
    if common > _FEW_COMMON * len(lettered):
        return True
    vowels = sum(letter.lower() in _VOWELS for letter in letters) / len(letters)
    plain = sum(bool(_WORD.fullmatch(word)) for word in lettered) / len(lettered)
    return _VOWEL_SHARES[0] < vowels < _VOWEL_SHARES[1] and plain > _FEW_PLAIN
