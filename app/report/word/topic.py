"""The topics of a Word report: per topic the verdicts, the quotes of each municipality, and figures side by side."""

from collections.abc import Iterator, Sequence

from app.report.contents import Chapter, Part, Place
from app.report.word.blocks import Block, Cell, Heading, Note, Paragraph, Style, Table, Text, cell, plain, shortened
from app.report.word.matrix import shaded
from app.report.word.measures import measures
from app.report.word.sides import sides

_HEADER = ("Gemeente", "Oordeel", "Waarop het berust")
_WIDTHS = (3.2, 3.2, 10.6)


def parts(all_parts: Sequence[Part]) -> Iterator[Block]:
    """Every topic under the heading of its group."""
    for part in all_parts:
        yield Heading(1, shortened(part.name))
        for chapter in part.chapters:
            yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[Block]:
    yield Heading(2, shortened(chapter.topic))
    if chapter.question:
        yield Paragraph(Style.NORMAL, (Text("Vraag: ", bold=True), Text(chapter.question)), together=True)
    if chapter.also_searched:
        yield Paragraph(Style.NORMAL, (Text("Ook gezocht op: ", bold=True), Text(chapter.also_searched)), together=True)
    if chapter.error:
        yield Paragraph(Style.NORMAL, (Text("Dit onderwerp is niet gelukt. ", change=True), Text(chapter.error)))
        return
    summary = f"Oordelen over {shortened(chapter.topic)}"
    yield Table(summary, _WIDTHS, _HEADER, [_verdict(place) for place in chapter.places])
    yield from measures(chapter)
    for place in chapter.places:
        if place.quotes or place.differences:
            yield Heading(3, f"{place.name}: {place.cell.words}")
            if place.warning:
                yield Paragraph(Style.NORMAL, (Text(f"Let op: {place.warning}", change=True),), together=True)
            yield from _quotes(place)
            yield from _differences(place)
    yield from sides(chapter)


def _verdict(place: Place) -> tuple[Cell, ...]:
    told = [plain(f"{place.verdict[:1].upper()}{place.verdict[1:]}.", Style.CELL)]
    told += [plain(title, Style.CELL_LIST) for title in place.searched]
    told += [plain(f"niet gelezen: {title}", Style.CELL_LIST) for title in place.refused]
    if place.change:
        told.append(Paragraph(Style.CELL, (Text(f"Δ {place.change}", change=True),)))
    return (cell(place.name, head=True), shaded(place.cell), Cell(told))


def _quotes(place: Place) -> Iterator[Block]:
    for number, quote in enumerate(place.quotes, start=1):
        remarks = [Text(f"; {'; '.join(quote.remarks)}", change=True)] if quote.remarks else []
        label = f"Citaat {number} van {len(place.quotes)}" if len(place.quotes) > 1 else "Citaat"
        yield Paragraph(Style.SOURCE, (Text(label), *remarks), together=True)
        yield _quoted(quote.text, Note(f"{place.anchor} {quote.passage}", quote.source))


def _differences(place: Place) -> Iterator[Block]:
    for each in place.differences:
        told = f"Dit staat niet in {each.absent_from}, een andere versie"
        yield Paragraph(Style.SOURCE, (Text("Verschil; "), Text(told, change=True)), together=True)
        yield _quoted(each.text, Note(f"{place.anchor} {each.source}", each.source))


def _quoted(text: str, note: Note) -> Paragraph:
    return Paragraph(Style.QUOTE, (Text(text), note))
