"""The statements in a passage: its sentences, list items, table rows and headings that are sentences themselves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from corpus.document import SectionKind
from corpus.passage import Passage
from ingest.heading_form import is_ended, is_item_start
from ingest.sentences import sentence_starts

_LINE = re.compile(r"[^\n]+")
_SIGNS = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"(?:[^\w\s(‘'“\"€]|o(?=\s)|\(?(?:\d{1,2}|[a-zA-Z])[.)](?=\s))+\s*")
_ROW = re.compile(r" \| [^|\n]{1,200}: ")
_GOES_ON = re.compile(r"[a-zà-ÿ(&]")
_AMOUNT_LAST = re.compile(r"\d\.\d{3}$")
_LEAST_HEADING_WORDS = 6
_MOST_HEADING_LINES = 12


class StatementKind(Enum):
    """What the text around a statement shows it to be."""

    SENTENCE = "sentence"
    ITEM = "list item"
    ROW = "table row"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Statement:
    """text[start:end] of the canonical text, without a bullet; `passage` is the id of the passage it stands in.

    `headings` are those it stands under, from the top down; `lead_in` introduces the list that it is an item of. Both
    help to judge it and are no part of it.
    """

    passage: str
    start: int
    end: int
    text: str
    kind: StatementKind
    headings: tuple[str, ...]
    lead_in: str | None


def find_statements(passage: Passage, lead_in: str | None = None) -> list[Statement]:
    """The statements of a passage of body text, in order; `lead_in` introduces the list in which it begins, if any.

    What has fewer than two words is none, and a heading only where it is long enough to be a sentence.
    """
    if passage.kind is not SectionKind.BODY:
        return []
    return [each for each in _statements(passage, lead_in) if len(_LETTERS.findall(each.text)) >= 2]


def _statements(passage: Passage, lead_in: str | None) -> Iterator[Statement]:
    lines = [_trimmed(passage.quote, *match.span()) for match in _LINE.finditer(passage.quote)]
    lines = [(start, end) for start, end in lines if end > start]
    headings = _heading_lines(passage, lines)
    for start, end, level in headings:
        if _could_be_sentence(passage.quote[start:end]):
            yield _made(passage, start, end, StatementKind.HEADING, passage.section[:level], None)
    body = _joined(passage.quote, lines[_count(lines, headings) :])
    for start, end, item in body:
        line = passage.quote[start:end]
        if _ROW.search(line):
            yield _made(passage, start, end, StatementKind.ROW, passage.section, None)
            continue
        lead_in = lead_in if item else None
        kind = StatementKind.ITEM if item else StatementKind.SENTENCE
        for one, two in pairwise(_starts(passage.quote, start, end)):
            yield _made(passage, *_trimmed(passage.quote, one, two), kind, passage.section, lead_in)
        if line.endswith(":"):
            lead_in = _last_sentence(passage.quote, start, end)
        elif not item:
            lead_in = None


def _made(
    passage: Passage, start: int, end: int, kind: StatementKind, headings: tuple[str, ...], lead_in: str | None
) -> Statement:
    sign = _SIGN.match(passage.quote, start, end) if kind in (StatementKind.ITEM, StatementKind.HEADING) else None
    if sign is not None and is_item_start(passage.quote[start:end]) and sign.end() < end:
        start = sign.end()
    text = passage.quote[start:end]
    return Statement(passage.id, passage.start + start, passage.start + end, text, kind, headings, lead_in)


def _heading_lines(passage: Passage, lines: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The headings with which a passage opens, each with its place in the path: the first one's own section's tail."""
    wanted = [_plain(heading) for heading in passage.section]
    for first in range(len(wanted)):
        found: list[tuple[int, int, int]] = []
        place = 0
        for level in range(first, len(wanted)):
            stop = _matching(passage.quote, lines, place, wanted[level])
            if stop is None:
                break
            found.append((lines[place][0], lines[stop - 1][1], level))
            place = stop
        else:
            return found
    return []


def _matching(text: str, lines: Sequence[tuple[int, int]], place: int, wanted: str) -> int | None:
    """The place after the lines that together read as a heading, None where they do not."""
    held = ""
    for stop in range(place, min(len(lines), place + _MOST_HEADING_LINES)):
        held += _plain(text[slice(*lines[stop])])
        if held == wanted and held:
            return stop + 1
        if not wanted.startswith(held):
            return None
    return None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return _SIGNS.sub("", text.lower())


def _count(lines: Sequence[tuple[int, int]], headings: Sequence[tuple[int, int, int]]) -> int:
    end = headings[-1][1] if headings else 0
    return sum(line[1] <= end for line in lines)


def _could_be_sentence(heading: str) -> bool:
    return len(heading.split()) >= _LEAST_HEADING_WORDS and not heading.endswith("?")


def _joined(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """The lines, each with whether it is a list item; a line that goes on with the one above is one with it."""
    held: tuple[int, int, bool] | None = None
    for start, end in lines:
        line = text[start:end]
        item = is_item_start(line) and not _ROW.search(line)
        above = "" if held is None else text[held[0] : held[1]]
        ended = is_ended(above) and not _AMOUNT_LAST.search(above)
        if held is not None and not item and _GOES_ON.match(line) and not ended and not _ROW.search(above):
            held = (held[0], end, held[2])
            continue
        if held is not None:
            yield held
        held = (start, end, item)
    if held is not None:
        yield held


def _starts(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of a line begin, and its end; a clause after ';' or ':' goes on with its sentence."""
    begins = [start]
    for position in sentence_starts(text, start, end):
        before = text[begins[-1] : position].rstrip()
        if before[-1:] not in (";", ":") and _LETTERS.search(before):
            begins.append(position)
    return [*begins, end]


def _last_sentence(text: str, start: int, end: int) -> str:
    begins = _starts(text, start, end)
    return text[begins[-2] : end].strip()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
