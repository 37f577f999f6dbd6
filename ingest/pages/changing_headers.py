"""Running headers and footers that name the chapter or section, and so say something else on every few pages."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from ingest.pages.extent import Extent
from ingest.pages.line import Line

_NEAR = 3.0
_LEAST = 3
_SHARE = 0.4
_LONGEST = 120
_ROOM = 0.9
_TOLD = 0.7
_PLAIN = 0.97
_NUMBERED = re.compile(r"[\s.…·_]*\d{1,4}")
_LARGE = 1.05

Edges = Sequence[tuple[Extent, Sequence[Line]]]


def changing_headers(edges: Edges, pages: Edges, known: Collection[int], body: float) -> Iterator[Line]:
    """The pieces that stand in the place of a running header, whatever they say.

    `edges` are the pieces near the top and the foot of every page, `pages` all of them, `known` the `id` of the headers
    and numbers that were found already, `body` the font size of the text. A place is one of a header where many pages
    have a piece, of one size and no heading by its type, on the outer side of everything else: and beside a known one,
    or with the words of a line that stands elsewhere too, as those of a heading do.
    """
    least = max(_LEAST, _SHARE * len(pages))
    lines = {id(piece): _level(piece, pieces) for _, pieces in edges for piece in pieces}
    places: dict[tuple[bool, int, int], list[tuple[Extent, Line]]] = defaultdict(list)
    for (extent, pieces), (_, every) in zip(edges, pages, strict=True):
        for piece in pieces:
            top = piece.top < extent.height / 2
            if (
                id(piece) in known
                or len(piece.text) > _LONGEST
                or piece.size > (_PLAIN if piece.bold else _LARGE) * body
            ):
                continue
            if not _is_outermost(piece, every, known, top):
                continue
            height = piece.baseline if top else extent.height - piece.baseline
            places[top, round(height / _NEAR), round(piece.size * 2)].append((extent, piece))
    said = _said(pages)
    for found in places.values():
        if len({extent.number for extent, _ in found}) < least:
            continue
        beside = sum(any(id(other) in known for other in lines[id(piece)]) for _, piece in found)
        again = sum(len(said[piece.text.lower()]) > 1 for _, piece in found)
        if max(beside, again) >= _TOLD * len(found):
            yield from (piece for _, piece in found)


def _level(piece: Line, pieces: Sequence[Line]) -> list[Line]:
    return [other for other in pieces if other is not piece and abs(other.baseline - piece.baseline) < _NEAR]


def _is_outermost(piece: Line, pieces: Sequence[Line], known: Collection[int], top: bool) -> bool:
    """Whether nothing but headers and numbers stands nearer to the edge of the page, or close to a piece."""
    room = _ROOM * piece.size
    for other in pieces:
        if other is piece or id(other) in known or abs(other.baseline - piece.baseline) < _NEAR:
            continue
        apart = other.top - piece.bottom if top else piece.top - other.bottom
        if apart < room:
            return False
    return True


def _said(pages: Edges) -> dict[str, set[tuple[int, int]]]:
    """Where each text stands but in lists of contents: on which pages, and how high."""
    said: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for extent, pieces in pages:
        listed = {round(piece.baseline / _NEAR) for piece in pieces if _NUMBERED.fullmatch(piece.text)}
        for piece in pieces:
            if len(piece.text) <= _LONGEST and round(piece.baseline / _NEAR) not in listed:
                said[piece.text.lower()].add((extent.number, round(piece.baseline / _NEAR)))
    return said
