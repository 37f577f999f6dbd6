"""Lists of contents: where they stand among the lines, and what titles they promise."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line

_TITLE = re.compile(r"(?i)(?:inhoud|inhoudsopgave|inhoudsopgaaf|inhoudstafel|table of contents|contents)\s*:?")
_ENTRY = re.compile(r"(?P<title>\S.*?)[\s.…_·]+(?P<page>\d{1,3})")
_NUMBER = re.compile(r"\d{1,3}")
_LEADING = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+(?P<title>.+)")
_ENDED = re.compile(r"[.;!]$")
_COLUMN = re.compile(
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+)?(?P<title>[^\W\d].*?)[\s.…_·]+(?<![Tt]hema )\d{1,3}(?=\s|$)"
)
_LABEL = re.compile(r"[^\W\d_]+\s+\d{1,2}")
_MAX_ENTRY = 160


@dataclass(frozen=True, slots=True)
class Entry:
    """One title of a list of contents; `depth` is 0 for a chapter, 1 for what stands under it, and so on."""

    title: str
    number: str

    @property
    def depth(self) -> int:
        """How deep the title stands, by its number."""
        return self.number.count(".")


def contents_regions(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The stretches of lines, as [start, end), that are lists of contents, their own heading included."""
    regions: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        end = _region_end(lines, index) if _TITLE.fullmatch(lines[index].text) else _bare_region_end(lines, index)
        if end > index:
            regions.append((index, end))
            index = end
        else:
            index += 1
    return regions


def contents_entries(lines: Sequence[Line], regions: Sequence[tuple[int, int]]) -> list[Entry]:
    """The titles in these lists of contents; a row of several columns gives one entry for each."""
    entries: list[Entry] = []
    for start, end in regions:
        for line in lines[start:end]:
            entries.extend(_entries_of(line.text))
    return entries


def _region_end(lines: Sequence[Line], start: int) -> int:
    """Where a list that begins with its own heading ends: at the first line that is no entry."""
    titles: set[str] = set()
    index, last_entry = start + 1, start
    while index < len(lines):
        text = lines[index].text
        if len(text) > _MAX_ENTRY or normal_title(text) in titles:
            break
        if _ENTRY.fullmatch(text) or _NUMBER.fullmatch(text):
            last_entry = index
        elif _ENDED.search(text) or index - last_entry > 3:
            break
        titles.update(normal_title(entry.title) for entry in _entries_of(text))
        titles.add(normal_title(text))
        index += 1
    if last_entry == start:
        return start
    while index > last_entry + 1 and not _belongs(lines, index - 1, last_entry):
        index -= 1
    return index


def _belongs(lines: Sequence[Line], index: int, last_entry: int) -> bool:
    """Whether a line after the last numbered entry still is part of the list: close to it, without a gap."""
    return all(lines[place].blanks == 0 and not lines[place].new_page for place in range(last_entry + 1, index + 1))


def _bare_region_end(lines: Sequence[Line], start: int) -> int:
    """Where a list without a heading ends: at least four lines that all end in rising page numbers."""
    index, pages = start, [0]
    while index < len(lines):
        match = _ENTRY.fullmatch(lines[index].text) if lines[index].width <= _MAX_ENTRY else None
        leader = match is not None and bool(re.search(r"[.…_]{4,}\s*\d+$|^thema \d", lines[index].text, re.IGNORECASE))
        if match is None or not leader or int(match["page"]) < pages[-1]:
            break
        pages.append(int(match["page"]))
        index += 1
    return index if index - start >= 4 else start


def _entries_of(text: str) -> list[Entry]:
    found = [
        Entry(match["title"].rstrip(" .…_·"), match["number"] or "")
        for match in _COLUMN.finditer(text)
        if _ENTRY.fullmatch(text)
    ]
    return found or ([Entry(text, "")] if any(character.isalpha() for character in text) else [])


def normal_title(text: str) -> str:
    """A title for comparison: small letters, without number, page number and punctuation."""
    match = _LEADING.fullmatch(text)
    bare = match["title"] if match else text
    if not _LABEL.fullmatch(bare):
        bare = re.sub(r"[\s.…_·]+\d{1,3}$", "", bare)
    return re.sub(r"[\W_]+", " ", bare).strip().lower()
