"""A page with all that its file says of it: what layout needs beside the upright words."""

from dataclasses import dataclass

from ingest.pages.page import Page, Word


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as pdfium reads it.

    `page` is turned by `quarter` quarter turns clockwise from how it is shown, so that most of its text is upright;
    `aside` are the words that even then are not (watermarks, labels along a margin). `text` is the page's text in the
    order of the file; `drawn` tells whether anything at all is to be seen on the page, `scan` whether it is a picture
    of printed paper with hardly a word of its own (a stamp, a page number), `recognised` that its words are those
    of text recognition, which are not placed well enough to tell by them which number stands under which heading.
    """

    page: Page
    aside: tuple[Word, ...]
    quarter: int
    text: str
    drawn: bool
    scan: bool
    recognised: bool


def as_shown(leaf: Leaf, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    """A box of `leaf.page` in the coordinates of the page as it is shown: left, top, right, bottom."""
    width, height = leaf.page.width, leaf.page.height
    if leaf.quarter == 1:
        return top, width - right, bottom, width - left
    if leaf.quarter == 2:
        return width - right, height - bottom, width - left, height - top
    if leaf.quarter == 3:
        return height - bottom, left, height - top, right
    return left, top, right, bottom
