"""A PDF to its pages: their words and lines as a reader sees them."""

import ctypes
from collections.abc import Iterator
from dataclasses import replace

from ingest.pages import pdfium_calls as pdfium
from ingest.pages.frame import Frame
from ingest.pages.leaf import Leaf
from ingest.pages.page import Page, Word
from ingest.pages.pdfium_drawings import read_drawings
from ingest.pages.pdfium_words import read_words

_SCALE = 0.2
_INK = 0.002
_MOSTLY = 0.6
_FEW_WORDS = 15
_LIGHT = 176
_NEAR = 24


def read_leaves(name: str, data: bytes) -> Iterator[Leaf | None]:
    """The pages of a PDF in order, None for one that cannot be opened; `name` is for messages.

    Raises DocumentError when the file is broken or has no pages.
    """
    with pdfium.opened(name, data) as document:
        handle = pdfium.address(document)
        for index in range(len(document)):
            leaf = _read(handle, index)
            if leaf is not None and leaf.drawn and len(leaf.page.words) + len(leaf.aside) < _FEW_WORDS:
                if not leaf.page.words and not leaf.aside:
                    leaf = replace(leaf, drawn=_has_ink(pdfium.rendered(document, index, _SCALE)))
                elif leaf.page.pictures > _MOSTLY:
                    leaf = replace(leaf, scan=_is_paper(pdfium.rendered(document, index, _SCALE)))
            yield leaf


def _read(document: int | None, index: int) -> Leaf | None:
    page = pdfium.load_page(document, index)
    if not page:
        return None
    try:
        text_page = pdfium.load_text(page)
        if not text_page:
            return None
        try:
            return _leaf(page, text_page, index + 1)
        finally:
            pdfium.close_text(text_page)
    finally:
        pdfium.close_page(page)


def _leaf(page: int, text_page: int, number: int) -> Leaf:
    box = pdfium.Box()
    pdfium.page_box(page, ctypes.addressof(box))
    left, top, right, bottom = box
    frame = Frame(left, bottom, right, top, pdfium.page_rotation(page) % 4)
    quarter = 0
    text, upright, aside, turned = read_words(text_page, frame)
    if turned:
        (most, characters), *_ = turned.most_common(1)
        if characters > _MOSTLY * sum(len(word.text) for word in (*upright, *aside)):
            quarter = most
            frame = replace(frame, turns=(frame.turns + quarter) % 4)
            text, upright, aside, _ = read_words(text_page, frame)
    drawings = read_drawings(page, frame)
    width, height = frame.size
    return Leaf(
        page=Page(
            number=number,
            width=width,
            height=height,
            words=tuple(_once(upright)),
            rules=drawings.rules,
            pictures=drawings.pictures,
        ),
        aside=tuple(_once(aside)),
        quarter=quarter,
        text=text,
        drawn=drawings.any,
        scan=False,
        recognised=False,
    )


def _once(words: list[Word]) -> Iterator[Word]:
    """Words without those drawn again in the same place, as for a shadow or to seem bold."""
    seen: dict[str, list[Word]] = {}
    for word in words:
        others = seen.get(word.text)
        if others is None:
            seen[word.text] = [word]
        else:
            left, baseline, reach = word.left, word.baseline, 0.3 * word.size
            if [one for one in others if abs(one.left - left) < reach and abs(one.baseline - baseline) < reach]:
                continue
            others.append(word)
        yield word


def _has_ink(pixels: bytes) -> bool:
    """Whether a drawn page shows more than one even colour."""
    if not pixels:
        return True
    most = max(pixels.count(value) for value in set(pixels))
    return len(pixels) - most > _INK * len(pixels)


def _is_paper(pixels: bytes) -> bool:
    """Whether a drawn page is mostly of one light colour, with something on it."""
    light = [pixels.count(value) for value in range(_LIGHT, 256)]
    most = max(range(len(light)), key=light.__getitem__)
    near = sum(light[max(0, most - _NEAR) : most + _NEAR])
    return 0.5 * len(pixels) < near < (1 - _INK) * len(pixels)
