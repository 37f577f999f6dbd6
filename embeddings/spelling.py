"""Slips of spelling in a question, mended with the words that the documents use."""

from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.vocabulary import Vocabulary

_SHORTEST_MENDED = 5
_LONG = 9  # letters from which on two edits may be a slip


class Speller:
    """Finds the word that was meant; safe to use from several threads.

    `vocabulary` is asked only about a word that `known_word` does not know.
    """

    def __init__(self, vocabulary: Callable[[], Vocabulary], known_word: Callable[[str], bool]) -> None:
        self._vocabulary = vocabulary
        self._known_word = known_word

    def knows(self, word: str) -> bool:
        """Whether this lower-case word is correct, or stands in some active passage."""
        return self._known_word(word) or word in self._vocabulary()

    def correction(self, word: str) -> str | None:
        """The word of the documents that this lower-case word is a slip of; None where it is none that is clear.

        A word that is correct, or that some active passage holds, is no slip. Else the nearest word by
        Damerau-Levenshtein distance: one edit from five letters on, two from nine, the first letter kept unless it
        changed places with the second. Of equally near ones that of the most passages, then the first by alphabet.
        """
        if len(word) < _SHORTEST_MENDED or not word.isalpha() or self.knows(word):
            return None
        vocabulary = self._vocabulary()
        edits = 2 if len(word) >= _LONG else 1
        same = vocabulary.beginning_with(word[0])
        swapped = {} if word[1] == word[0] else vocabulary.beginning_with(word[1])
        begin = word[1] + word[0]
        choices = [each for each in same if abs(len(each) - len(word)) <= edits]
        choices += [each for each in swapped if abs(len(each) - len(word)) <= edits and each.startswith(begin)]
        near = process.extract(word, choices, scorer=DamerauLevenshtein.distance, score_cutoff=edits, limit=None)
        ranked = [(int(distance), -(same.get(each) or swapped.get(each) or 0), each) for each, distance, _ in near]
        return min(ranked)[2] if ranked else None
