"""Tables that only place text on a page, told from tables that hold data."""

from collections.abc import Iterator, Sequence

from ingest.drafts.draft import Draft, DraftCell, DraftParagraph, DraftTable
from ingest.structured import ElementKind

_LONGEST_CELL = 2500


def settled(table: DraftTable) -> Iterator[Draft]:
    """The table itself where it holds data; else what stands in its cells, row by row."""
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    if not _is_layout(rows):
        if rows:
            yield DraftTable(table.rows, table.headers)
        return
    for row in rows:
        for cell in row:
            yield from cell.drafts


def _is_layout(rows: Sequence[Sequence[DraftCell]]) -> bool:
    cells = [cell for row in rows for cell in row if cell.text]
    if all(sum(1 for cell in row if cell.text) <= 1 for row in rows):
        return True
    if any(len(cell.text) > _LONGEST_CELL for cell in cells):
        return True
    nested = sum(len(draft.text) for cell in cells for draft in cell.drafts if isinstance(draft, DraftTable))
    if nested * 2 > sum(len(cell.text) for cell in cells):
        return True
    return any(_opens_section(cell) for cell in cells) or any(
        _has_heading(cell) for row in rows[1:] for cell in row[1:]
    )


def _opens_section(cell: DraftCell) -> bool:
    return _has_heading(cell) and len(cell.drafts) > 1


def _has_heading(cell: DraftCell) -> bool:
    return any(isinstance(draft, DraftParagraph) and draft.kind is ElementKind.HEADING for draft in cell.drafts)
