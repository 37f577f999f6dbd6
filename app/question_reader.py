"""What a question asks for: its words with slips mended, its exact phrases, and the other words for the same."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.mending import mend
from app.quoted import pieces
from corpus.vocabulary import Abbreviation, Vocabulary, word_forms
from embeddings.compounds import CompoundSplitter
from embeddings.dutch_words import DutchWords
from embeddings.spelling import Speller
from embeddings.synonyms import Synonyms
from embeddings.term_groups import Link, TermGroups

_MOST_LONG_FORMS = 3  # of one abbreviation: documents may each have their own
_FEW_WORDS = 3  # beside a phrase
_SHORTEST_ABBREVIATION = 3  # that may be asked without its capitals


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is searched.

    `text` has its slips mended and its quotation marks off; `phrases` must stand in a passage just so; `mended` are
    the words put in place of slips; `also` are other words for what it asks, in order of appearance. Of a question
    that is not `dutch`, words say nothing about what Dutch documents say.
    """

    text: str
    phrases: tuple[str, ...]
    mended: tuple[str, ...]
    also: tuple[str, ...]
    dutch: bool

    @property
    def only_phrases(self) -> bool:
        """Whether it asks for its phrases and hardly anything else."""
        return len(self.text.split()) - sum(len(phrase.split()) for phrase in self.phrases) <= _FEW_WORDS


class QuestionReader:
    """Reads questions against what the active documents say; safe to use from several threads.

    `abbreviations` gives those of the active documents, the same object until they change; `is_word` says whether a
    lower-case short form is a word of its own (KIES), which only its capitals tell apart.
    """

    def __init__(
        self,
        abbreviations: Callable[[], tuple[Abbreviation, ...]],
        synonyms: Synonyms,
        speller: Speller,
        stem: Callable[[str], str],
        is_word: Callable[[str], bool],
    ) -> None:
        self._abbreviations = abbreviations
        self._synonyms = synonyms
        self._speller = speller
        self._stem = stem
        self._is_word = is_word
        self._known: tuple[tuple[Abbreviation, ...], TermGroups] = ((), TermGroups((), stem))

    @classmethod
    def of(
        cls, vocabulary: Callable[[], Vocabulary], stem: Callable[[str], str], names: Iterable[str] = ()
    ) -> "QuestionReader":
        """A reader for what the active documents say; the words of `names`, such as municipalities, are no slips."""
        splitter = CompoundSplitter()
        dutch, own = DutchWords(splitter), frozenset(word for name in names for word in word_forms(name))
        speller = Speller(vocabulary, lambda word: word in own or dutch.knows(word))
        return cls(lambda: vocabulary().abbreviations, Synonyms(stem), speller, stem, splitter.lists)

    def read(self, text: str) -> AskedQuestion:
        """The question as it is searched; what stands between quotation marks is neither mended nor widened."""
        texts: list[str] = []
        mended: list[str] = []
        wide: list[str] = []
        dutch = True
        parts = pieces(unicodedata.normalize("NFC", text))
        for part in parts:
            if part.quoted:
                texts.append(part.text)
                continue
            better = mend(part.text, self._speller)
            texts.append(better.text)
            mended.extend(better.words)
            dutch = dutch and better.dutch
            wide.extend(self._other_words(better.text))
        asked = "".join(texts)
        return AskedQuestion(
            text=asked if len(parts) == 1 else " ".join(asked.split()),
            phrases=tuple(dict.fromkeys(part.text for part in parts if part.quoted)),
            mended=tuple(dict.fromkeys(mended)),
            also=tuple(self._new_to(asked, wide)),
            dutch=dutch,
        )

    def _other_words(self, text: str) -> list[str]:
        matches = [*self._synonyms.terms.matches(text), *self._abbreviation_terms().matches(text)]
        matches.sort(key=lambda match: match.start)
        return [other for match in matches for other in match.link.brings]

    def _new_to(self, text: str, others: Iterable[str]) -> Iterator[str]:
        """Those that the text does not say itself, and no inflection of one before."""
        terms = self._synonyms.terms
        said, seen = terms.key(text), set[tuple[str, ...]]()
        for other in others:
            key = terms.key(other)
            if key not in seen and not _holds(said, key):
                seen.add(key)
                yield other

    def _abbreviation_terms(self) -> TermGroups:
        known, terms = self._known
        current = self._abbreviations()
        if current is not known:
            terms = TermGroups(self._links(current), self._stem)
            self._known = current, terms
        return terms

    def _links(self, abbreviations: Iterable[Abbreviation]) -> Iterator[Link]:
        """Each short form with its long forms, and each long form with its short forms."""
        long_forms: dict[str, dict[str, str]] = {}
        short_forms: dict[str, dict[str, None]] = {}
        for pair in abbreviations:
            long_forms.setdefault(pair.short, {}).setdefault(_letters(pair.long), pair.long)
            short_forms.setdefault(pair.long, {})[pair.short] = None
        for short, longs in long_forms.items():
            strict = len(short) < _SHORTEST_ABBREVIATION or self._is_word(short.lower())
            yield Link(short, tuple(longs.values())[:_MOST_LONG_FORMS], as_written=strict)
        for long, shorts in short_forms.items():
            yield Link(long, tuple(shorts))


def _letters(text: str) -> str:
    """What two ways of writing the same name share: Integraal Zorg Akkoord, integraal zorgakkoord."""
    return "".join(filter(str.isalnum, text.lower()))


def _holds(words: tuple[str, ...], some: tuple[str, ...]) -> bool:
    return any(words[place : place + len(some)] == some for place in range(len(words) - len(some) + 1))
