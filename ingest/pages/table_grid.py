"""Rows of cells made of words: lines that belong in one row, rows that hold several, and how many are headings."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.pages.heads_of_spans import over_first
from ingest.pages.page import Word
from ingest.pages.page_table import PageCell, PageTable
from ingest.pages.table_lines import rows_of
from ingest.pages.table_white import Cells, GridLine, goes_on, parted_by_white
from ingest.table_rows import count_headers, is_amount, is_value, is_year

_GOES_ON = re.compile(
    r"(?i)(?:[-–/&,(]|\b(?:en|of|van|de|het|een|voor|op|met|in|aan|tot|per|door|uit|te|ten|bij|naar|om|inzake))$"
)
_SAME_ROW = 0.9
_ASKEW = 1.05
_OFF_PITCH = 0.75
_BESIDE = 1.4
_OFF_CENTRE = 3.0
_SAME_LINE = 0.45
_WITH_LABEL = 0.6
_WRAPPED = 3.0
_REST = 2.2
_WITH_NEXT = -1
_NUMERIC = 0.6


def text_of(words: Sequence[Word]) -> str:
    """The words of a cell as text, lines joined by spaces."""
    if len(words) == 1:
        return words[0].text
    return " ".join([word.text for row in rows_of(words) for word in row])


def stacked(lines: Sequence[GridLine]) -> list[Cells]:
    """The lines of a table as rows: each amount line makes one, with the labels wrapped above or below it; a label
    that goes on in neither is a row of its own. Where most names begin with small letters those tell nothing."""
    if (parted := parted_by_white(lines)) is not None:
        return [_one_row(part) for part in parted]
    owner = list(range(len(lines)))
    gaps = sorted(line.baseline - before.baseline for before, line in pairwise(lines))
    pitch = gaps[len(gaps) // 2] if gaps else 0.0
    starts = [goes_on(line.text) for before, line in pairwise(lines) if before.anchor and line.anchor]
    small = sum(starts) * 2 > len(starts)
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        after = lines[index + 1] if index + 1 < len(lines) else None
        taken = index > 0 and owner[index - 1] == _WITH_NEXT
        if line.anchor:
            if before and before.anchor and _is_one(before, line, pitch):
                owner[index] = owner[index - 1]
        elif before and not taken and _joins_before(line, before, after, small):
            owner[index] = owner[index - 1]
        elif after and _joins_after(line, after, small):
            owner[index] = _WITH_NEXT
    for index in range(len(lines) - 2, -1, -1):
        if owner[index] == _WITH_NEXT:
            owner[index] = owner[index + 1]
    rows: dict[int, Cells] = {}
    for index, line in enumerate(lines):
        row = rows.setdefault(owner[index], [[] for _ in line.cells])
        for cell, words in zip(row, line.cells, strict=True):
            cell += words
    return list(rows.values())


def _one_row(lines: Sequence[GridLine]) -> Cells:
    return [[word for line in lines for word in line.cells[column]] for column in range(len(lines[0].cells))]


def _is_one(before: GridLine, line: GridLine, pitch: float) -> bool:
    """Whether two lines of amounts are one row, printed a little askew."""
    apart = all(not above or not below for above, below in zip(before.cells, line.cells, strict=True))
    gap = line.baseline - before.baseline
    return apart and gap <= _ASKEW * line.size and gap < _OFF_PITCH * pitch


def _clash(line: GridLine, row: GridLine) -> bool:
    """Whether a line has words above or below an amount of a row, in its column."""
    return any(mine and _is_anchor(theirs) for mine, theirs in zip(line.cells, row.cells, strict=True))


def _joins_before(line: GridLine, before: GridLine, after: GridLine | None, small: bool) -> bool:
    above = line.baseline - before.baseline
    below = after.baseline - line.baseline if after else 2 * above
    if above <= _SAME_ROW * line.size and (above <= below or not before.cells[0]):
        return True
    if line.labels and before.anchor and not before.cells[0] and above < below and above <= _BESIDE * line.size:
        return True  # the name of a row whose amounts stand a little higher
    if after is None and line.labels and not before.anchor:
        return above <= _BESIDE * line.size  # the last of the lines of a name
    if not line.labels and not line.cells[0]:
        if _clash(line, before):
            return False
        return above <= below * 1.1 and above <= 2 * line.size
    label = " ".join(word.text for word in before.cells[0])
    if not label or not ((goes_on(line.text) and not small) or _GOES_ON.search(label)):
        return False
    bottom_aligned = after is not None and after.anchor and goes_on(after.text) and not before.anchor
    return above <= 1.1 * below and above <= 2.2 * line.size and not bottom_aligned


def _joins_after(line: GridLine, after: GridLine, small: bool) -> bool:
    below = after.baseline - line.baseline
    if below <= _SAME_ROW * line.size:
        return True
    if not line.labels:
        return not line.cells[0] and below <= 2 * line.size and not _clash(line, after)
    wrapped = (goes_on(after.text) and not small) or bool(_GOES_ON.search(line.text)) or not after.cells[0]
    return wrapped and below <= _WRAPPED * line.size and not line.text.endswith(":")


def split(row: Cells) -> list[Cells]:
    """A row between two ruled lines as the rows that stand in it: several where amounts stand below one another with
    something beside each."""
    found: list[tuple[float, float, int, list[Word]]] = []
    for column, cell in enumerate(row):
        found += [(words[0].baseline, words[0].size, column, words) for words in rows_of(cell)]
    found.sort(key=lambda each: each[0])
    lines: list[GridLine] = []
    for baseline, size, column, words in found:
        if not lines or baseline - lines[-1].baseline > _SAME_LINE * size:
            lines.append(GridLine(baseline, size, [[] for _ in row], False))
        lines[-1].cells[column].extend(words)
    numeric = [column for column in range(len(row)) if _is_numeric([line.cells[column] for line in lines])]
    anchored = [
        GridLine(line.baseline, line.size, line.cells, any(_is_anchor(line.cells[column]) for column in numeric))
        for line in lines
    ]
    anchors = [line for line in anchored if line.anchor]
    beside = [line for line in anchors if sum(1 for cell in line.cells if cell) > 1]
    if len(beside) < 2 or len(beside) < _WITH_LABEL * len(anchors):
        return [row]
    return stacked(anchored)


def _is_numeric(cells: Sequence[Sequence[Word]]) -> bool:
    """Whether the lines of a cell are mostly amounts, and several."""
    filled = [cell for cell in cells if cell]
    amounts = sum(map(_is_anchor, filled))
    return amounts > 1 and amounts >= _NUMERIC * len(filled)


def continued(rows: Sequence[Cells]) -> list[Cells]:
    """The rows, with names made whole that lines part; of two columns with texts, what stands without a name goes on
    the text above it."""
    filled = [column for column in range(len(rows[0]) if rows else 0) if any(row[column] for row in rows)]
    found: list[Cells] = []
    for row in rows:
        above = found[-1] if found else None
        if above and (_is_rest(above, row) or (len(filled) == 2 and _is_more_text(above, row, filled[0], filled[1]))):
            found[-1] = [[*upper, *lower] for upper, lower in zip(above, row, strict=True)]
        else:
            found.append(row)
    return found


def _is_more_text(above: Cells, row: Cells, name: int, text: int) -> bool:
    return bool(row[text] and not row[name] and above[text]) and not is_value(text_of(row[text]))


def _is_rest(above: Cells, row: Cells) -> bool:
    """Whether a row begins with the rest of a name that stands alone above it."""
    if not above[0] or not row[0] or any(above[1:]):
        return False
    name = text_of(above[0])
    near = row[0][0].baseline - above[0][-1].baseline <= _REST * row[0][0].size
    return near and goes_on(text_of(row[0])) and bool(_GOES_ON.search(name) or name.endswith(","))


def _is_anchor(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    return (is_amount(text) and not is_year(text)) or text in ("-", "–", "—")


def table_of(page: int, rows: Sequence[Cells]) -> PageTable:
    """Rows of words as a table, without rows that are empty; its box goes around its words."""
    filled = [row for row in rows if any(row)]
    headers = headers_of(filled)
    filled = [*_spanning(_centred(filled[:headers]), filled), *filled[headers:]]
    words = [word for row in filled for cell in row for word in cell]
    return PageTable(
        page,
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        headers,
        tuple(tuple(PageCell(tuple(map(tuple, rows_of(cell)))) for cell in row) for row in filled),
    )


def _centred(heads: Sequence[Cells]) -> list[Cells]:
    """Rows of headings, with what stands right below the middle of one that spans several columns in its column."""
    found = [list(row) for row in heads]
    for above, row in pairwise(found):
        for column, cell in enumerate(row):
            for start in range(column):
                alone = cell and above[start] and not any(above[start + 1 : column + 1] + row[start:column])
                if alone and abs(_middle(cell) - _middle(above[start])) <= _OFF_CENTRE:
                    row[start], row[column] = cell, []
    return found


def _spanning(heads: Sequence[Cells], rows: Sequence[Cells]) -> list[Cells]:
    """Rows of headings, with those in the middle above several columns in the first of these."""
    found = [list(row) for row in heads]
    for above, below in pairwise(found):
        columns = [_stretch([row[column] for row in rows]) if cell else None for column, cell in enumerate(below)]
        moved = over_first(above, below, columns)
        cells = {first: above[head] for head, first in moved.items()}
        for head in moved:
            above[head] = []
        for first, cell in cells.items():
            above[first] = cell
    return found


def _stretch(cells: Sequence[Sequence[Word]]) -> tuple[float, float]:
    """From the left to the right of a column, by its words below the headings that span several."""
    words = [word for cell in cells[1:] for word in cell]
    return min(word.left for word in words), max(word.right for word in words)


def _middle(words: Sequence[Word]) -> float:
    return (min(word.left for word in words) + max(word.right for word in words)) / 2


def headers_of(rows: Sequence[Cells]) -> int:
    """How many rows at the top are headings, by what they say or, where that tells nothing, by their bold type."""
    grid = [[text_of(cell) for cell in row] for row in rows]
    count = count_headers(grid)
    if count:
        return count
    bold = [all(word.bold for cell in row for word in cell) for row in rows]
    first = grid[0]
    titled = sum(1 for cell in first if cell) > 1 and not any(
        is_value(cell) and not is_year(cell) for cell in first if cell
    )
    return int(len(rows) > 1 and bold[0] and titled and sum(bold[1:]) * 2 < len(rows))
