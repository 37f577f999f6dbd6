"""Finds among the candidates what begins as somebody types."""

import heapq
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from app.suggestions.analysis import WordAnalysis
from app.suggestions.candidates import Candidate
from app.suggestions.folding import folded, folded_words
from app.suggestions.slips import near_beginnings
from embeddings.stopwords import STOP_WORDS

_FEWEST_LETTERS = 2
_SHORTEST_TAIL = 3  # letters from which on the part of a compound is looked up
_MOST_WORDS = 8
_SHORTEST_SLIP = 5
_LAST = "\U0010ffff"


class SuggestionIndex:
    """Candidates in their order, found by the beginnings of their text, their words and the parts of their words.

    Comes first what is just what was typed, or whose abbreviation is, then what begins so, then what has a word that
    does, then what has a part of a compound that does; within each the order of the candidates. What was typed in
    several words is found where each of them begins something, stop words apart. Only where nothing is found, one slip
    in a word of five letters or more is let pass.
    """

    def __init__(self, candidates: Sequence[Candidate], analysis: WordAnalysis) -> None:
        self._candidates = candidates
        texts = [" ".join(folded_words(candidate.text)) for candidate in candidates]
        self._words = [tuple(dict.fromkeys(text.split())) for text in texts]
        shorts = ((folded(each.short), number) for number, each in enumerate(candidates) if each.short)
        self._starts = _Beginnings([*((text, number) for number, text in enumerate(texts)), *shorts])
        self._whole = _Beginnings(
            [(word, number) for number, words in enumerate(self._words) for word in words if word not in STOP_WORDS]
        )
        self._vocabulary = sorted({word for words in self._words for word in words if word not in STOP_WORDS})
        tails = {
            (tail, number)
            for number, candidate in enumerate(candidates)
            for word in candidate.text.lower().split()
            for tail in analysis.tails(word.strip("()‘’“”'\":;,.?!&/-"))
        }
        self._tails = _Beginnings(tails)

    def __len__(self) -> int:
        return len(self._candidates)

    def find(self, typed: str, limit: int, documents: int = -1) -> tuple[Candidate, ...]:
        """The first candidates for what was typed that stand in any of these documents (a bit for each; all)."""
        words = folded_words(typed)[:_MOST_WORDS]
        if sum(map(len, words)) < _FEWEST_LETTERS:
            return ()
        found = self._found(words, limit, documents)
        return tuple(self._candidates[number] for number in found or self._after_a_slip(words, limit, documents))

    def _found(self, words: Sequence[str], limit: int, documents: int) -> list[int]:
        telling = [word for word in words[:-1] if word not in STOP_WORDS] + [words[-1]]
        chosen: dict[int, None] = {}
        for tier in (
            self._starts.equal_to(" ".join(words)),
            self._starts.beginning_with(" ".join(words)),
            self._of_words(telling, self._beginning_words),
            self._of_words(telling, self._beginning_parts),
        ):
            alive = {number for number in tier if self._candidates[number].documents & documents}
            chosen |= dict.fromkeys(heapq.nsmallest(limit - len(chosen), alive - chosen.keys()))
            if len(chosen) >= limit:
                break
        return list(chosen)

    def _beginning_words(self, word: str) -> Iterable[int]:
        return self._whole.beginning_with(word)

    def _beginning_parts(self, word: str) -> Iterator[int]:
        yield from self._whole.beginning_with(word)
        if len(word) >= _SHORTEST_TAIL:
            yield from self._tails.beginning_with(word)

    def _with_initial(self, word: str) -> Sequence[str]:
        """The words with the first letter of a word, and those that it begins with its first two letters swapped."""
        swapped = word[1] + word[0] + word[2:]
        return [*_range(self._vocabulary, word[0]), *_range(self._vocabulary, swapped)]

    @staticmethod
    def _of_words(words: Sequence[str], each: Callable[[str], Iterable[int]]) -> Iterable[int]:
        """What every word finds."""
        found = set(each(max(words, key=len)))
        for word in words:
            if found and len(words) > 1:
                found &= set(each(word))
        return found

    def _after_a_slip(self, words: Sequence[str], limit: int, documents: int) -> list[int]:
        """What is found with one word as it begins elsewhere in its place; of equally near ones all."""
        for place in sorted(range(len(words)), key=lambda place: -place):
            word = words[place]
            if len(word) < _SHORTEST_SLIP or any(True for _ in self._beginning_parts(word)):
                continue
            found: dict[int, None] = {}
            for better in near_beginnings(word, self._with_initial(word)):
                found |= dict.fromkeys(self._found([*words[:place], better, *words[place + 1 :]], limit, documents))
            return sorted(found)[:limit]
        return []


class _Beginnings:
    """Sorted strings, each with the numbers of candidates that it stands in."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(pairs)
        self._keys = [key for key, _ in ordered]
        self._numbers = array("I", (number for _, number in ordered))

    def beginning_with(self, prefix: str) -> Iterable[int]:
        """The numbers of all strings that begin so."""
        return self._numbers[bisect_left(self._keys, prefix) : bisect_left(self._keys, prefix + _LAST)]

    def equal_to(self, text: str) -> Iterable[int]:
        """The numbers of the strings that are just this."""
        return self._numbers[bisect_left(self._keys, text) : bisect_right(self._keys, text)]


def _range(ordered: Sequence[str], prefix: str) -> Sequence[str]:
    return ordered[bisect_left(ordered, prefix) : bisect_left(ordered, prefix + _LAST)]
