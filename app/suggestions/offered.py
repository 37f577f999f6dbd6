"""What one document version has to offer: its headings, abbreviations and words, with the signs that they are nouns."""

import re
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from app.suggestions.headings import headings_of
from corpus.stored import CanonicalText
from corpus.vocabulary import Abbreviation

_MOST = 65_535
_SHORTEST, _LONGEST = 4, 40
_MOST_HYPHENS = 2
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# A word after an article, with what follows: a noun ends its group, an adjective has its noun after it.
_AFTER_ARTICLE = re.compile(
    r"\b((?i:de|het|een|deze|onze|ons|hun|geen|elke|elk|ieder|iedere))\s+([^\W\d_]+(?:[-’'][^\W\d_]+)*)"
    r"(?=\s*([.;:?!)])|\s+([^\W\d_]+))"
)
_AFTER_A_NOUN = frozenset(
    "van voor in op met bij om tot tussen naar over aan door uit is zijn wordt worden werd heeft hebben kan kunnen die "
    "dat waar waarin dan als tijdens binnen buiten rond wil willen gaat blijft moet moeten zal zullen zich".split()
)
_NEUTER = frozenset(("het", "een", "ons", "elk", "ieder"))
_PRONOUN = "het"  # "het leidt tot": the verb ends in t, and only what follows tells that a noun does not


class Offered:
    """What a version offers; its words take some 15 bytes each."""

    __slots__ = ("_counts", "_nouns", "_others", "_words", "abbreviations", "headings")

    def __init__(self, text: CanonicalText, abbreviations: Iterable[Abbreviation]) -> None:
        self.headings = tuple(map(sys.intern, headings_of(text.sections)))
        self.abbreviations = tuple(dict.fromkeys(abbreviations))
        counts = Counter(filter(_is_word, _WORD.findall(text.text)))
        nouns, others = _signs(text.text)
        self._words = tuple(map(sys.intern, counts))
        self._counts = _small(counts[word] for word in counts)
        self._nouns = _small(nouns[word] for word in counts)
        self._others = _small(others[word] for word in counts)

    @property
    def words(self) -> Iterator[tuple[str, int, int, int]]:
        """Every distinct word of 4 to 40 letters as it is written, hyphens among them, with how often it stands there,
        how often after an article as a noun, and how often otherwise.
        """
        return zip(self._words, self._counts, self._nouns, self._others, strict=True)


def _is_word(found: str) -> bool:
    return _SHORTEST <= len(found) <= _LONGEST and found.count("-") <= _MOST_HYPHENS


def _signs(text: str) -> tuple[Counter[str], Counter[str]]:
    """The words that end their group after an article, and those that do not. "Het werken" is no noun of that form."""
    nouns: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for article, word, sign, follower in _AFTER_ARTICLE.findall(text):
        article = article.lower()
        if article in _NEUTER and word.endswith("en"):
            continue
        if article == _PRONOUN and word.endswith("t") and follower != "van":
            continue
        (nouns if sign or follower in _AFTER_A_NOUN else others)[word] += 1
    return nouns, others


def _small(numbers: Iterable[int]) -> "array[int]":
    return array("H", (min(number, _MOST) for number in numbers))
