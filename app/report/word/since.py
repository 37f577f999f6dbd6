"""What changed since an earlier report, in a Word report."""

from collections.abc import Iterator

from app.report.contents import Change, Since
from app.report.word.blocks import Block, Cell, Heading, Style, Table, cell, plain, shortened

_HEADER = ("Onderwerp", "Gemeente", "Wat er veranderd is", "Citaten die er niet meer zijn")
_WIDTHS, _WIDTHS_WITHOUT = (3.4, 2.8, 4.8, 6.0), (3.4, 2.8, 10.8)


def since_blocks(since: Since | None) -> Iterator[Block]:
    """Every changed cell with what is different and why; nothing without an earlier report."""
    if since is None:
        return
    yield Heading(2, "Veranderd sinds het vorige rapport")
    yield plain(since.words)
    if since.changes:
        widths = _WIDTHS if any(change.gone for change in since.changes) else _WIDTHS_WITHOUT
        rows = [_row(change)[: len(widths)] for change in since.changes]
        yield Table("Veranderde cellen van de matrix", widths, _HEADER[: len(widths)], rows, split=True)


def _row(change: Change) -> tuple[Cell, ...]:
    told = Cell((plain(change.words, Style.CELL_HEAD), plain(change.explanation, Style.CELL)))
    gone = Cell(tuple(plain(quote, Style.CELL) for quote in change.gone) or (plain("–", Style.CELL),))
    return (cell(shortened(change.topic)), cell(change.municipality), told, gone)
