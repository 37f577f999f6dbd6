"""All that the active documents suggest: each thing once, however it is inflected or written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.suggestions.analysis import WordAnalysis
from app.suggestions.folding import folded, folded_words
from app.suggestions.nouns import Nouns
from app.suggestions.offered import Offered
from app.suggestions.suggestion import SuggestionKind
from corpus.document import Municipality

_OFTEN = 3  # times in all documents together that make a word a topic
_OFTEN_COMPOUND = 2  # and one that is more exact
_MOST_LONG_FORMS = 2
_ARTICLES = frozenset(("de", "het", "een"))
_ORDER = (SuggestionKind.ABBREVIATION, SuggestionKind.HEADING, SuggestionKind.TOPIC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion with what it is ranked and found by.

    `documents` has a bit for each document of the sequence it was made of; `short` is the abbreviation in it or "".
    """

    text: str
    kind: SuggestionKind
    documents: int
    municipalities: int
    short: str = ""


@dataclass(slots=True)
class _Gathered:
    """The forms of one thing, each with how often it stands somewhere."""

    documents: int = 0
    forms: Counter[str] = field(default_factory=Counter)

    def add(self, form: str, times: int, document: int) -> None:
        self.forms[form] += times
        self.documents |= 1 << document


_Key = tuple[str, ...]


class Candidates:
    """Gathers candidates from what the documents offer; `names` are no topics, such as those of municipalities."""

    def __init__(self, analysis: WordAnalysis, names: Iterable[str]) -> None:
        self._analysis = analysis
        self._names = frozenset(word for name in names for word in folded_words(name))

    def of(self, offered: Sequence[Offered], municipalities: Sequence[Sequence[Municipality]]) -> tuple[Candidate, ...]:
        """The candidates of these documents, each with its municipalities: of most municipalities first, then of most
        documents, then the shorter, then by alphabet.
        """
        nouns = Nouns(offered, self._analysis)
        abbreviations, shorts = self._abbreviations(offered)
        found: dict[_Key, dict[SuggestionKind, _Gathered]] = {}
        for kind, gathered in (
            (SuggestionKind.ABBREVIATION, abbreviations),
            (SuggestionKind.HEADING, self._headings(offered, nouns)),
            (SuggestionKind.TOPIC, self._topics(nouns)),
        ):
            for key, forms in gathered.items():
                found.setdefault(key, {})[kind] = forms
        places = [frozenset(each.code for each in codes) for codes in municipalities]
        made = [self._candidate(kinds, shorts, places) for kinds in found.values()]
        return tuple(sorted(made, key=_rank))

    def _candidate(
        self,
        kinds: Mapping[SuggestionKind, _Gathered],
        shorts: Mapping[str, str],
        places: Sequence[frozenset[str]],
    ) -> Candidate:
        kind = next(each for each in _ORDER if each in kinds)
        documents = 0
        for gathered in kinds.values():
            documents |= gathered.documents
        holders = frozenset[str]().union(*(places[number] for number in _bits(documents)))
        text = _commonest(kinds[kind].forms)
        return Candidate(text, kind, documents, len(holders), shorts.get(text, ""))

    def _key(self, text: str) -> _Key:
        """What all ways to write the same have in common: the stems of its words but for articles."""
        words = folded_words(text)
        return tuple(self._analysis.stem(word) for word in words if word not in _ARTICLES or len(words) == 1)

    def _headings(self, offered: Sequence[Offered], nouns: Nouns) -> Mapping[_Key, _Gathered]:
        found: dict[_Key, _Gathered] = {}
        for number, each in enumerate(offered):
            for heading in each.headings:
                if any(self._is_telling(word) for word in folded_words(heading)):
                    shown = nouns.without_capitals(heading) if heading.isupper() else heading
                    found.setdefault(self._key(shown), _Gathered()).add(shown, 1, number)
        return found

    def _topics(self, nouns: Nouns) -> Mapping[_Key, _Gathered]:
        found: dict[_Key, _Gathered] = {}
        for topic in nouns:
            often = _OFTEN_COMPOUND if self._analysis.last_part(topic.shown.lower()) else _OFTEN
            if topic.count >= often and self._is_telling(folded(topic.shown)):
                found[self._key(topic.shown)] = _Gathered(topic.documents, Counter({topic.shown: topic.count}))
        return found

    def _abbreviations(self, offered: Sequence[Offered]) -> tuple[Mapping[_Key, _Gathered], Mapping[str, str]]:
        """Those with what they stand for by the key of the long form, and the short form in each text."""
        by_short: dict[str, dict[_Key, _Gathered]] = {}
        for number, each in enumerate(offered):
            for pair in each.abbreviations:
                if _is_plain(pair.short) and _is_plain(pair.long):
                    meant = by_short.setdefault(folded(pair.short), {})
                    meant.setdefault(self._joined(pair.long), _Gathered()).add(f"{pair.long} ({pair.short})", 1, number)
        found: dict[_Key, _Gathered] = {}
        shorts: dict[str, str] = {}
        for short, meant in by_short.items():
            kept = sorted(meant.values(), key=lambda each: (-each.documents.bit_count(), _commonest(each.forms)))
            for gathered in kept[:_MOST_LONG_FORMS]:
                long = _commonest(gathered.forms).rpartition(" (")[0]
                found.setdefault(self._key(long), gathered)
                shorts |= dict.fromkeys(gathered.forms, short)
        return found, shorts

    def _joined(self, long: str) -> _Key:
        """One for "Integraal Zorg Akkoord" and "integraal zorgakkoord"."""
        return ("".join(self._key(long)),)

    def _is_telling(self, word: str) -> bool:
        return not word.isdigit() and word not in self._names and self._analysis.says_something(word)


def _bits(documents: int) -> Iterator[int]:
    while documents:
        yield (documents & -documents).bit_length() - 1
        documents &= documents - 1


def _commonest(forms: Counter[str]) -> str:
    """The form that stands most; of equal ones that without capitals, then the shorter."""
    return min(forms, key=lambda form: (-forms[form], sum(map(str.isupper, form)), len(form), form))


def _rank(candidate: Candidate) -> tuple[int, int, int, str, str]:
    documents = candidate.documents.bit_count()
    return -candidate.municipalities, -documents, len(candidate.text), folded(candidate.text), candidate.text


def _is_plain(text: str) -> bool:
    return 0 < len(text) <= 80 and all(sign.isprintable() and sign not in "<>{}\u200e\u200f" for sign in text)
