"""The order in which a reader takes the parts of a page: columns, also where they change within the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.pages.column_kinds import are_columns, are_labels, are_rows
from ingest.pages.line import Line
from ingest.pages.piece import Piece
from ingest.pages.side_labels import label_bands

_BAND = 0.6
_ROOM = 1.0
_INDENTED = 30.0
_LEAST_GUTTER = 0.6
_ALIKE = 0.7
_HEADING = 1.15
_NEXT_LINE = 1.5


@dataclass(frozen=True, slots=True)
class _Split:
    """A stretch of a page with text on both sides of a white strip."""

    above: list[Piece]
    left: list[Piece]
    right: list[Piece]
    below: list[Piece]


def reading_order(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of a page as regions of one column each, in the order of reading."""
    regions: list[list[Piece]] = []
    for region in _regions(sorted(pieces, key=lambda piece: (piece.top, piece.left))):
        if regions and _goes_on(regions[-1], region):
            regions[-1].extend(region)
        elif region:
            regions.append(list(region))
    return regions


def _goes_on(above: list[Piece], below: list[Piece]) -> bool:
    """Whether a region is the rest of the column of the one before it."""
    if not below or min(piece.top for piece in below) < max(piece.baseline for piece in above):
        return False
    left, right = _sides(above)
    other_left, other_right = _sides(below)
    common = min(right, other_right) - max(left, other_left)
    return common > _ALIKE * (max(right, other_right) - min(left, other_left))


def _sides(pieces: list[Piece]) -> tuple[float, float]:
    return min(piece.left for piece in pieces), max(piece.right for piece in pieces)


def _regions(pieces: list[Piece]) -> Iterator[list[Piece]]:
    split = _find_split(pieces) if len(pieces) > 3 else None
    if split is None:
        yield pieces
        return
    yield from _regions(split.above)
    yield from _arranged(split.left, split.right)
    yield from _regions(split.below)


def _arranged(left: list[Piece], right: list[Piece]) -> Iterator[list[Piece]]:
    """Two columns one after the other; labels with the text beside them band by band."""
    labelled = _labelled(left, right)
    if labelled:
        yield from labelled
        return
    if are_columns(left, right):
        yield from _regions(left)
        yield from _regions(right)
        return
    rows: list[Piece] = []
    for band in _bands([*left, *right]):
        one = [piece for piece in band if piece in left]
        two = [piece for piece in band if piece not in one]
        if one and two and are_rows(one, two):
            rows.extend(band)
            continue
        parts = [*_regions(one), *_regions(two)]
        if len(parts) == 1 or not (one and two):
            rows.extend(band)
            continue
        yield rows
        rows = []
        yield from parts
    yield rows


def _labelled(left: list[Piece], right: list[Piece]) -> list[list[Piece]]:
    """The labels in a margin and the text beside each, in the order of reading; empty where there are none."""
    one = sorted((piece for piece in left if isinstance(piece, Line)), key=lambda line: line.baseline)
    two = sorted((piece for piece in right if isinstance(piece, Line)), key=lambda line: line.baseline)
    if len(one) + len(two) < len(left) + len(right):
        return []
    return [list(part) for band in label_bands(one, two) for part in band if part]


def _bands(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces parted where a white strip runs below all of them."""
    bands: list[list[Piece]] = []
    bottom = float("-inf")
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if not bands or piece.top > bottom + _BAND * piece.size:
            bands.append([])
        bands[-1].append(piece)
        bottom = max(bottom, piece.bottom)
    return bands


def _find_split(pieces: list[Piece]) -> _Split | None:
    best: _Split | None = None
    most = (False, 1)
    for edge in _edges(pieces):
        for start, end in _clear_runs(pieces, edge):
            run = pieces[start:end]
            left = [piece for piece in run if piece.left < edge - 1]
            few = min(len(left), len(run) - len(left))
            if few < 2 or (True, few) <= most:
                continue
            right = [piece for piece in run if piece.left >= edge - 1]
            if _rows_in_common(left, right) < 2 or are_labels(left, right):
                continue
            split = _trimmed(pieces[:start], left, right, pieces[end:])
            if not _is_apart(split, edge):
                continue
            weight = (are_columns(split.left, split.right), min(len(split.left), len(split.right)))
            if weight > most:
                best, most = split, weight
    return best


def _edges(pieces: list[Piece]) -> list[float]:
    """Where columns may begin: the left of every piece that has another one on its left."""
    edges: set[int] = set()
    ordered = sorted(pieces, key=lambda piece: piece.top)
    for place, piece in enumerate(ordered):
        reach = 0.7 * piece.size
        for other in ordered[max(0, place - 12) : place + 12]:
            if other.right <= piece.left and abs(other.top - piece.top) < reach:
                edges.add(int(piece.left))
                break
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > 3:
            found.append(float(edge))
    return found


def _clear_runs(pieces: list[Piece], edge: float) -> Iterator[tuple[int, int]]:
    """The stretches of pieces, from top to bottom, of which none crosses the line at `edge`."""
    start = 0
    for place, piece in enumerate(pieces):
        if piece.left < edge - 1 and piece.right > edge - 1:
            if place - start > 3:
                yield start, place
            start = place + 1
    if len(pieces) - start > 3:
        yield start, len(pieces)


def _rows_in_common(left: list[Piece], right: list[Piece]) -> int:
    """How many pieces of the shorter side stand beside pieces of the other side."""
    top = max(min(piece.top for piece in left), min(piece.top for piece in right))
    bottom = min(max(piece.bottom for piece in left), max(piece.bottom for piece in right))
    few = min(left, right, key=len)
    return sum(piece.bottom > top and piece.top < bottom for piece in few)


def _trimmed(above: list[Piece], left: list[Piece], right: list[Piece], below: list[Piece]) -> _Split:
    """Without what only seems to stand in a column: short lines above the right one, or below it before wide text."""
    above, left = _with_rest(above, left, right)
    top, edge = min(piece.top for piece in left), min(piece.left for piece in right)
    early = [piece for piece in right if piece.bottom < top - _ROOM * piece.size and piece.left > edge + _INDENTED]
    late: list[Piece] = []
    if below:
        bottom = max(piece.bottom for piece in right)
        for place, piece in enumerate(left):
            before = max((other.bottom for other in left[:place]), default=bottom)
            if piece.top > bottom and piece.top > before + _ROOM * piece.size:
                late = left[place:]
                break
    return _Split(
        [*above, *early],
        [piece for piece in left if piece not in late],
        [piece for piece in right if piece not in early],
        [*late, *below],
    )


def _with_rest(above: list[Piece], left: list[Piece], right: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces above and those on the left, with the last lines of a large heading above at the end of that."""
    least = _HEADING * median(piece.size for piece in right)
    while above and len(left) > 1:
        last, first = above[-1], left[0]
        if not (isinstance(last, Line) and isinstance(first, Line)) or first.size < least:
            break
        near = 0 < first.baseline - last.baseline < _NEXT_LINE * first.size and first.bottom < right[0].top
        if not near or abs(first.size - last.size) > 0.5 or first.bold != last.bold:
            break
        above, left = [*above, first], left[1:]
    return above, left


def _is_apart(split: _Split, edge: float) -> bool:
    if not split.left or not split.right:
        return False
    size = median(piece.size for piece in (*split.left, *split.right))
    return edge - max(piece.right for piece in split.left) > _LEAST_GUTTER * size
