"""A web page to paragraphs, headings, lists and tables, in the order of the page."""

import re
from dataclasses import dataclass

from lxml import etree

from ingest.drafts.draft import Draft, DraftLine, DraftParagraph, Look
from ingest.drafts.layout import settled
from ingest.drafts.line_builder import LineBuilder, is_visible, paragraphs
from ingest.heading_form import is_item_start
from ingest.office.number_formats import written
from ingest.structured import ElementKind
from ingest.web.visible import Visibility
from ingest.web.web_table import WebTable

_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q ruby rb s samp small span strike strong
    sub sup time tt u var wbr nobr
    """.split()
)
_WITHIN_TEXT = frozenset("svg img iframe button input textarea select label meter progress picture video audio".split())
_NOWHERE = frozenset("script style link meta template noscript rt rp".split())
_WHITE = re.compile(r"[ \t\r\n\f]+")
_HEADING = re.compile(r"h([1-6])")
_BOLD = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"(?i)font-weight\s*:\s*(?:bold|[6-9]00)")
_NOTE = re.compile(
    r"(?i)(?:foot|end)-?notes?(?:-item|-text|s-list)?|voetnoot|voetnoten|noot|noten|eindnoten|mso(?:foot|end)notetext"
)
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "doc-endnotes"})
_REFERENCE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡]{1,3}|[a-z])[\])]?")
_REFERENCE_CLASS = re.compile(r"(?i)(?:foot|end)?note|noot|\bfn|fnref|noteref")
_BACK = frozenset("↩ ↑ ^ ↵ ⏎ ↩︎ terug".split())
_CONTENTS = re.compile(r"(?i)toc|table-of-contents|inhoudsopgave")
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}


@dataclass(slots=True)
class _List:
    form: str | None
    next_number: int
    step: int


class WebText:
    """Walks through a page once; afterwards `drafts` hold its text."""

    def __init__(self, root: etree._Element, visibility: Visibility) -> None:
        self.drafts: list[Draft] = []
        self._visibility = visibility
        self._runs = LineBuilder()
        self._outer: list[tuple[list[Draft], str, list[_List]]] = []
        self._tables: list[WebTable] = []
        self._lists: list[_List] = []
        self._label = ""
        self._ranks: list[int] = []
        self._open: dict[str, int] = dict.fromkeys(("bold", "underlined", "pre", "note", "contents", "thead"), 0)
        self._opened: list[tuple[str, ...]] = []
        self._walk(root)
        self._flush()

    def _walk(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        skipping = False
        for event, element in walker:
            if event == "start":
                if not self._visibility.is_read(element) or self._is_reference(element):
                    skipping = True
                    walker.skip_subtree()
                    continue
                self._begin(element)
                self._add(element.text)
            else:
                if skipping:
                    skipping = False
                    self._pass_by(element.tag)
                else:
                    self._finish(element)
                if element is not root:
                    self._add(element.tail)

    def _begin(self, element: etree._Element) -> None:
        tag = element.tag
        if tag not in _INLINE and tag != "br":
            self._flush()
        states = tuple(self._states(element))
        for state in states:
            self._open[state] += 1
        self._opened.append(states)
        if rank := _rank(element):
            self._ranks.append(rank)
        elif tag == "br":
            self._runs.add("\n", self._look())
        elif tag in ("ul", "ol", "menu", "dir"):
            self._lists.append(_list(element))
        elif tag == "li":
            self._label = self._next_label(element)
        elif tag == "table":
            self._tables.append(WebTable())
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row(self._open["thead"] > 0)
        elif tag in ("td", "th") and self._tables:
            self._outer.append((self.drafts, self._label, self._lists))
            self.drafts, self._label, self._lists = [], "", []

    def _finish(self, element: etree._Element) -> None:
        tag = element.tag
        if tag not in _INLINE and tag != "br":
            self._flush()
        for state in self._opened.pop():
            self._open[state] -= 1
        if _rank(element):
            self._ranks.pop()
        elif tag in ("ul", "ol", "menu", "dir") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._label = ""
        elif tag == "table" and self._tables:
            self.drafts += settled(self._tables.pop().finished())
        elif tag in ("td", "th") and self._tables:
            drafts = tuple(self.drafts)
            self.drafts, self._label, self._lists = self._outer.pop()
            self._tables[-1].add(element, drafts)

    def _states(self, element: etree._Element) -> list[str]:
        names = [*element.get("class", "").split(), element.get("id", "")]
        states: list[str] = []
        if element.tag in _BOLD or _BOLD_STYLE.search(element.get("style", "")):
            states.append("bold")
        if element.tag in ("u", "pre", "thead"):
            states.append({"u": "underlined"}.get(element.tag, element.tag))
        if element.tag not in _INLINE and element.tag != "body":
            if element.get("role") in _NOTE_ROLES or any(_NOTE.fullmatch(name) for name in names if name):
                states.append("note")
            if any(_CONTENTS.fullmatch(name) for name in names if name):
                states.append("contents")
        return states

    def _look(self) -> Look:
        return Look(self._open["bold"] > 0, self._open["underlined"] > 0, None)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._open["pre"]:
            self._runs.add(text.replace("\r\n", "\n"), self._look())
            return
        flat = _WHITE.sub(" ", text)
        self._runs.add(flat.lstrip(" ") if self._runs.ends_with_space else flat, self._look())

    def _pass_by(self, tag: str) -> None:
        """What is left out parts the words around it, or the paragraphs; not so a script, or the mark of a note."""
        if tag in _WITHIN_TEXT:
            self._add(" ")
        elif tag not in _INLINE and tag not in _NOWHERE:
            self._flush()

    def _flush(self) -> None:
        """End the paragraph that is open."""
        lines, self._runs = self._runs.lines(), LineBuilder()
        visible = [line for line in lines if line.text]
        if not visible:
            return
        if self._open["note"]:
            self.drafts.append(DraftParagraph(ElementKind.NOTE, tuple(visible), None))
        elif self._ranks:
            self.drafts.append(DraftParagraph(ElementKind.HEADING, tuple(visible), self._ranks[-1]))
        elif self._open["contents"]:
            self.drafts.append(DraftParagraph(ElementKind.CONTENTS, tuple(visible), None))
        elif self._open["pre"]:
            self._preformatted(lines)
        elif self._label:
            self._item(lines)
        else:
            self.drafts += paragraphs(lines, ElementKind.PARAGRAPH, None)

    def _preformatted(self, lines: list[DraftLine]) -> None:
        """Lines that stay as they are: each on its own, with what follows an empty line as a paragraph of its own."""
        opens = True
        for line in lines:
            if not line.text:
                opens = True
                continue
            kind = ElementKind.ITEM if self._label or not opens else ElementKind.PARAGRAPH
            text = f"{self._label} {line.text}" if self._label else line.text
            self.drafts.append(DraftParagraph(kind, (DraftLine(text, line.look),), None))
            self._label, opens = "", False

    def _item(self, lines: list[DraftLine]) -> None:
        """The first paragraph of a list item, with its number or dash; an item that has its own mark keeps that."""
        first = next(index for index, line in enumerate(lines) if line.text)
        if not is_item_start(lines[first].text):
            lines[first] = DraftLine(f"{self._label} {lines[first].text}", lines[first].look)
        self._label = ""
        item, *others = paragraphs(lines, ElementKind.ITEM, None)
        self.drafts.append(item)
        self.drafts += [DraftParagraph(ElementKind.PARAGRAPH, other.lines, None) for other in others]

    def _next_label(self, item: etree._Element) -> str:
        if not self._lists:
            return "-"
        current = self._lists[-1]
        if (value := _number(item.get("value"))) is not None:
            current.next_number = value
        number = current.next_number
        current.next_number += current.step
        if current.form is None:
            return "-"
        shown = written(number, current.form) if current.step > 0 else None
        return f"{shown}." if shown else "-"

    def _is_reference(self, element: etree._Element) -> bool:
        """Whether a link is the mark of a note in the text, or leads back from a note to it."""
        if element.tag != "a" or "#" not in element.get("href", ""):
            return False
        text = "".join(map(str, element.itertext())).strip()
        if text in _BACK:
            return True
        if self._open["note"] or not _REFERENCE.fullmatch(text):
            return False
        parent = element.getparent()
        marked = f"{element.get('class', '')} {element.get('role', '')} {element.get('id', '')}"
        return bool(_REFERENCE_CLASS.search(marked)) or (parent is not None and parent.tag == "sup")


def _rank(element: etree._Element) -> int | None:
    if match := _HEADING.fullmatch(element.tag):
        return int(match[1])
    if element.get("role") == "heading":
        level = _number(element.get("aria-level"))
        return level if level is not None and 1 <= level <= 9 else 2
    return None


def _list(element: etree._Element) -> _List:
    start = _number(element.get("start"))
    form = _LIST_TYPES.get(element.get("type", "1"), "decimal") if element.tag == "ol" else None
    backwards = element.get("reversed") is not None
    return _List(form, 1 if start is None else start, -1 if backwards else 1)


def _number(text: str | None) -> int | None:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else None


def text_length(drafts: list[Draft]) -> int:
    """How much a reader sees of these drafts, in characters."""
    return sum(len(draft.text) for draft in drafts if is_visible(draft.text))
