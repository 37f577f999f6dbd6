"""A page as it is shown: its words with their places, and the lines and boxes drawn on it.

Words and rules are many: that their fields are `Final` is checked before the program runs and costs nothing, where
making one of a frozen class takes eight times as long.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(slots=True)
class Word:
    """A run of visible characters without white space, with its box in points from the top left of the page as it is
    shown (after its rotation), so that `top` < `bottom`; `size` is the size of its font in points as it is shown."""

    text: Final[str]
    left: Final[float]
    top: Final[float]
    right: Final[float]
    bottom: Final[float]
    baseline: Final[float]
    size: Final[float]
    bold: Final[bool]
    italic: Final[bool]


@dataclass(slots=True)
class Rule:
    """A thin line or the edge of a box: horizontal where it is wider than high, else vertical; points, as in Word."""

    left: Final[float]
    top: Final[float]
    right: Final[float]
    bottom: Final[float]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a PDF; `number` is its place in the file from 1, `words` are in the order of the file.

    `pictures` is the share of its surface, from 0 to 1, that pictures cover.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    pictures: float
