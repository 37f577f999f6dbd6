"""The numbers and bullets that Word puts before headings and list items, counted as Word does."""

import re
from dataclasses import dataclass

from lxml import etree

from ingest.office.number_formats import written
from ingest.office.word_names import child, number, switch, value, w, whole
from ingest.office.word_styles import ListPlace, WordStyles

BULLET = "-"
_LEVELS = 9
_LONGEST_LABEL = 60
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    restart: int | None
    legal: bool


@dataclass(frozen=True, slots=True)
class _List:
    """A list: the counters that it shares with others of its kind, its levels, and where it starts anew by itself."""

    counters: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class WordNumbering:
    """Counts the items of all lists of a file; ask once for every item, in the order of the file."""

    def __init__(self, root: etree._Element | None, styles: WordStyles) -> None:
        self._styles = styles
        self._kinds = (
            {} if root is None else {each.get(w("abstractNumId")): each for each in root.iter(w("abstractNum"))}
        )
        self._numbers = {} if root is None else {each.get(w("numId")): each for each in root.findall(w("num"))}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, place: ListPlace) -> str:
        """What stands before the next item at this place: a number as it is shown, or a dash for a bullet of any form.

        Empty where the file shows nothing, or where it is not certain what it shows.
        """
        if place.list_id not in self._lists:
            self._lists[place.list_id] = self._list(place.list_id)
        found = self._lists[place.list_id]
        level = found.levels.get(place.level) if found else None
        if found is None or level is None:
            return ""
        counts = self._counts.setdefault(found.counters, [None] * _LEVELS)
        if place.list_id not in self._begun:
            self._begun.add(place.list_id)
            for each in found.starts:
                counts[each] = None
        last = counts[place.level]
        counts[place.level] = found.starts.get(place.level, level.start) if last is None else last + 1
        for deeper in range(place.level + 1, _LEVELS):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or place.level < restart:
                counts[deeper] = None
        return BULLET if level.form == "bullet" else _label(level, found.levels, counts)

    def _list(self, list_id: str) -> _List | None:
        own = self._numbers.get(list_id)
        counters = value(own, "abstractNumId")
        kind = self._kinds.get(counters)
        if kind is not None and (link := value(kind, "numStyleLink")):
            linked = self._styles.list_of_style(link)
            counters = value(self._numbers.get(linked), "abstractNumId") if linked else None
            kind = self._kinds.get(counters)
        if own is None or kind is None or counters is None:
            return None
        levels = dict(filter(None, map(_level, kind.findall(w("lvl")))))
        starts: dict[int, int] = {}
        for override in own.findall(w("lvlOverride")):
            place = whole(override.get(w("ilvl")))
            if place is None:
                continue
            if (changed := child(override, "lvl")) is not None and (found := _level(changed)):
                levels[place] = found[1]
            if (start := number(override, "startOverride")) is not None:
                starts[place] = start
        return _List(counters, levels, starts)


def _level(element: etree._Element) -> tuple[int, _Level] | None:
    place, text = whole(element.get(w("ilvl"))), value(element, "lvlText") or ""
    if place is None or len(text) > _LONGEST_LABEL:
        return None
    start = number(element, "start")
    return place, _Level(
        form=value(element, "numFmt") or "decimal",
        text=text,
        start=0 if start is None else start,
        restart=number(element, "lvlRestart"),
        legal=bool(switch(element, "isLgl")),
    )


def _label(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    """The number as it reads, with those of the levels above that it repeats; empty where one is not certain."""
    if level.form == "none" and not _PLACEHOLDER.search(level.text):
        return level.text.strip()
    numbers: dict[str, str] = {}
    for match in _PLACEHOLDER.finditer(level.text):
        place = int(match[1]) - 1
        count = counts[place]
        form = "decimal" if level.legal else levels[place].form if place in levels else "decimal"
        shown = None if count is None else written(count, form)
        if shown is None:
            return ""
        numbers[match[0]] = shown
    return _PLACEHOLDER.sub(lambda match: numbers[match[0]], level.text).strip()
