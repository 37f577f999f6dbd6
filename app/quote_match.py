"""When a passage covers a labelled quote."""

import difflib
import re
import unicodedata
from functools import lru_cache

_LEAST_SHARED = 12
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00ad": "", "\ufffd": ""})


@lru_cache(maxsize=200_000)  # a report judges the same passages for a hundred ways of searching
def covers(passage: str, quote: str) -> bool:
    """Whether the passage contains the quote, or at least half of it in one piece of twelve characters or more.

    Both are folded first: NFKC, lower case, white space, hyphenation over line ends, bullets and asterisks.
    """
    folded, wanted = _folded(passage), _folded(quote)
    if wanted in folded:
        return True
    matcher = difflib.SequenceMatcher(None, folded, wanted, autojunk=False)
    shared = matcher.find_longest_match().size
    return shared >= len(wanted) / 2 and shared >= _LEAST_SHARED


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = re.sub(r"(?<=\w)-\s*\n\s*(?=[a-z])", "", text)
    text = re.sub("[*•]", " ", text)
    return re.sub(r"\s+", " ", text).strip().lower()
