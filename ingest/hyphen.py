"""A hyphen at a line end: part of the word, or only there to break it?"""

import re
from collections import Counter
from enum import Enum

_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_LEFT = re.compile(r"([^\W_]+(?:[-‐‑][^\W_]+)*)[-‐‑]$")
_RIGHT = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_SUSPENDED = frozenset(
    {"en", "of", "tot", "noch", "t/m", "resp", "als", "dan", "naar", "respectievelijk", "and", "or", "to"}
)
_PREFIXES_WITH_HYPHEN = frozenset({"ex", "niet", "non", "oud", "pro", "e", "sociaal", "zuid", "noord", "oost", "west"})


_HYPHENS = frozenset("-‐‑")
_LONGEST_WORD = 100
_MOST_LOOKUPS = 4000


class Mending(Enum):
    """What becomes of a hyphen between two lines."""

    DROP = "the two halves are one word"
    KEEP = "the hyphen belongs to the word"
    SUSPEND = "the word is cut short on purpose, as in 'welzijns- en zorgpartners'"
    NONE = "there is no hyphen to mend"


class Vocabulary:
    """The words of one document, the judge of what its broken words should be."""

    def __init__(self, text: str) -> None:
        self._counts = Counter(word.lower().replace("‐", "-").replace("‑", "-") for word in _WORD.findall(text))
        self._words = "\n".join(self._counts)
        self._looked_up: dict[str, bool] = {}

    def mend(self, left: str, right: str) -> Mending:
        """How to join the line `left` that ends with a hyphen to the line `right`.

        The form that occurs elsewhere in the document wins; without one, a small letter after letters means that
        the word was broken, and a capital, digit or abbreviation that the hyphen was meant.
        """
        if left[-1:] not in _HYPHENS:
            return Mending.NONE
        before, after = _LEFT.search(left[-_LONGEST_WORD:]), _RIGHT.match(right[:_LONGEST_WORD])
        if before is None or after is None:
            return Mending.SUSPEND if before and right.startswith("(") else Mending.NONE
        head, tail = before.group(1), after.group(0)
        if tail.lower() in _SUSPENDED:
            return Mending.SUSPEND
        if not tail[0].islower() or not head[-1].islower() or _is_abbreviation(head):
            return Mending.KEEP
        whole, parted = (head + tail).lower(), f"{head}-{tail}".lower()
        joined, hyphened = self._counts[whole], self._counts[parted]
        if joined == hyphened:
            joined, hyphened = self._is_within(whole), self._is_within(parted)
        if joined != hyphened:
            return Mending.DROP if joined > hyphened else Mending.KEEP
        return Mending.KEEP if _takes_hyphen(head, tail) else Mending.DROP

    def _is_within(self, word: str) -> bool:
        """Whether any word of the document holds this one, as 'jeugdzorg-onderwijs' holds 'zorg-onderwijs'."""
        if word not in self._looked_up and len(self._looked_up) < _MOST_LOOKUPS:
            self._looked_up[word] = word in self._words
        return self._looked_up.get(word, False)


def _takes_hyphen(head: str, tail: str) -> bool:
    """Whether compounds with this first part are always written with a hyphen, as 'medisch-orthopedagogisch' is."""
    return head.lower() in _PREFIXES_WITH_HYPHEN or (head.lower().endswith("isch") and len(tail) > 3)


def _is_abbreviation(head: str) -> bool:
    last = re.split(r"[-‐‑]", head)[-1]
    return len(last) == 1 or sum(character.isupper() for character in last) > 1
