"""Which words of the documents are nouns, by how they stand there, with all their inflected forms together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.suggestions.analysis import WordAnalysis
from app.suggestions.offered import Offered
from embeddings.stopwords import STOP_WORDS

_FEWEST = 2  # times in all, in any form
_SURE = 2  # times after an article from which on those tell whether it is a noun
_NOUN_SHARE = 0.3  # of them in which a noun stands at the end of its group
_SMALL_SHARE = 0.2  # of the times that a word stands without its capital where it is no name


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun: the form to show, how often it stands there in any form, and a bit for each document."""

    shown: str
    count: int
    documents: int


@dataclass(slots=True)
class _Form:
    """One way to write a word."""

    count: int = 0
    as_noun: int = 0
    otherwise: int = 0
    documents: int = 0


class Nouns:
    """The nouns of some documents together, and how their words are mostly written."""

    def __init__(self, offered: Sequence[Offered], analysis: WordAnalysis) -> None:
        self._analysis = analysis
        self._forms = _forms(offered)
        self._stems: dict[str, list[str]] = {}
        for word in self._forms:
            self._stems.setdefault(analysis.stem(word.lower()), []).append(word)
        shares = {stem: self._share(words) for stem, words in self._stems.items() if self._seen(words)}
        self._sure = {stem for stem, share in shares.items() if share >= _NOUN_SHARE}
        self._no_nouns = {stem for stem, share in shares.items() if not share and self._seen(self._stems[stem]) > _SURE}

    def __iter__(self) -> Iterator[Noun]:
        for words in self._stems.values():
            if sum(self._forms[word].count for word in words) < _FEWEST:
                continue
            if nouns := self._nouns_of([word for word in words if self._analysis.says_something(word.lower())]):
                forms = [self._forms[word] for word in nouns]
                documents = 0
                for form in forms:
                    documents |= form.documents
                yield Noun(self._shown(nouns), sum(form.count for form in forms), documents)

    def without_capitals(self, heading: str) -> str:
        """A heading in capitals as the documents write its words elsewhere; what they do not write stays."""
        text = " ".join(map(self._written, heading.split()))
        return text[:1].upper() + text[1:]

    def _written(self, word: str) -> str:
        lower = word.lower()
        words = [form for form in self._stems.get(self._analysis.stem(lower), ()) if form.lower() == lower != form]
        written = [form for form in (*words, lower) if form in self._forms and not form.isupper()]
        return self._shown(written) if written else lower if lower in STOP_WORDS else word

    def _nouns_of(self, words: Sequence[str]) -> list[str]:
        """The forms that are nouns."""
        share = self._share(words)
        often = sum(self._forms[word].as_noun for word in words) > _SURE
        return [word for word in words if self._is_noun(word, share >= _NOUN_SHARE, 1 if often else _SURE)]

    def _seen(self, words: Sequence[str]) -> int:
        """How often forms stand after an article."""
        return sum(self._forms[word].as_noun + self._forms[word].otherwise for word in words)

    def _share(self, words: Sequence[str]) -> float:
        """Of the times that forms stand after an article those as a noun; 0 where they never do."""
        return sum(self._forms[word].as_noun for word in words) / max(1, self._seen(words))

    def _is_noun(self, word: str, sure: bool, least: int) -> bool:
        """By its place after articles, at least so often; else by what it ends with or is a kind of."""
        lower = word.lower()
        if self._analysis.ends_as_adjective(lower):
            return False
        if (sure and self._forms[word].as_noun >= least) or self._analysis.ends_as_noun(lower):
            return True
        kind = self._analysis.last_part(lower)
        if not kind or self._analysis.looks_like_participle(kind):
            return kind in self._sure
        return kind not in self._no_nouns

    def _shown(self, words: Sequence[str]) -> str:
        """What stands most, without its capital where that only begins sentences and headings."""
        counts = {word: self._forms[word].count for word in words}
        totals = Counter[str]()
        for word, count in counts.items():
            totals[word.lower()] += count
        lower = min(totals, key=lambda word: (-totals[word], len(word), word))
        if counts.get(lower, 0) >= _SMALL_SHARE * totals[lower]:
            return lower
        return min((word for word in words if word.lower() == lower), key=lambda word: (-counts[word], word))


def _forms(offered: Sequence[Offered]) -> dict[str, _Form]:
    forms: dict[str, _Form] = {}
    for number, each in enumerate(offered):
        bit = 1 << number
        for word, count, as_noun, otherwise in each.words:
            form = forms.get(word)
            if form is None:
                form = forms[word] = _Form()
            form.count += count
            form.as_noun += as_noun
            form.otherwise += otherwise
            form.documents |= bit
    return forms
