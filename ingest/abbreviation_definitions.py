"""Abbreviations as a document itself defines them: "Lokaal Educatieve Agenda (LEA)", "LEA (Lokaal Educatieve Agenda)".

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (Pacific
Symposium on Biocomputing 2003), made stricter and Dutch: a letter stands for the beginning of a word or of a part of a
compound (zorg|verzekering|s|wet: Zvw), small words may be passed over, a number stands for that number, and what
follows a hyphen for itself (POH-jeugd). Precise rather than complete: a wrong pair would find the wrong passages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.vocabulary import Abbreviation
from embeddings.compounds import CompoundSplitter
from embeddings.stopwords import STOP_WORDS

_BRACKETS = re.compile(r"\(([^()]{2,120})\)")
_ANNOUNCED = re.compile(r"^(?:hierna|verder|afgekort|kortweg|ook wel|in het kort)\b[^:]{0,20}:?\s*", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[\n:;?!()•]|\.\s")
_WORD = re.compile(r"[^\W_]+")
_SHORT = re.compile(r"[A-Za-z][A-Za-z0-9@&.]{0,10}(?:-[A-Za-z]{1,12})?|[A-Z]{2,5} \d{1,3} ?[A-Za-z]?")
_SHORT_AT_END = re.compile(r"(?<![^\s(/‘'“\"])([A-Za-z][A-Za-z0-9@&]{1,10}(?:-[a-z]{1,12})?)[’'”\"]?\s*$")
_PLURAL = re.compile(r"(?:[’']s|-?ers|(?<=[A-Z])s)$")
_UNIT = re.compile(r"\d+|(?<=-)[a-z]{3,}|[A-Za-z@]")
_YEARS = re.compile(r"\s+\d{4}(?:\s*[-–/]\s*\d{4})?\s*$")  # Integraal Veiligheidsprogramma 2020-2022 (IVP)
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_LONGEST = 14  # words in a long form
_EDGES = " \t\n\"'‘’“”„«»,.-–*"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of what may be a long form: text[start:end], lower case, and where its parts begin in it."""

    form: str
    start: int
    end: int
    begins: frozenset[int]


class AbbreviationFinder:
    """Finds the abbreviations that a text defines between brackets, before or after them."""

    def __init__(self, splitter: CompoundSplitter) -> None:
        self._splitter = splitter

    def find(self, text: str) -> tuple[Abbreviation, ...]:
        """Every distinct pair, in the order of the text."""
        return tuple(dict.fromkeys(self._pairs(text)))

    def _pairs(self, text: str) -> Iterator[Abbreviation]:
        for match in _BRACKETS.finditer(text):
            before = text[max(0, match.start() - 200) : match.start()]
            before = before[max((end.end() for end in _CLAUSE_END.finditer(before)), default=0) :]
            inside = match.group(1)
            pair = self._short_inside(before, inside) or self._long_inside(before, inside)
            if pair is not None:
                yield pair

    def _short_inside(self, before: str, inside: str) -> Abbreviation | None:
        """Intensieve Hulp op Vrijwillige basis in 13 weken (IHV13w)."""
        short = _bare(re.split("[,;]", _ANNOUNCED.sub("", inside))[0])
        if not _SHORT.fullmatch(short) or not self._is_short_form(short):
            return None
        before = _YEARS.sub("", before)
        words = self._words(before)[-_LONGEST:]
        found = [
            (cost, len(words) - first, first)
            for first in range(len(words))
            if _may_begin(before, words[first:], short) and (cost := _cost(short, words[first:])) is not None
        ]
        if not found or before[words[-1].end :].strip(_EDGES):
            return None
        _, _, first = min(found)
        return _pair(short, before[words[first].start :])

    def _long_inside(self, before: str, inside: str) -> Abbreviation | None:
        """POH (praktijkondersteuner huisarts)."""
        match = _SHORT_AT_END.search(before)
        if match is None or not self._is_short_form(short := _bare(match.group(1))):
            return None
        long = re.split("[,;:]", inside)[0]
        words = self._words(long)
        if not words or len(words) > _LONGEST or not _may_begin(long, words, short) or _cost(short, words) is None:
            return None
        return _pair(short, long)

    def _is_short_form(self, short: str) -> bool:
        """Two capitals (IHV13w, NJi), or few letters that are no word (Wlz, lvb)."""
        capitals = sum(letter.isupper() for letter in short)
        if capitals >= 2:
            return True
        is_word = _VOWEL.search(short) and self._splitter.lists(short.lower())
        return 2 < len(short) <= 5 and short.isalpha() and not is_word

    def _words(self, text: str) -> list[_Word]:
        return [self._word(match) for match in _WORD.finditer(text)]

    def _word(self, match: re.Match[str]) -> _Word:
        written = match.group()
        form = written.lower()
        capitals = (
            {place for place, letter in enumerate(written) if letter.isupper()} if written != written.upper() else ()
        )
        return _Word(form, match.start(), match.end(), frozenset({0, *capitals, *self._begins(form)}))

    def _begins(self, form: str) -> set[int]:
        """Where the parts of a compound begin, and theirs: jeugd|gezondheid|s|zorg."""
        if form.endswith("wet") and len(form) > 6:  # too short to be a part for the splitter, and common here
            return {len(form) - 3} | self._begins(form[:-3].removesuffix("s"))
        begins, place = set(), 0
        for part in self._splitter.split(form):
            place = form.find(part[:-2], place)
            if place < 0:
                break
            begins |= {place, *(place + inner for inner in self._begins(part))}
        return begins


def _bare(short: str) -> str:
    return _PLURAL.sub("", short.strip(_EDGES))


def _pair(short: str, long: str) -> Abbreviation | None:
    long = " ".join(long.split()).strip(_EDGES)
    return Abbreviation(short, long) if len(long) > len(short) + 3 else None


def _may_begin(text: str, words: Sequence[_Word], short: str) -> bool:
    """Whether these words can be a name: not "staan in het Register Jeugd", not "van Nederlandse Gemeenten"."""
    if text[words[0].start].isupper() or short[0].islower():
        return True
    return words[0].form not in STOP_WORDS and not any(text[word.start].isupper() for word in words[1:])


def _cost(short: str, words: Sequence[_Word]) -> int | None:
    """How freely a short form must be read to stand for these words, first and last included; None: it does not.

    Only one with two capitals and four units may have a letter inside a word, or a word passed over.
    """
    units = [unit.lower().replace("@", "a") for unit in _UNIT.findall(short)]
    capitals = sum(letter.isupper() for letter in short)
    if len(units) < 2 or not words:
        return None
    best = _aligned(units, words)
    allowed = 0 if capitals < 2 or len(units) < 3 else 1 if len(units) == 3 else 3
    return best if best is not None and best <= allowed else None


def _aligned(units: Sequence[str], words: Sequence[_Word]) -> int | None:
    """The least cost of reading all units in order, the first at the very beginning and one in the last word."""
    if not _stands_at(units[0], words[0], 0):
        return None
    # state: (word, place after the last letter read in it) -> cost
    states = {(0, len(units[0])): 0}
    for unit in units[1:]:
        following: dict[tuple[int, int], int] = {}
        for (number, place), cost in states.items():
            for there, after, extra in _next_places(unit, words, number, place):
                key, total = (there, after), cost + extra
                if total < following.get(key, 99):
                    following[key] = total
        states = following
    ends = [cost for (number, _), cost in states.items() if number == len(words) - 1]
    return min(ends, default=None)


def _next_places(unit: str, words: Sequence[_Word], number: int, place: int) -> Iterator[tuple[int, int, int]]:
    """Where a unit can be read after a place in a word: (word, place after it, cost)."""
    word = words[number]
    for begin in range(place, len(word.form)):
        if _stands_at(unit, word, begin):
            yield number, begin + len(unit), 0 if begin in word.begins else 1 if begin == place else 2
    passed = 0
    for there in range(number + 1, len(words)):
        if _stands_at(unit, words[there], 0):
            yield there, len(unit), passed
        if words[there].form not in STOP_WORDS:
            passed += 2


def _stands_at(unit: str, word: _Word, place: int) -> bool:
    if unit.isdigit():
        return place == 0 and word.form == unit
    if len(unit) > 1:
        return word.form[place:] == unit and place in word.begins
    return word.form.startswith(unit, place)
