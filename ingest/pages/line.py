"""A line of a page, or the part of it that stands in one column."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.pages.page import Word

_GLUED = 0.2
_RAISED = 0.9
_LETTERS_APART = 4
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z])[.)]")
_ROOM_BETWEEN_WORDS = 1.6
_STEP_BETWEEN_WORDS = 1.35


@dataclass(slots=True)
class Line:
    """Words that read on from left to right.

    `size` is the font size of most of its characters, `baseline` that of those; `bold`, `italic` and `underlined` hold
    for the whole line. `text` has single spaces.
    """

    page: Final[int]
    words: Final[tuple[Word, ...]]
    text: Final[str]
    left: Final[float]
    top: Final[float]
    right: Final[float]
    bottom: Final[float]
    baseline: Final[float]
    size: Final[float]
    bold: Final[bool]
    italic: Final[bool]
    underlined: Final[bool]

    @property
    def first(self) -> Word:
        """Its first word."""
        return self.words[0]

    @property
    def body_left(self) -> float:
        """Where its second word begins: the text behind a list marker."""
        return self.words[1].left if len(self.words) > 1 else self.left


def make_line(page: int, words: Sequence[Word], underlined: bool = False) -> Line:
    """The line of these words, which are in order."""
    main = words[0]
    if len(words) == 1:
        text, left, right, bold, italic = main.text, main.left, main.right, main.bold, main.italic
        return Line(
            page, (main,), text, left, main.top, right, main.bottom, main.baseline, main.size, bold, italic, underlined
        )
    size = main.size
    even = not [word for word in words if word.size != size]
    if not even:
        sizes: Counter[float] = Counter()
        for word in words:
            sizes[word.size] += len(word.text)
        size = max(sizes, key=lambda size: (sizes[size], size))
        main = next(word for word in words if word.size == size)
    return Line(
        page=page,
        words=tuple(words),
        text=_text(words, even),
        left=min([word.left for word in words]),
        top=main.top,
        right=max([word.right for word in words]),
        bottom=main.bottom,
        baseline=main.baseline,
        size=main.size,
        bold=_is_mostly([word.bold for word in words], words) or _is_bold_behind_mark(words),
        italic=_is_mostly([word.italic for word in words], words),
        underlined=underlined,
    )


def _is_mostly(told: Sequence[bool], words: Sequence[Word]) -> bool:
    """Whether what is told of each word holds for nearly all characters."""
    if True not in told or False not in told:
        return told[0]
    counts = [len(word.text) for word in words]
    return sum([count for count, holds in zip(counts, told, strict=True) if holds]) >= 0.9 * sum(counts)


def _is_bold_behind_mark(words: Sequence[Word]) -> bool:
    """Whether only the number in front of a line is not bold."""
    return words[-1].bold and bool(_NUMBERED.fullmatch(words[0].text)) and all(word.bold for word in words[1:])


def _text(words: Sequence[Word], even: bool) -> str:
    """The words as text; `even` where all are of one size, so that none is raised."""
    texts = [word.text for word in words]
    text = " ".join(texts) if even else "".join(_spaced(words))
    return _closed_up(words) if 1 in map(len, texts) and _SPACED.search(text) else text


def _spaced(words: Sequence[Word]) -> Iterator[str]:
    """The words with a space before each but the first and those raised right behind another."""
    yield words[0].text
    for before, word in pairwise(words):
        glued = (
            word.size < _RAISED * before.size
            and word.baseline < before.baseline
            and word.left - before.right < _GLUED * before.size
            and not before.text[-1].isdigit()
        )
        yield word.text if glued else " " + word.text


_SPACED = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){3,}(?!\S)")


def _closed_up(words: Sequence[Word]) -> str:
    """The text with letters that stand apart ("I N H O U D") joined to words, where the room between words shows."""
    pieces: list[str] = []
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and len(words[end].text) == 1 and words[end].text.isalpha():
            end += 1
        if end - place < _LETTERS_APART:
            end = max(end, place + 1)
            pieces.extend(word.text for word in words[place:end])
        else:
            run = words[place:end]
            gaps = [two.left - one.right for one, two in pairwise(run)]
            steps = [two.left + two.right - one.left - one.right for one, two in pairwise(run)]
            usual, step = max(median(gaps), 0.01), median(steps)
            word = run[0].text
            for following, gap, reach in zip(run[1:], gaps, steps, strict=True):
                if gap > _ROOM_BETWEEN_WORDS * usual and reach > _STEP_BETWEEN_WORDS * step:
                    pieces.append(word)
                    word = ""
                word += following.text
            pieces.append(word)
        place = end
    return " ".join(pieces)
