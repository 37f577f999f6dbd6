"""Figures of several municipalities side by side in a Word report."""

from collections.abc import Iterator

from app.report.contents import Chapter, Measure, StatedFigure
from app.report.word.blocks import Block, Cell, Heading, Note, Paragraph, Style, Table, Text, cell, plain

_HEADER = ("Gemeente", "Waarde", "Jaar", "Waarvan", "Uitspraak")
_WIDTHS = (2.8, 2.4, 2.0, 3.4, 6.4)


def measures(chapter: Chapter) -> Iterator[Block]:
    """Each measure with its figures, and what makes them hard to compare."""
    if not chapter.measures:
        return
    yield Heading(3, "Kengetallen naast elkaar")
    for measure in chapter.measures:
        name = f"{measure.name} ({measure.unit})" if measure.unit else measure.name
        yield plain(name, Style.CAPTION, together=True)
        if measure.note:
            yield Paragraph(
                Style.NORMAL,
                (Text("Let op: ", change=True), Text(measure.note)),
                together=True,
            )
        yield _table(chapter, measure, name)


def _table(chapter: Chapter, measure: Measure, name: str) -> Table:
    return Table(f"Kengetallen: {name}", _WIDTHS, _HEADER, [_row(chapter, figure) for figure in measure.figures])


def _row(chapter: Chapter, figure: StatedFigure) -> tuple[Cell, ...]:
    statement = Paragraph(
        Style.CELL, (Text(figure.statement), Note(f"{chapter.anchor} {figure.source}", figure.source))
    )
    return (
        cell(figure.municipality, head=True),
        Cell((plain(figure.value, Style.CELL, bold=True),)),
        cell(figure.years),
        cell(figure.of or "niet genoemd"),
        Cell((statement,)),
    )
