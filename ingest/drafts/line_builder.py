"""Runs of text with their look to the lines and paragraphs that a reader sees."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ingest.drafts.draft import PLAIN, DraftLine, DraftParagraph, Look
from ingest.heading_form import is_item_start
from ingest.structured import ElementKind

_MOST_ITEM_LINES = 1


class LineBuilder:
    """The text of one paragraph while its runs are read."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, Look]] = []

    def add(self, text: str, look: Look) -> None:
        """A run of text that looks the same; newlines in it break the line."""
        self._runs.append((text, look))

    @property
    def ends_with_space(self) -> bool:
        """Whether white space would be doubled here: at the start, and after white space."""
        last = next((text for text, _ in reversed(self._runs) if text), "\n")
        return last[-1].isspace()

    @property
    def text(self) -> str:
        """What was added so far."""
        return "".join(text for text, _ in self._runs)

    def lines(self) -> list[DraftLine]:
        """The lines without white space around them, empty where two line breaks follow each other."""
        lines: list[DraftLine] = []
        pieces: list[tuple[str, Look]] = []
        for text, look in [*self._runs, ("\n", PLAIN)]:
            first, *others = text.split("\n")
            pieces.append((first, look))
            for other in others:
                lines.append(_line(pieces))
                pieces = [(other, look)]
        return lines


def is_visible(text: str) -> bool:
    """Whether a reader sees anything of a text."""
    return text[:1].isalnum() or any(unicodedata.category(sign) not in _UNSEEN for sign in text)


_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Cs"})


def paragraphs(lines: Sequence[DraftLine], kind: ElementKind, rank: int | None) -> Iterator[DraftParagraph]:
    """The paragraphs that these lines are: parted by empty lines, and by lines that begin list items."""
    for visible, group in groupby(lines, key=lambda line: bool(line.text)):
        if not visible:
            continue
        for part in _items(list(group)) if kind is ElementKind.PARAGRAPH else [list(group)]:
            is_item = kind is ElementKind.PARAGRAPH and is_item_start(part[0].text) and len(part[0].text) > 1
            yield DraftParagraph(ElementKind.ITEM if is_item else kind, tuple(part), rank)


def _items(lines: list[DraftLine]) -> Iterator[list[DraftLine]]:
    """Lines in parts that begin at a list item, where at least two of them do."""
    starts = [index for index, line in enumerate(lines) if is_item_start(line.text)]
    if len(starts) <= _MOST_ITEM_LINES:
        yield lines
        return
    edges = [*([0] if starts[0] else []), *starts, len(lines)]
    for start, end in pairwise(edges):
        yield lines[start:end]


def _line(pieces: Sequence[tuple[str, Look]]) -> DraftLine:
    text = "".join(text for text, _ in pieces).strip()
    looks = [look for piece, look in pieces if is_visible(piece)]
    if not looks:
        return DraftLine("", PLAIN)
    sizes = {look.size for look in looks}
    look = Look(
        bold=all(look.bold for look in looks),
        underlined=all(look.underlined for look in looks),
        size=sizes.pop() if len(sizes) == 1 else None,
    )
    return DraftLine(text, look)
