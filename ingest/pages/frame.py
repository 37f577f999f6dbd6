"""From the coordinates of a PDF page to those of the page as a reader holds it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible box of a page in its own points (y upwards), and how many quarter turns clockwise it is shown at."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page, counted from the top left as shown."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x1: float, y1: float, x2: float, y2: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, as shown, of the box between two corners."""
        if not self.turns:
            left, right, top, bottom = x1 - self.left, x2 - self.left, self.top - y2, self.top - y1
            if left <= right and top <= bottom:  # as nearly all are
                return left, top, right, bottom
        left, top = self.point(x1, y1)
        right, bottom = self.point(x2, y2)
        return min(left, right), min(top, bottom), max(left, right), max(top, bottom)
