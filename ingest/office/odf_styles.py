"""The styles of an OpenDocument file: looks, heading levels and the numbers of lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.drafts.draft import Look
from ingest.office.number_formats import written
from ingest.office.odf_names import count, q

_DEEPEST = 50
_HEADING = re.compile(r"(?i)(?:heading|kop|titre|überschrift)(?:_20_|\s)*([1-9])")
_TITLE = re.compile(r"(?i)title|titel")
_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?)pt")
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BULLET = "-"
_LONGEST_AFFIX = 30


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How the items of one level of a list are marked; `form` is None for a bullet, empty for nothing."""

    form: str | None
    prefix: str
    suffix: str
    shown: int
    start: int


class OdfStyles:
    """The styles of a file by family and name, those of the content before those of the styles part."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        self._looks: dict[tuple[str | None, str | None], Look] = {}
        self._hidden: dict[tuple[str | None, str | None], bool] = {}
        self._default: etree._Element | None = None
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            for style in root.iter(q("style:style")):
                key = (style.get(q("style:family"), ""), style.get(q("style:name"), ""))
                self._styles.setdefault(key, style)
            for style in root.iter(q("style:default-style")):
                if style.get(q("style:family")) == "paragraph":
                    self._default = style
            for style in root.iter(q("text:list-style")):
                self._lists.setdefault(style.get(q("style:name"), ""), dict(_levels(style)))
            for style in root.iter(q("text:outline-style")):
                self.outline = self.outline or dict(_levels(style))

    def heading_rank(self, paragraph: etree._Element) -> int | None:
        """How deep a heading stands, from 1; None for a paragraph that is none."""
        if paragraph.tag == q("text:h"):
            return count(paragraph.get(q("text:outline-level")), 10)
        for style in self._chain("paragraph", paragraph.get(q("text:style-name"))):
            name = style.get(q("style:name"), "")
            if match := _HEADING.fullmatch(name) or _HEADING.fullmatch(style.get(q("style:display-name"), "")):
                return int(match[1])
            if _TITLE.fullmatch(name):
                return 1
        return None

    def look(self, paragraph: str | None, span: str | None) -> Look:
        """How text looks in a paragraph style and, within it, in a text style."""
        if (paragraph, span) not in self._looks:
            self._looks[paragraph, span] = self._look(paragraph, span)
        return self._looks[paragraph, span]

    def is_hidden(self, paragraph: str | None, span: str | None) -> bool:
        """Whether text in these styles is not shown."""
        if (paragraph, span) not in self._hidden:
            styles = [*self._chain("text", span), *self._chain("paragraph", paragraph)]
            self._hidden[paragraph, span] = _property(styles, "text:display") in ("none", "true")
        return self._hidden[paragraph, span]

    def _look(self, paragraph: str | None, span: str | None) -> Look:
        styles = [*self._chain("text", span), *self._chain("paragraph", paragraph)]
        if self._default is not None:
            styles.append(self._default)
        size = _POINTS.fullmatch(_property(styles, "fo:font-size") or "")
        return Look(
            bold=_property(styles, "fo:font-weight") in ("bold", "600", "700", "800", "900"),
            underlined=(_property(styles, "style:text-underline-style") or "none") != "none",
            size=float(size[1]) if size else None,
        )

    def list_of(self, paragraph: str | None) -> str | None:
        """The list style that a paragraph style brings with it."""
        return next(
            (name for style in self._chain("paragraph", paragraph) if (name := style.get(q("style:list-style-name")))),
            None,
        )

    def list_levels(self, name: str | None) -> dict[int, ListLevel]:
        """The levels of a list style, from 1; empty for an unknown one."""
        return self._lists.get(name or "", {})

    def _chain(self, family: str, name: str | None) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name or ""))
            if style is None:
                return
            yield style
            name = style.get(q("style:parent-style-name"))


def label(levels: dict[int, ListLevel], level: int, counts: list[int]) -> str:
    """What stands before an item whose counters, the highest level first, are `counts`; empty where not certain."""
    found = levels.get(level)
    if found is None:
        return ""
    if found.form is None:
        return _BULLET
    if not found.form:
        return ""
    pieces: list[str] = []
    for place in range(max(1, level - found.shown + 1), level + 1):
        form = _FORMS.get(levels[place].form or "") if place in levels else None
        if place < level and place in levels and not levels[place].form:
            continue
        shown = written(counts[place - 1], form) if form else None
        if shown is None:
            return ""
        pieces.append(shown)
    return f"{found.prefix}{'.'.join(pieces)}{found.suffix}".strip()


def _levels(style: etree._Element) -> Iterator[tuple[int, ListLevel]]:
    for each in style:
        level = count(each.get(q("text:level")), 10)
        is_bullet = each.tag in (q("text:list-level-style-bullet"), q("text:list-level-style-image"))
        start = each.get(q("text:start-value"))
        yield (
            level,
            ListLevel(
                form=None if is_bullet else each.get(q("style:num-format"), ""),
                prefix=each.get(q("style:num-prefix"), "")[:_LONGEST_AFFIX],
                suffix=each.get(q("style:num-suffix"), "")[:_LONGEST_AFFIX],
                shown=count(each.get(q("text:display-levels")), 10),
                start=0 if start == "0" else count(start, 10_000),
            ),
        )


def _property(styles: list[etree._Element], name: str) -> str | None:
    told = (each.get(q(name)) for style in styles for each in style.findall(q("style:text-properties")))
    return next((found for found in told if found is not None), None)
