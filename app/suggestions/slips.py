"""A slip in a word that is still being typed."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein


def near_beginnings(word: str, words: Sequence[str]) -> tuple[str, ...]:
    """The beginnings of `words` that are one edit from `word`, which has at least four letters.

    As long as `word`, or one letter more or less: what comes after may not be typed yet. One edit leaves the letters
    before the middle one as they are, or those after it but for their place.
    """
    length, middle = len(word), len(word) // 2
    before, after = word[:middle], word[middle + 1 :]
    places = (middle, middle + 1, middle + 2)
    likely = {
        each[:size]
        for each in words
        if each.startswith(before) or any(each.startswith(after, place) for place in places)
        for size in (length - 1, length, length + 1)
        if size <= len(each)
    }
    found = process.extract(word, sorted(likely), scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None)
    return tuple(each for each, _, _ in found)
