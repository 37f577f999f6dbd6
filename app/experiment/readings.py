"""A question as it is searched, with mending and other words for the same each on or off."""

from collections.abc import Iterable

from app.experiment.pool import Pool
from app.experiment.recipe import Reading
from app.question_reader import AskedQuestion, QuestionReader
from corpus.vocabulary import word_forms
from embeddings.compounds import CompoundSplitter
from embeddings.dutch_words import DutchWords
from embeddings.lexical import Lexicon
from embeddings.spelling import Speller
from embeddings.synonyms import SynonymGroup, Synonyms, load_groups


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

    def read(self, text: str, reading: Reading) -> AskedQuestion:
        """The question as this reading has it searched."""
        if reading not in self._readers:
            self._readers[reading] = self._reader(reading)
        return self._readers[reading].read(text)

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
