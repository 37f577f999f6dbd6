"""What municipalities say on each side of a topic, next to each other in a Word report."""

from collections.abc import Iterator
from itertools import pairwise

from app.report.contents import Chapter, Place
from app.report.sides import SIDES
from app.report.word.blocks import Block, Cell, Heading, Note, Paragraph, Style, Table, Text, cell, plain

_COLUMNS = 3
_FIRST, _WIDTH = 2.3, 17.0


def sides(chapter: Chapter) -> Iterator[Block]:
    """Sides by municipalities, those without any statement left out; a few municipalities to a table."""
    telling = [place for place in chapter.places if place.sides]
    if not telling:
        return
    yield Heading(3, "Wat de gemeenten willen en doen")
    count = -(-len(telling) // _COLUMNS)
    ends = [number * len(telling) // count for number in range(count + 1)]
    for start, end in pairwise(ends):
        yield _table(chapter, telling[start:end])


def _table(chapter: Chapter, places: list[Place]) -> Table:
    names = [name for name in SIDES if any(side.name == name for place in places for side in place.sides)]
    rows = [(cell(name, head=True), *(_cell(place, name) for place in places)) for name in names]
    width = (_WIDTH - _FIRST) / len(places)
    summary = f"Wat gemeenten zeggen over {chapter.topic}: {', '.join(name.lower() for name in names)}"
    header = ("Aspect", *(place.name for place in places))
    return Table(summary, (_FIRST, *[width] * len(places)), header, rows, split=True)


def _cell(place: Place, name: str) -> Cell:
    """The statements; one out of a quote above refers to the note of that quote, others to one note a document."""
    quotes = {quote.passage for quote in place.quotes}
    paragraphs: list[Paragraph] = []
    for side in place.sides:
        for said in side.statements if side.name == name else ():
            quoted = said.passage in quotes
            note = Note(f"{place.anchor} {said.passage if quoted else said.document}", said.document)
            paragraphs.append(Paragraph(Style.CELL, (Text(said.text), note)))
            if not quoted:
                paragraphs.append(plain(said.place, Style.CELL_SOURCE))
            paragraphs += [plain(detail, Style.CELL_LIST) for detail in said.details]
    return Cell(paragraphs or (plain("–", Style.CELL),))
