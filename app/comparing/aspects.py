"""What passages say of each aspect, each passage read once."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from app.aspects.aspect import Aspect
from app.aspects.extract import Extract
from app.aspects.extractor import AspectExtractor, FoundPassage
from app.aspects.model import packaged_model
from corpus.bounded import Bounded
from corpus.passage import Passage

_STATEMENTS = 50_000  # kept in memory: some twenty megabytes

_Extracts = Mapping[Aspect, tuple[Extract, ...]]


class PassageAspects:
    """Extracts from passages and keeps what was extracted; safe to use from several threads.

    A passage never changes: another text has another id.
    """

    def __init__(self, extractor: AspectExtractor) -> None:
        self._extractor = extractor
        self._kept: Bounded[str, _Extracts] = Bounded(
            _STATEMENTS, lambda extracts: 1 + sum(len(each) for each in extracts.values())
        )

    def of(
        self, passages: Sequence[Passage], lead_in: Callable[[Passage], str | None]
    ) -> dict[Aspect, tuple[Extract, ...]]:
        """What the passages say, in their order; every aspect is there, an empty one too.

        What a document version says twice in the same words comes once. `lead_in` gives the line that introduces the
        list in which a passage begins.
        """
        found: dict[Aspect, dict[tuple[str, str], Extract]] = {aspect: {} for aspect in Aspect}
        for each in passages:
            for aspect, extracts in self._of(each, lead_in).items():
                for extract in extracts:
                    found[aspect].setdefault((each.version, extract.text), extract)
        return {aspect: tuple(extracts.values()) for aspect, extracts in found.items()}

    def _of(self, passage: Passage, lead_in: Callable[[Passage], str | None]) -> _Extracts:
        if (known := self._kept.get(passage.id)) is not None:
            return known
        extracts = self._extractor.extract([FoundPassage(passage, lead_in(passage))])
        self._kept.put(passage.id, extracts)
        return extracts


@cache
def packaged_aspects() -> PassageAspects:
    """With the model that comes with the product, on words and signs alone: encoding takes seconds a topic."""
    return PassageAspects(AspectExtractor(packaged_model()))
