"""A page as it is shown: its words with their places, and the lines and boxes drawn on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A run of visible characters without white space, with its box in points from the top left of the page as it is
    shown (after its rotation), so that `top` < `bottom`; `size` is the size of its font in points as it is shown."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line or the edge of a box: horizontal where it is wider than high, else vertical; points, as in Word."""

    left: float
    top: float
    right: float
    bottom: float


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
