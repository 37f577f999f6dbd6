"""What is drawn on a PDF page beside its text: thin lines, edges of boxes, and the surface of its pictures."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.pages import pdfium_calls as pdfium
from ingest.pages.frame import Frame
from ingest.pages.page import Rule

_MOST_OBJECTS = 30000
_MOST_RULES = 3000
_MOST_SEGMENTS = 300
_MOST_DEPTH = 6
_THIN = 3.0
_SHORTEST = 4.0
_WHITE = 250


@dataclass(frozen=True, slots=True)
class Drawings:
    """The rules of a page, the share (0 to 1) of it that pictures cover, and whether there is anything at all."""

    rules: tuple[Rule, ...]
    pictures: float
    any: bool


class _Reader:
    """Walks the objects of one page, and of the forms inside it."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.rules: list[Rule] = []
        self.surface = 0.0
        self.objects = 0
        self._box = array("f", bytes(16))
        self._box_at = _addresses(self._box)
        self._mode = array("i", bytes(8))
        self._mode_at = _addresses(self._mode)
        self._colour = array("I", bytes(16))
        self._colour_at = _addresses(self._colour)

    def read(self, handle: pdfium.Object, matrix: tuple[float, ...] | None, depth: int) -> None:
        """One object, whose coordinates become those of the page by `matrix`."""
        kind = pdfium.object_type(handle)
        self.objects += 1
        if kind == pdfium.PATH_OBJECT:
            if len(self.rules) < _MOST_RULES:
                self._path(handle, matrix)
        elif kind == pdfium.IMAGE_OBJECT or kind == pdfium.SHADING_OBJECT:
            box = self._bounds(handle, matrix)
            if box is not None and kind == pdfium.IMAGE_OBJECT:
                self.surface += self._visible(box)
        elif kind == pdfium.FORM_OBJECT and depth < _MOST_DEPTH:
            inner = self._inner(handle, matrix)
            for place in range(min(pdfium.count_form_objects(handle), _MOST_OBJECTS - self.objects)):
                part = pdfium.get_form_object(handle, place)
                if part and pdfium.object_type(part) != pdfium.TEXT_OBJECT:
                    self.read(part, inner, depth + 1)

    def _inner(self, handle: pdfium.Object, outer: tuple[float, ...] | None) -> tuple[float, ...] | None:
        matrix = array("f", bytes(24))
        if not pdfium.object_matrix(handle, pdfium.Address(matrix.buffer_info()[0])):
            return outer
        inner = tuple(matrix)
        if inner == (1, 0, 0, 1, 0, 0):
            return outer
        return inner if outer is None else _multiplied(inner, outer)

    def _bounds(
        self, handle: pdfium.Object, matrix: tuple[float, ...] | None
    ) -> tuple[float, float, float, float] | None:
        if not pdfium.object_bounds(handle, *self._box_at):
            return None
        x1, y1, x2, y2 = self._box
        if matrix is not None:
            (x1, y1), (x2, y2) = _moved(matrix, x1, y1), _moved(matrix, x2, y2)
        return self.frame.box(x1, y1, x2, y2)

    def _visible(self, box: tuple[float, float, float, float]) -> float:
        width, height = self.frame.size
        left, top, right, bottom = box
        return max(0.0, min(right, width) - max(left, 0.0)) * max(0.0, min(bottom, height) - max(top, 0.0))

    def _path(self, handle: pdfium.Object, matrix: tuple[float, ...] | None) -> None:
        box = self._bounds(handle, matrix)
        if box is None:
            return
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if max(wide, high) < _SHORTEST or not self._is_drawn(handle):
            return
        if min(wide, high) <= _THIN:
            self.rules.append(Rule(left, top, right, bottom))
            return
        count: int = pdfium.count_segments(handle)
        if 3 <= count <= _MOST_SEGMENTS:
            self.rules.extend(self._edges(handle, count, matrix))

    def _is_drawn(self, handle: pdfium.Object) -> bool:
        """Whether a path is stroked, or filled with something else than white."""
        if not pdfium.draw_mode(handle, *self._mode_at):
            return False
        filled, stroked = self._mode
        if stroked or not filled:
            return bool(stroked)
        if not pdfium.fill_colour(handle, *self._colour_at):
            return True
        red, green, blue, alpha = self._colour
        return alpha > 0 and min(red, green, blue) < _WHITE

    def _edges(self, handle: pdfium.Object, count: int, matrix: tuple[float, ...] | None) -> Iterator[Rule]:
        """The upright and level lines of a path up to its first curve, and the four edges of a rectangle."""
        box, (x_at, y_at, *_), point_of = self._box, self._box_at, self.frame.point
        before: tuple[float, float] | None = None
        first: tuple[float, float] | None = None
        for place in range(count):
            segment = pdfium.get_segment(handle, place)
            kind = pdfium.segment_type(segment)
            pdfium.segment_point(segment, x_at, y_at)
            point = point_of(box[0], box[1]) if matrix is None else point_of(*_moved(matrix, box[0], box[1]))
            if kind == pdfium.MOVE_TO:
                if first is not None and before is not None:
                    yield from _line(before, first)
                first = point
            elif kind == pdfium.CURVE_TO:
                return
            elif before is not None:
                yield from _line(before, point)
            before = point
        if first is not None and before is not None:
            yield from _line(before, first)


def read_drawings(page: int, frame: Frame) -> Drawings:
    """The drawings of an open page, seen through `frame`."""
    reader = _Reader(frame)
    address = pdfium.Address(page)
    count = pdfium.count_objects(address)
    object_at, type_of, text = pdfium.get_object, pdfium.object_type, pdfium.TEXT_OBJECT
    for place in range(min(count, _MOST_OBJECTS)):
        handle = object_at(address, place)
        if handle and type_of(handle) != text:
            reader.read(handle, None, 0)
    width, height = frame.size
    share = reader.surface / (width * height) if width * height > 0 else 0.0
    return Drawings(tuple(reader.rules[:_MOST_RULES]), min(1.0, share), reader.objects > 0)


def _addresses(values: "array[int] | array[float]") -> list[pdfium.Address]:
    """Where each of some values is in memory."""
    first = values.buffer_info()[0]
    return [pdfium.Address(first + place * values.itemsize) for place in range(len(values))]


def _line(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Rule]:
    (left, top), (right, bottom) = one, two
    if left > right:
        left, right = right, left
    if top > bottom:
        top, bottom = bottom, top
    wide, high = right - left, bottom - top
    if (wide <= 0.5 or high <= 0.5) and (wide >= _SHORTEST or high >= _SHORTEST):
        yield Rule(left, top, right, bottom)


def _moved(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _multiplied(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
