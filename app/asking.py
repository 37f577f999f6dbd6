"""Asks the documents of one moment, with all that questions are read and verdicts are given with."""

from collections.abc import Callable
from typing import TypeVar

from app.calibration import Calibration, Calibrations
from app.comparing.aspects import packaged_aspects
from app.current_index import CurrentIndex
from app.near_identical import AlikeDocuments
from app.question_reader import QuestionReader
from app.search import Comparing, Judging, Search
from app.settings import Settings
from app.topic import TopicFinder
from corpus.errors import DataDirectoryError
from corpus.municipalities import Municipalities
from corpus.readers import Readers
from corpus.register import Register
from corpus.stored import Generation, Refusal, Snapshot
from embeddings.lexical import Lexicon

_Result = TypeVar("_Result")
_Refusals = tuple[Refusal, ...]


class Asking:
    """What every question of a knowledge base has in common; safe to use from several threads."""

    def __init__(
        self,
        settings: Settings,
        register: Register,
        readers: Readers,
        index: CurrentIndex,
        municipalities: Municipalities,
        alike: AlikeDocuments,
    ) -> None:
        self._settings = settings
        self._register = register
        self._readers = readers
        self._index = index
        self._alike = alike
        self._reader = QuestionReader.of(register.vocabulary, Lexicon.stem, [each.name for each in municipalities])
        self._topics = TopicFinder(municipalities)
        self._aspects = packaged_aspects()
        self._calibrations = Calibrations(settings.data_dir)

    def ask(self, ask: Callable[[Search], _Result], before_ingest: Callable[[_Refusals], _Result]) -> _Result:
        """Ask one moment's documents, or give what holds before the first ingest.

        Once more where another process took that moment's index away meanwhile.
        """
        with self._readers.reading():
            snapshot = self._register.snapshot()
            try:
                return self._ask(snapshot, ask, before_ingest)
            except DataDirectoryError:
                later = self._register.snapshot()
                if later.generation == snapshot.generation:
                    raise
                return self._ask(later, ask, before_ingest)

    def calibration(self, generation: Generation) -> Calibration | None:
        """That with which verdicts on this index are given, if there is one."""
        return self._calibrations.get(generation, self._settings.uses_tokens(generation))

    def _ask(
        self, snapshot: Snapshot, ask: Callable[[Search], _Result], before_ingest: Callable[[_Refusals], _Result]
    ) -> _Result:
        current, refusals = self._index.get(snapshot.generation), self._register.refusals()
        if current is None:
            return before_ingest(refusals)
        judging = Judging(self._topics, lambda: self.calibration(current.generation))
        comparing = Comparing(self._aspects, lambda: self._alike.of(snapshot))
        return ask(Search(self._register, snapshot, refusals, current.retriever, self._reader, judging, comparing))
