"""Footnotes among the lines: a number that the text refers to, at the start of a line that stands apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.heading_form import heading_form, is_bullet, is_ended
from ingest.lines import Line

_RAISED = re.compile(r"[¹²³⁰⁴-⁹]+\s*\S")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})\s+\S")
_REFERENCE = re.compile(r"(?<=[^\W\d_]{3})[)’'”\"»]?[.,;:]?[)’'”\"»]?(?P<number>\d{1,3})(?=[\s.,;:)]|$)")
_SOURCE = re.compile(r"https?://|www\.|(?:[A-Z]\.\s?)+[A-Z]")
_REACH = 8
_STEPS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The lines on which a footnote begins, and the lines that go on with one."""

    starts: frozenset[int]
    more: frozenset[int]


def find_footnotes(lines: Sequence[Line]) -> Footnotes:
    """The footnotes of a document.

    A raised digit at the start of a line tells by itself. A plain number counts when the text before refers to it, it
    follows the number of the last note, and it stands after a blank line or right after another note.
    """
    referred = _references(lines)
    starts: set[int] = set()
    more: set[int] = set()
    expected, last, open_before = 0, -_REACH, False
    for index, line in enumerate(lines):
        match = _NUMBERED.match(line.text)
        number = int(match["number"]) if match and not heading_form(line.text) else None
        after_note = index - 1 in starts or index - 1 in more
        if _RAISED.match(line.text):
            starts.add(index)
        elif number is not None and referred.get(number, index) < index and number - expected in (1, number):
            apart = line.new_page or line.blanks > 0 or (after_note and index - last < _REACH)
            expected, last = (number, index) if apart else (expected, last)
            starts.update((index,) if apart else ())
        if index in starts:
            open_before = open_before if after_note else index > 0 and not is_ended(lines[index - 1].text)
        elif after_note and _runs_on(lines[index - 1], line, open_before):
            more.add(index)
    return Footnotes(frozenset(starts), frozenset(more))


def _runs_on(last: Line, line: Line, open_before: bool) -> bool:
    """Whether a line is more of the note on the line before: its next line, an address, a name, a small letter.

    With `open_before` the notes cut a sentence of the text in two, so that after a blank line its rest follows.
    """
    if line.new_page or line.blanks > 1 or is_bullet(line.text) or line.hashes:
        return False
    if line.blanks:
        return not open_before and (line.text[0].islower() or bool(_SOURCE.match(line.text)))
    return line.text[0].islower() or bool(_SOURCE.match(line.text)) or not is_ended(last.text)


def _references(lines: Sequence[Line]) -> dict[int, int]:
    """The first line that refers to each number, counting up from one; columns may bring two numbers out of order."""
    found: dict[int, int] = {}
    for index, line in enumerate(lines):
        for match in _REFERENCE.finditer(line.text):
            number = int(match["number"])
            if number == 1 or any(number - step in found for step in _STEPS):
                found.setdefault(number, index)
    return found
