"""What comes back on page after page: running headers and footers, and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from ingest.pages.changing_headers import changing_headers
from ingest.pages.extent import Extent
from ingest.pages.line import Line

_EDGE = 0.14
_NUMBER = re.compile(r"[^\w.)]*(?P<number>\d{1,4})[^\w.)]*")
_NUMBERED = re.compile(
    r"(?i)\W*(?:pagina|blz\.?|bladzijde|page|p\.)\s*(?P<number>\d{1,4})(?:\s*(?:van|/|of|-)\s*\d{1,4})?\W*"
    r"|\W*(?P<part>\d{1,4})\s*(?:/|van|of)\s*\d{1,4}\W*"
)
_ROMAN = re.compile(r"(?i)\W*[ivxl]{1,7}\W*")
_DIGITS = re.compile(r"\d+")
_LEAST = 3
_SHARE = 0.4
_NEAR = 3.0
_SLOGAN = 40
_MARGIN = 0.3
_LONGEST = 200
_LARGE = 1.25
_MOST_BEFORE = 1000


def find_furniture(pages: Sequence[tuple[Extent, Sequence[Line]]]) -> tuple[set[int], set[int]]:
    """Which pieces are running headers or footers, and which page numbers; as their `id`.

    `pages` are the pages of a file with the pieces of lines on each.
    """
    edges = [(extent, [piece for piece in pieces if _at_edge(piece, extent)]) for extent, pieces in pages]
    numbers = {id(piece) for piece in _page_numbers(edges)}
    usual = _usual_size(pages)
    headers = {id(piece) for piece in (*_repeated(edges, usual), *_fixed(pages, usual), *_slogans(pages))}
    headers |= {id(piece) for piece in changing_headers(edges, pages, headers | numbers, usual)}
    return headers - numbers, numbers


def number_of(line: Line) -> int | None:
    """The number that a page number gives, None where it is in Roman figures."""
    match = _DIGITS.search(line.text)
    return int(match.group()) if match else None


def _at_edge(piece: Line, extent: Extent) -> bool:
    return piece.bottom < _EDGE * extent.height or piece.top > (1 - _EDGE) * extent.height


def _page_numbers(edges: Sequence[tuple[Extent, list[Line]]]) -> Iterator[Line]:
    """Numbers at the edge of pages that rise by one from page to page, or by two on spreads."""
    found: dict[tuple[int, int], list[tuple[int, Line]]] = defaultdict(list)
    among = {id(piece) for _, pieces in edges for piece in pieces if _is_among_numbers(piece, pieces)}
    for extent, pieces in edges:
        for piece in pieces:
            if match := _NUMBERED.fullmatch(piece.text):
                number = int(match["number"] or match["part"])
                if abs(number - extent.number) < 2 or len(edges) < _LEAST:
                    yield piece
                    continue
            elif not (match := _NUMBER.fullmatch(piece.text)):
                if _ROMAN.fullmatch(piece.text) and _is_alone(piece, pieces):
                    found[0, 0].append((extent.number, piece))
                continue
            else:
                number = int(match["number"])
                if number > _MOST_BEFORE + 2 * extent.number:
                    continue
            found[1, number - extent.number].append((extent.number, piece))
            found[2, number - 2 * extent.number].append((extent.number, piece))
    given: set[int] = set()
    for (step, offset), places in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        pages = {page for page, _ in places}
        if len(pages) >= min(_LEAST, len(edges)) and (len(edges) >= _LEAST or (step == 1 and offset == 0)):
            alone = [piece.baseline for _, piece in places if id(piece) not in among]
            for _, piece in places:
                if id(piece) in among and not (alone and abs(piece.baseline - median(alone)) <= _NEAR):
                    continue
                if id(piece) not in given:
                    given.add(id(piece))
                    yield piece


def _is_alone(piece: Line, pieces: Sequence[Line]) -> bool:
    return not any(other is not piece and abs(other.baseline - piece.baseline) < piece.size for other in pieces)


def _is_among_numbers(piece: Line, pieces: Sequence[Line]) -> bool:
    """Whether a number stands in a row of several, as those of a table do."""
    if not _NUMBER.fullmatch(piece.text):
        return False
    level = [other for other in pieces if abs(other.baseline - piece.baseline) < _NEAR]
    return sum(1 for other in level if _NUMBER.fullmatch(other.text)) > 2


def _repeated(edges: Sequence[tuple[Extent, list[Line]]], usual: float) -> Iterator[Line]:
    """Pieces at the edge of pages whose text, but for its numbers, comes back at the same height.

    Of larger type than is `usual`, as for a title over several slides, the first page of each run keeps it.
    """
    found: dict[tuple[str, int], list[tuple[int, Line]]] = defaultdict(list)
    for extent, pieces in edges:
        for piece in pieces:
            key = _DIGITS.sub("#", piece.text.lower())
            height = piece.baseline if piece.top < extent.height / 2 else piece.baseline - extent.height
            if any(character.isalpha() for character in key) or len(key) > 3:
                found[key, round(height / _NEAR / 2)].append((extent.number, piece))
    least = _LEAST if len(edges) > _LEAST else max(2, len(edges))
    large = _LARGE * usual
    for (key, height), places in found.items():
        near = [*places, *found.get((key, height + 1), []), *found.get((key, height - 1), [])]
        counted = _counts_pages(near)
        for page, piece in places:
            on = {other for other, same in near if counted or same.text.lower() == piece.text.lower()}
            if len(on) >= least and (piece.size < large or page - 1 in on):
                yield piece


def _counts_pages(places: Sequence[tuple[int, Line]]) -> bool:
    """Whether one of the numbers in a text that comes back goes up with the pages, as in "Nota jeugd | 7"."""
    numbers = [(page, list(map(int, _DIGITS.findall(piece.text[:_LONGEST])))) for page, piece in places]
    for place in range(len(numbers[0][1])):
        for step in (1, 2):
            offsets = Counter(found[place] - step * page for page, found in numbers if place < len(found))
            if max(offsets.values()) >= 0.7 * len(places):
                return True
    return False


def _usual_size(pages: Sequence[tuple[Extent, Sequence[Line]]]) -> float:
    counts: Counter[float] = Counter()
    for _, pieces in pages:
        for piece in pieces:
            counts[round(piece.size * 2) / 2] += len(piece.text)
    return max(counts, key=lambda size: (counts[size], size), default=10.0)


def _fixed(pages: Sequence[tuple[Extent, Sequence[Line]]], usual: float) -> Iterator[Line]:
    """Pieces in a margin with the same text in the same place on many pages."""
    least = max(_LEAST, _SHARE * len(pages))
    if len(pages) < _LEAST:
        return
    large = _LARGE * usual
    margins = [
        [piece for piece in pieces if piece.size < large and _in_margin(piece, extent)] for extent, pieces in pages
    ]
    counts: Counter[tuple[str, int, int]] = Counter()
    for pieces in margins:
        counts.update({_place(piece) for piece in pieces})
    for pieces in margins:
        yield from (piece for piece in pieces if counts[_place(piece)] >= least)


def _in_margin(piece: Line, extent: Extent) -> bool:
    if piece.right - piece.left > _MARGIN * extent.width:
        return False
    return piece.right < _MARGIN * extent.width or piece.left > (1 - _MARGIN) * extent.width


def _slogans(pages: Sequence[tuple[Extent, Sequence[Line]]]) -> Iterator[Line]:
    """Short lines that stand alone at the foot of most pages, always in the same place, whatever they say."""
    found: dict[tuple[int, int, float], list[Line]] = defaultdict(list)
    for extent, pieces in pages:
        for piece in pieces:
            if piece.top > (1 - _EDGE) * extent.height and len(piece.text) <= _SLOGAN and _stands_apart(piece, pieces):
                found[round(piece.left / _NEAR), round(piece.baseline / _NEAR), round(piece.size)].append(piece)
    least = max(_LEAST + 2, 0.6 * len(pages))
    for places in found.values():
        if len({piece.page for piece in places}) >= least:
            yield from places


def _stands_apart(piece: Line, pieces: Sequence[Line]) -> bool:
    reach = 1.5 * piece.size
    return not any(
        other is not piece
        and other.bottom > piece.top - reach
        and other.top < piece.bottom + reach
        and other.left < piece.right
        and other.right > piece.left
        for other in pieces
    )


def _place(piece: Line) -> tuple[str, int, int]:
    return piece.text, round(piece.left / _NEAR), round(piece.baseline / _NEAR)
