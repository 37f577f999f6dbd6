"""The styles of a Word file: what a paragraph takes over from its style and from the styles that one is based on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.drafts.draft import Look
from ingest.office.word_names import child, is_on, number, switch, value, w, whole

_HEADING = re.compile(r"(?:heading|kop|überschrift|titre|kopje)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|titel", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|inhopg|inhoudsopgave)\s*(?:[1-9]|heading|kop)|kopvaninhoudsopgave", re.IGNORECASE)
_VALUE, _RUN_STYLE, _SIZE = w("val"), w("rStyle"), w("sz")
_BOLD, _HIDDEN, _UNDERLINE = w("b"), w("vanish"), w("u")
_BODY_LEVEL = 9
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list that a paragraph is an item of, and how deep in it, from 0."""

    list_id: str
    level: int


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run looks, and whether it is shown at all."""

    look: Look
    hidden: bool


class WordStyles:
    """The styles of a file by their id; where there is no styles part, nothing is known of any."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._inherited: dict[tuple[str | None, str | None], RunLook] = {}
        for style in () if root is None else root.iter(w("style")):
            style_id = style.get(w("styleId"))
            if style_id is None:
                continue
            self._styles.setdefault(style_id, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true"):
                self._default = style_id
        self._run_defaults = child(root, "docDefaults", "rPrDefault", "rPr")

    def heading_rank(self, properties: etree._Element | None) -> int | None:
        """How deep a heading with these paragraph properties stands, from 1; None for what is no heading."""
        direct = number(properties, "outlineLvl")
        if direct is not None:
            return direct + 1 if 0 <= direct < _BODY_LEVEL else None
        for style in self._chain(self.style_of(properties)):
            level = number(style, "pPr", "outlineLvl")
            if level is not None:
                return level + 1 if 0 <= level < _BODY_LEVEL else None
            for name in _names(style):
                if match := _HEADING.fullmatch(name):
                    return int(match[1])
                if _TITLE.fullmatch(name):
                    return 1
        return None

    def is_contents(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph has one of the styles for a list of contents."""
        return any(
            _CONTENTS.fullmatch(name) for style in self._chain(self.style_of(properties)) for name in _names(style)
        )

    def list_place(self, properties: etree._Element | None) -> ListPlace | None:
        """The list of a paragraph, by itself or through its style; None for a paragraph in no list."""
        list_id, level = value(properties, "numPr", "numId"), number(properties, "numPr", "ilvl")
        if list_id is None:
            for style in self._chain(self.style_of(properties)):
                list_id = value(style, "pPr", "numPr", "numId")
                if list_id is not None:
                    level = number(style, "pPr", "numPr", "ilvl") if level is None else level
                    break
        return None if list_id is None or list_id == "0" else ListPlace(list_id, min(8, max(0, level or 0)))

    def list_of_style(self, style_id: str) -> str | None:
        """The list that a numbering style stands for."""
        return value(self._styles.get(style_id), "pPr", "numPr", "numId")

    def style_of(self, properties: etree._Element | None) -> str | None:
        """The id of a paragraph's style."""
        return value(properties, "pStyle") or self._default

    def look(self, run: etree._Element | None, paragraph_style: str | None, linked: bool) -> RunLook:
        """How a run with these properties looks in a paragraph of this style; an underlined link tells nothing."""
        own = {} if run is None else {each.tag: each.get(_VALUE) for each in run}
        key = (own.get(_RUN_STYLE), paragraph_style)
        if key not in self._inherited:
            self._inherited[key] = self._inherited_look(*key)
        inherited = self._inherited[key]
        size = whole(own.get(_SIZE))
        return RunLook(
            Look(
                bold=is_on(own[_BOLD]) if _BOLD in own else inherited.look.bold,
                underlined=not linked and (own.get(_UNDERLINE) or "none") != "none",
                size=inherited.look.size if size is None else size / 2,
            ),
            hidden=is_on(own[_HIDDEN]) if _HIDDEN in own else inherited.hidden,
        )

    def _inherited_look(self, run_style: str | None, paragraph_style: str | None) -> RunLook:
        styles = [*self._chain(run_style), *self._chain(paragraph_style)]
        properties = [*(child(style, "rPr") for style in styles), self._run_defaults]
        size = next((size for each in properties if (size := number(each, "sz")) is not None), None)
        bold, hidden = (
            next((told for each in properties if (told := switch(each, name)) is not None), False)
            for name in ("b", "vanish")
        )
        return RunLook(Look(bold, False, None if size is None else size / 2), hidden)

    def _chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """A style and those it is based on; a chain that bites its tail ends."""
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = value(style, "basedOn")


def _names(style: etree._Element) -> Iterator[str]:
    yield from (name for name in (value(style, "name"), style.get(w("styleId"))) if name)
