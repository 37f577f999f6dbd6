"""The columns that amounts below one another make, and whether they are those of a table."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.pages.page import Word
from ingest.pages.table_lines import Line, Piece

Stretch = tuple[float, float]
"""From left to right along x, in points."""

_ALIGNED = 2.0
_ALIGNED_SHARE = 0.6
_WIDTH = 2.0
_SHARED = 0.2


def stretches_of(rows: Sequence[Line]) -> list[Stretch]:
    """Where along x the columns of rows stand, from left to right."""
    stretches: list[Stretch] = []
    for left, right in sorted((piece.left, piece.right) for line in rows for piece in line.pieces):
        if stretches and left <= stretches[-1][1] + _WIDTH:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], right))
        else:
            stretches.append((left, right))
    return stretches


def stretches_of_cells(rows: Sequence[Sequence[Sequence[Word]]]) -> list[Stretch]:
    """Where along x the words of each column of cells stand; none where a column is empty or two overlap."""
    columns = [[word for row in rows for word in row[column]] for column in range(len(rows[0]))]
    if not all(columns):
        return []
    stretches = [(min(word.left for word in words), max(word.right for word in words)) for words in columns]
    return stretches if all(before[1] <= after[0] for before, after in pairwise(stretches)) else []


def column_of(piece: Piece, columns: Sequence[Stretch]) -> int:
    """The column that a piece stands in: where it has most in common with one, else the nearest."""
    if piece.left < columns[0][1]:
        return 0

    def apart(column: int) -> float:
        left, right = columns[column]
        return max(left, piece.left) - min(right, piece.right)

    return min(range(len(columns)), key=apart)


def columns_of(pieces: Sequence[Piece], columns: Sequence[Stretch]) -> list[int]:
    """The columns that the headings on one line stand above; each has its own where they are as many as the columns."""
    taken = [column_of(piece, columns) for piece in pieces]
    if len(set(taken)) == len(taken):
        return taken
    if len(pieces) == len(columns):
        return list(range(len(columns)))
    if len(pieces) == len(columns) - 1 and taken[0]:
        return list(range(1, len(columns)))
    return taken


def are_aligned(rows: Sequence[Line], columns: Sequence[Stretch]) -> bool:
    """Whether rows are those of a table: named, their values lined up in columns, and no list of contents."""
    places: list[list[Piece]] = [[] for _ in columns]
    shared = 0
    for line in rows:
        taken = [column_of(piece, columns) for piece in line.pieces]
        values = [column for column in taken if column]
        shared += len(set(values)) < len(values)
        for column, piece in zip(taken, line.pieces, strict=True):
            if piece.value:
                places[column].append(piece)
    if shared > _SHARED * len(rows) or not _are_named(rows, columns) or _are_contents(rows, places):
        return False
    filled = [pieces for pieces in places[1:] if len(pieces) * 2 >= len(rows) or len(pieces) > 2]
    amounts = sum(1 for pieces in filled for piece in pieces if piece.amount)
    lined_up = sum(map(_are_lined_up, filled))
    return bool(lined_up) and lined_up * 2 >= len(filled) and amounts * 2 >= len(rows)


def _are_lined_up(pieces: Sequence[Piece]) -> bool:
    """Whether the places of most pieces are equal, on one of their sides or in the middle."""
    for place in (
        [piece.right for piece in pieces],
        [piece.left for piece in pieces],
        [(piece.left + piece.right) / 2 for piece in pieces],
    ):
        middle = sorted(place)[len(place) // 2]
        if sum(abs(each - middle) <= _ALIGNED for each in place) >= _ALIGNED_SHARE * len(place):
            return True
    return False


def _are_named(rows: Sequence[Line], columns: Sequence[Stretch]) -> bool:
    """Whether most rows begin with words, left of their values."""
    named = [line for line in rows if any(char.isalpha() for piece in line.pieces[:3] for char in piece.text)]
    return len(named) * 2 > len(rows) and max(line.left for line in rows) < columns[-1][0]


def _are_contents(rows: Sequence[Line], places: Sequence[Sequence[Piece]]) -> bool:
    """Whether the rows are a list of contents: dots lead to page numbers, or each stands behind a title and they climb
    as those of pages do."""
    dotted = sum(1 for line in rows if any("...." in word.text for piece in line.pieces for word in piece.words))
    numbered = [pieces for pieces in places[1:] if len(pieces) > 1]
    if dotted * 2 > len(rows):
        return True
    beside = any(piece.value and after.value for line in rows for piece, after in pairwise(line.pieces))
    return bool(numbered) and not beside and all(map(_climb, numbered))


def _climb(pieces: Sequence[Piece]) -> bool:
    texts = [piece.text for piece in pieces]
    if not all(text.isdecimal() and len(text) < 4 for text in texts):
        return False
    numbers = list(map(int, texts))
    return numbers[0] < numbers[-1] and all(before <= after for before, after in pairwise(numbers))
