"""From the passages found for a topic to what they say of each aspect."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.aspects.amount import find_amounts
from app.aspects.aspect import Aspect
from app.aspects.extract import Extract
from app.aspects.features import features
from app.aspects.model import AspectModel, Weigher
from app.aspects.statement import Statement, find_statements
from app.aspects.statement_vectors import StatementVectors
from app.aspects.years import action_years
from corpus.passage import Passage

_MOST_READ = 4096  # passages whose statements are kept: a passage is often found for several topics


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage, with the line that introduces the list in which it begins (ingest.lead_in), None where none does."""

    passage: Passage
    lead_in: str | None = None


class AspectExtractor:
    """Extracts from passages; safe to use from several threads.

    The meaning of statements takes part only where `vectors` are of the encoder that the model was fitted with. That
    costs the encoding of every statement once.
    """

    def __init__(self, model: AspectModel, vectors: StatementVectors | None = None) -> None:
        meaning = model.meaning
        if vectors is None or meaning is None or meaning.fingerprint != vectors.fingerprint:
            self._vectors, self._mean, self._weigher = None, np.zeros(0, dtype=np.float32), Weigher(model.words)
        else:
            self._vectors, self._weigher = vectors, Weigher(meaning.aspects)
            self._mean = np.asarray(meaning.mean, dtype=np.float32)
        self._read = lru_cache(maxsize=_MOST_READ)(self._read_by_words)

    def extract(self, passages: Sequence[FoundPassage]) -> dict[Aspect, tuple[Extract, ...]]:
        """What the passages say, in their order; every aspect is there, an empty one too.

        A statement can be of several aspects. What a document version says twice in the same words comes once.
        """
        extracts: dict[Aspect, list[Extract]] = {aspect: [] for aspect in Aspect}
        versions = {found.passage.id: found.passage.version for found in passages}
        said: set[tuple[Aspect, str, str]] = set()
        for statement, judged in self._judged(passages):
            for aspect, probability in judged.items():
                key = (aspect, versions[statement.passage], statement.text)
                if key not in said:
                    said.add(key)
                    extracts[aspect].append(_extract(statement, aspect, probability))
        return {aspect: tuple(found) for aspect, found in extracts.items()}

    def _judged(self, passages: Sequence[FoundPassage]) -> list[tuple[Statement, dict[Aspect, float]]]:
        if self._vectors is None:
            return [each for found in passages for each in self._read(found)]
        statements = [statement for found in passages for statement in find_statements(found.passage, found.lead_in)]
        if not statements:
            return []
        vectors = self._vectors.of([statement.text for statement in statements])
        judged = self._weigher.judge_all([features(statement) for statement in statements], vectors - self._mean)
        return list(zip(statements, judged, strict=True))

    def _read_by_words(self, found: FoundPassage) -> tuple[tuple[Statement, dict[Aspect, float]], ...]:
        """What the statements of one passage are of, meaning left out."""
        statements = find_statements(found.passage, found.lead_in)
        judged = self._weigher.judge_all([features(statement) for statement in statements])
        return tuple(zip(statements, judged, strict=True))


def _extract(statement: Statement, aspect: Aspect, probability: float) -> Extract:
    return Extract(
        aspect=aspect,
        passage=statement.passage,
        start=statement.start,
        end=statement.end,
        text=statement.text,
        probability=round(probability, 4),
        years=action_years(statement.text, statement.headings) if aspect is Aspect.ACTIONS else (),
        amounts=tuple(find_amounts(statement)) if aspect is Aspect.MONEY else (),
    )
