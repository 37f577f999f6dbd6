"""Paragraphs and tables in order to the source text and its elements."""

from collections.abc import Iterable, Sequence

from corpus.errors import DocumentError
from corpus.proposal import Proposal
from corpus.reason import Why, because
from ingest.drafts.draft import Draft, DraftCell, DraftParagraph, DraftTable
from ingest.drafts.line_builder import is_visible
from ingest.drafts.running_on import joined
from ingest.drafts.shown_headings import with_shown_headings
from ingest.structured import Cell, Element, ElementKind, Structured
from ingest.table_rows import cell_headings, count_headers

_LONGEST_NAME = 80


def structured(
    name: str, drafts: Sequence[Draft], parser: str, proposals: Iterable[Proposal], problems: Iterable[str]
) -> Structured:
    """A file without pages as its parser hands it on; DocumentError, naming the file, where it has no visible text."""
    writer = SourceWriter(with_shown_headings(joined(drafts)))
    if not writer.elements:
        raise DocumentError(name, because(Why.NO_TEXT))
    return Structured(
        text=writer.text,
        elements=tuple(writer.elements),
        pages=(),
        boxes=(),
        damages=(),
        recognised=(),
        counts=None,
        tables=writer.tables,
        proposals=tuple(proposals),
        parser=parser,
        problems=tuple(problems),
    )


class SourceWriter:
    """Writes drafts one after another into one text; `text`, `elements` and `tables` tell what came of it."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.elements: list[Element] = []
        self.tables = 0
        for draft in drafts:
            if isinstance(draft, DraftTable):
                self._table(draft)
            else:
                self._paragraph(draft)

    @property
    def text(self) -> str:
        """The source text; every line ends with a newline."""
        return "".join(self._pieces)

    def _write(self, text: str) -> tuple[int, int]:
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start, self._length

    def _paragraph(self, draft: DraftParagraph) -> None:
        if is_visible(draft.text):
            start, end = self._write(draft.text.strip())
            self._write("\n")
            self.elements.append(Element(draft.kind, start, end, draft.rank, (), None))

    def _table(self, table: DraftTable) -> None:
        grid = _grid(table)
        if _is_form(grid):
            headers, headings = 0, [[""] * len(row) for row in grid]
        else:
            marked = _headers(table)
            headers = count_headers(grid) if marked is None else marked
            headings = cell_headings(grid, headers)
        written = False
        for index, row in enumerate(table.rows):
            carried = grid[index][0] if index >= headers and row and row[0].continues else ""
            written = self._row(row, headings[index], carried if len(carried) <= _LONGEST_NAME else "") or written
        self.tables += written

    def _row(self, row: Sequence[DraftCell], headings: Sequence[str], carried: str) -> bool:
        cells: list[Cell] = []
        column = 0
        for cell in row:
            if is_visible(text := cell.text.strip()):
                if cells:
                    self._write("\t")
                heading = ", ".join(part for part in (carried if not cells else "", headings[column]) if part)
                cells.append(Cell(*self._write(text), heading))
            column += cell.columns
        if cells:
            self._write("\n")
            self.elements.append(
                Element(ElementKind.ROW, cells[0].start, cells[-1].end, None, tuple(cells), self.tables)
            )
        return bool(cells)


def _flat(text: str) -> str:
    return " ".join(text.split()) if is_visible(text) else ""


def _is_form(grid: Sequence[Sequence[str]]) -> bool:
    """Whether a table pairs names with what is filled in after a colon, and so has no headings above its columns."""
    filled = [row for row in grid if any(row)]
    pairs = [any(cell.startswith(":") for cell in row) or row[0].endswith(":") for row in filled]
    return sum(pairs) * 2 > len(filled)


def _grid(table: DraftTable) -> list[list[str]]:
    """A text for every cell, repeated where one spans columns; a name in the first column also where it goes on below.

    Rows that are too short are filled up.
    """
    grid = [[text for cell in row for text in [_flat(cell.text)] * cell.columns] for row in table.rows]
    width = max(map(len, grid), default=0)
    name = ""
    for row, texts in zip(table.rows, grid, strict=True):
        texts += [""] * (width - len(texts))
        if row and row[0].continues:
            texts[0] = name
        name = texts[0] if texts else ""
    return grid


def _headers(table: DraftTable) -> int | None:
    """The rows of column headings: those that the file marks, else those that alone are bold."""
    if table.headers is not None:
        return table.headers
    bold = [_is_bold(row) for row in table.rows]
    count = bold.index(False) if False in bold else 0
    if not count or any(bold[count:]) or sum(1 for cell in table.rows[0] if cell.text) < 2:
        return None
    return count


def _is_bold(row: Sequence[DraftCell]) -> bool:
    drafts = [draft for cell in row for draft in cell.drafts]
    return bool(drafts) and all(
        isinstance(draft, DraftParagraph) and all(line.look.bold for line in draft.lines) for draft in drafts
    )
