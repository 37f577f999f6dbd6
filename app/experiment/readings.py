"""A question as it is searched, with mending and other words for the same each on or off."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from app.experiment.pool import Pool
from app.experiment.recipe import Reading
from app.question_reader import AskedQuestion, QuestionReader
from corpus.vocabulary import word_forms
from embeddings.compounds import CompoundSplitter
from embeddings.dutch_words import DutchWords
from embeddings.lexical import Lexicon
from embeddings.spelling import Speller
from embeddings.synonyms import SynonymGroup, Synonyms, load_groups
from embeddings.term_groups import TermGroups


class Readings:
    """Reads questions against a pool; `names`, such as municipalities, are no slips."""

    def __init__(self, pool: Pool, names: Iterable[str] = (), groups: Iterable[SynonymGroup] | None = None) -> None:
        splitter = CompoundSplitter()
        dutch, own = DutchWords(splitter), frozenset(word for name in names for word in word_forms(name))
        self.groups = load_groups() if groups is None else tuple(groups)
        self._pool = pool
        self._is_word = splitter.lists
        self._mending = Speller(lambda: pool.vocabulary, lambda word: word in own or dutch.knows(word))
        self._leaving = Speller(lambda: pool.vocabulary, lambda _: True)
        self._readers: dict[Reading, QuestionReader] = {}
        self._read: dict[tuple[str, Reading], AskedQuestion] = {}

    def read(self, text: str, reading: Reading) -> AskedQuestion:
        """The question as this reading has it searched."""
        if reading.without is not None and not self.touches(reading.without, text):
            reading = replace(reading, without=None)
        if (text, reading) not in self._read:
            if reading not in self._readers:
                self._readers[reading] = self._reader(reading)
            self._read[text, reading] = self._readers[reading].read(text)
        return self._read[text, reading]

    def touches(self, group: int, text: str) -> bool:
        """Whether a term of a group of synonyms stands in a question."""
        return any(True for _ in self._terms_of[group].matches(text))

    @cached_property
    def _terms_of(self) -> list[TermGroups]:
        return [Synonyms(Lexicon.stem, [group]).terms for group in self.groups]

    def _reader(self, reading: Reading) -> QuestionReader:
        groups = [group for number, group in enumerate(self.groups) if number != reading.without]
        found = self._pool.vocabulary.abbreviations if reading.abbreviations else ()
        return QuestionReader(
            lambda: found,
            Synonyms(Lexicon.stem, groups if reading.synonyms else ()),
            self._mending if reading.mended else self._leaving,
            Lexicon.stem,
            self._is_word,
        )
