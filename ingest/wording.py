"""What a document version says: its word forms, and what its abbreviations stand for."""

from collections import Counter
from collections.abc import Sequence

from corpus.passage import Passage, embedded_text
from corpus.vocabulary import Wording, word_forms
from embeddings.compounds import CompoundSplitter
from ingest.abbreviation_definitions import AbbreviationFinder


def wording_of(title: str | None, passages: Sequence[Passage]) -> Wording:
    """The words that its passages are found by, title and headings included, and the abbreviations in their quotes."""
    texts = (embedded_text(title, passage.section, passage.quote) for passage in passages)
    words = Counter(word for text in texts for word in word_forms(text))
    finder = AbbreviationFinder(CompoundSplitter())
    return Wording(words, finder.find("\n".join(passage.quote for passage in passages)))
