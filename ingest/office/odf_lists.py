"""Counting the items of OpenDocument lists and numbered headings."""

from lxml import etree

from ingest.office.odf_names import count, q
from ingest.office.odf_styles import OdfStyles, label

_LEVELS = 10


class OdfLists:
    """The lists that are open at this point of a text, the outermost first."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._names: list[str | None] = []
        self._counts: list[list[int]] = []
        self._last: dict[str, list[int]] = {}
        self._by_id: dict[str, list[int]] = {}
        self._outline = [0] * _LEVELS

    @property
    def level(self) -> int:
        """How many lists are open."""
        return len(self._names)

    def open(self, element: etree._Element) -> None:
        """A list begins; one within another goes on with its style and its counters."""
        name = element.get(q("text:style-name")) or (self._names[-1] if self._names else None)
        if self._names:
            counts = self._counts[-1]
            if self.level < _LEVELS:
                counts[self.level :] = [0] * (_LEVELS - self.level)
        else:
            goes_on = self._by_id.get(element.get(q("text:continue-list"), ""))
            if goes_on is None and element.get(q("text:continue-numbering")) == "true":
                goes_on = self._last.get(name or "")
            counts = goes_on or [0] * _LEVELS
            self._last[name or ""] = counts
            if list_id := element.get("{http://www.w3.org/XML/1998/namespace}id"):
                self._by_id[list_id] = counts
        self._names.append(name)
        self._counts.append(counts)

    def close(self) -> None:
        """The innermost list ends."""
        self._names.pop()
        self._counts.pop()

    def item(self, element: etree._Element) -> str:
        """What stands before the next item of the innermost list: a number, or a dash for a bullet."""
        levels = self._styles.list_levels(self._names[-1] or self._paragraph_list(element))
        if self.level > _LEVELS:
            return ""
        counts, place = self._counts[-1], self.level - 1
        start = element.get(q("text:start-value"))
        if start is not None:
            counts[place] = count(start, 10_000)
        elif counts[place]:
            counts[place] += 1
        else:
            counts[place] = levels[self.level].start if self.level in levels else 1
        counts[self.level :] = [0] * (_LEVELS - self.level)
        return label(levels, self.level, counts)

    def heading(self, element: etree._Element, rank: int) -> str:
        """The number of a heading in the outline of the file, empty where headings have none."""
        levels = self._styles.outline
        if rank > _LEVELS or element.get(q("text:is-list-header")) == "true":
            return ""
        place = rank - 1
        restart = element.get(q("text:start-value"))
        if element.get(q("text:restart-numbering")) == "true" and restart is not None:
            self._outline[place] = count(restart, 10_000)
        elif self._outline[place]:
            self._outline[place] += 1
        else:
            self._outline[place] = levels[rank].start if rank in levels else 1
        self._outline[rank:] = [0] * (_LEVELS - rank)
        return label(levels, rank, self._outline)

    def _paragraph_list(self, item: etree._Element) -> str | None:
        first = next((each for each in item if each.tag in (q("text:p"), q("text:h"))), None)
        return None if first is None else self._styles.list_of(first.get(q("text:style-name")))
