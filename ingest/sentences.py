"""Where a Dutch sentence ends."""

import re
from collections.abc import Iterator

from ingest.abbreviations import is_abbreviation

_END = re.compile(r"(?<![.!?…])[.!?…]+[’'”\")\]»]*\d{0,2}[¹²³⁰⁴-⁹]*\s+(?=[‘'“\"(\[«€#]*[^\W_])|[;:]\s+")
_LAST_WORD = re.compile(r"[^\s(\[‘'“\"/-]+$")


def sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    """The positions between `start` and `end` at which a new sentence of `text` begins, in order.

    A clause after ';' or ':' counts as one too. None ends at an abbreviation, an initial or before a small letter.
    """
    for match in _END.finditer(text, start, end):
        if match.end() >= end:
            return
        mark = text[match.start()]
        if mark in ".…" and (_is_abbreviation(text, start, match.start()) or text[match.end()].islower()):
            continue
        yield match.end()


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    match = _LAST_WORD.search(text, max(start, stop - 20), stop)
    if match is None:
        return False
    word = match.group().rstrip(".")
    return is_abbreviation(word)
