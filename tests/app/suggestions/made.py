"""Documents made for a test: headings with a text under each, in their municipalities."""

from collections.abc import Sequence

from app.suggestions.analysis import WordAnalysis
from app.suggestions.candidates import Candidates
from app.suggestions.index import SuggestionIndex
from app.suggestions.offered import Offered
from corpus.document import Municipality, Section, SectionKind
from corpus.stored import CanonicalText
from corpus.vocabulary import Abbreviation

A, B, C = Municipality("GM0001", "Eendorp"), Municipality("GM0002", "Tweestad"), Municipality("GM0003", "Driebergen")


def text_of(*parts: tuple[str, str], kind: SectionKind = SectionKind.BODY) -> CanonicalText:
    """Sections, each a heading with what stands under it."""
    text = ""
    sections = []
    for heading, body in parts:
        start = len(text)
        text += f"{heading}\n{body}\n"
        sections.append(Section((heading,), kind, start, start + len(heading), len(text)))
    return CanonicalText("0" * 64, text, (), tuple(sections))


def offered(*parts: tuple[str, str], abbreviations: Sequence[tuple[str, str]] = ()) -> Offered:
    return Offered(text_of(*parts), [Abbreviation(short, long) for short, long in abbreviations])


def index_of(*documents: tuple[Offered, Sequence[Municipality]]) -> SuggestionIndex:
    analysis = WordAnalysis()
    names = [each.name for each in (A, B, C)]
    made = Candidates(analysis, names).of([each for each, _ in documents], [places for _, places in documents])
    return SuggestionIndex(made, analysis)


def texts(index: SuggestionIndex, typed: str, limit: int = 8) -> list[str]:
    return [each.text for each in index.find(typed, limit)]
