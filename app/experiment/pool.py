"""The passages that an experiment searches: texts of the knowledge base or of a BEIR set, split as the product does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from app.evaluation_sets import BeirText
from app.experiment.recipe import Embedded
from corpus.document import Document, Section, SectionKind
from corpus.passage import Passage, embedded_text
from corpus.register import Register
from corpus.vocabulary import Abbreviation, Vocabulary
from ingest.split import split
from ingest.wording import wording_of


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that questions are asked of; `name` is what a set of questions calls it (source file, or BEIR id)."""

    id: str
    name: str
    title: str | None
    document: Document


@dataclass(frozen=True, slots=True)
class PoolPassage:
    """A passage and the text that it is of."""

    source: SourceText
    passage: Passage

    @property
    def is_body(self) -> bool:
        return self.passage.kind is SectionKind.BODY

    def embedded(self, parts: Embedded) -> str:
        """The text of it that is embedded."""
        title = self.source.title if parts is Embedded.TITLE_HEADING_QUOTE else None
        section = () if parts is Embedded.QUOTE else self.passage.section
        return embedded_text(title, section, self.passage.quote)


class Pool:
    """The passages of some texts, in order."""

    def __init__(self, passages: Sequence[PoolPassage]) -> None:
        self.passages = tuple(passages)

    @classmethod
    def of(cls, texts: Iterable[SourceText], target: int) -> "Pool":
        """The passages of these texts, split near `target` characters."""
        return cls(
            [PoolPassage(text, passage) for text in texts for passage in split(text.id, text.document, target=target)]
        )

    def __len__(self) -> int:
        return len(self.passages)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words and abbreviations of the passages, as the register keeps them of active documents."""
        words: Counter[str] = Counter()
        abbreviations: dict[Abbreviation, None] = {}
        for _, group in groupby(self.passages, key=lambda each: each.source.id):
            own = list(group)
            wording = wording_of(own[0].source.title, [each.passage for each in own])
            words.update(wording.words)
            abbreviations.update(dict.fromkeys(wording.abbreviations))
        found = tuple(abbreviations)
        return Vocabulary(
            lambda letter: {word: count for word, count in words.items() if word.startswith(letter)}, lambda: found
        )


def texts_of_register(register: Register) -> tuple[SourceText, ...]:
    """The active documents of a knowledge base."""
    texts = []
    for document in register.snapshot().documents:
        stored = register.text(document.version)
        content = Document.of_text(stored.text, stored.sections, stored.pages)
        metadata = document.metadata
        texts.append(SourceText(document.version, metadata.source_file, metadata.title, content))
    return tuple(texts)


def texts_of_corpus(corpus: Iterable[BeirText]) -> tuple[SourceText, ...]:
    """The texts of a BEIR set, each a document of one section, as it stands."""
    return tuple(
        SourceText(
            text.id,
            text.id,
            text.title,
            Document.of_text(text.text, (Section((), SectionKind.BODY, 0, 0, len(text.text)),)),
        )
        for text in corpus
    )
