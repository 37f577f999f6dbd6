"""Lines of a table that the white between them parts into rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pages.page import Word

Cells = list[list[Word]]
"""The words of each cell of a row."""

_NUMBER = re.compile(r"[a-z]{1,3}\d{0,2}[.)]|[a-z]\d|\(\w{1,3}\)")
_TIGHT = 1.5
_WIDER = 0.2
_ASKEW = 0.06


@dataclass(frozen=True, slots=True)
class GridLine:
    """What stands on one baseline of a table, in its columns; `anchor` where it has an amount and so makes a row."""

    baseline: float
    size: float
    cells: Cells
    anchor: bool

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(word.text for cell in self.cells for word in cell)

    @property
    def labels(self) -> bool:
        """Whether only its first words, left of every value, are filled."""
        filled = [column for column, cell in enumerate(self.cells) if cell]
        return (len(filled) == 1 and filled[0] <= 1) or filled == [0, 1]


def goes_on(text: str) -> bool:
    """Whether a text begins as the rest of one on the line before: with a small letter that numbers nothing."""
    return (text[:1].islower() or text[:1] in tuple("(/&")) and not _NUMBER.match(text)


def parted_by_white(lines: Sequence[GridLine]) -> list[list[GridLine]] | None:
    """The lines of each row, where those of one stand clearly closer together than the rows do; None where the white
    does not tell, or leaves two rows with amounts together."""
    gaps = sorted(below.baseline - above.baseline for above, below in pairwise(lines))
    for close, wide in zip(reversed(gaps[:-1]), reversed(gaps[1:]), strict=True):
        size = lines[0].size
        if close <= _TIGHT * size and wide - close >= _WIDER * size:
            parts = _parts(lines, close + _ASKEW * size)
            if all(sum(line.anchor for line in part) < 2 for part in parts):
                unsure = _is_label(parts[0]) and sum(len(part) > 1 for part in parts) == 1
                return None if unsure or any(goes_on(part[0].text) for part in parts) else parts
    return None


def _is_label(lines: Sequence[GridLine]) -> bool:
    """Whether lines may be the label of a group with its first row."""
    return len(lines) > 1 and not lines[0].anchor


def _parts(lines: Sequence[GridLine], most: float) -> list[list[GridLine]]:
    parts = [[lines[0]]]
    for above, below in pairwise(lines):
        if below.baseline - above.baseline <= most and _go_together(above, below):
            parts[-1].append(below)
        else:
            parts.append([below])
    return parts


def _go_together(above: GridLine, below: GridLine) -> bool:
    return _is_bold(above) == _is_bold(below) and not above.text.endswith(":")


def _is_bold(line: GridLine) -> bool:
    return all(word.bold for cell in line.cells for word in cell)
