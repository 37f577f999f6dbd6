"""The text of an OpenDocument paragraph as a reader sees it."""

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.drafts.line_builder import LineBuilder
from ingest.office.odf_names import count, q
from ingest.office.odf_styles import OdfStyles

_WHITE = re.compile(r"[ \t\r\n]+")
_UNSEEN = frozenset(
    map(
        q,
        (
            "office:annotation", "office:annotation-end", "text:tracked-changes", "text:bookmark", "text:change",
            "text:bookmark-start", "text:bookmark-end", "text:ruby-text", "text:note-citation", "text:hidden-text",
            "text:alphabetical-index-mark", "text:toc-mark", "text:user-index-mark", "svg:title", "svg:desc",
        ),
    )
)  # fmt: skip
_SHAPES = frozenset(map(q, ("draw:frame", "draw:custom-shape", "draw:g", "draw:rect", "draw:ellipse", "draw:a")))


@dataclass(slots=True)
class OdfText:
    """What a paragraph holds: its runs, the notes it calls, and the frames and shapes anchored in it."""

    runs: LineBuilder = field(default_factory=LineBuilder)
    notes: list[etree._Element] = field(default_factory=list)
    frames: list[etree._Element] = field(default_factory=list)
    number: str = ""


def read_text(paragraph: etree._Element, styles: OdfStyles) -> OdfText:
    """The text of a paragraph or heading; a number that the file tells stands apart from it."""
    text = OdfText()
    _inside(paragraph, paragraph.get(q("text:style-name")), None, styles, text)
    return text


def _inside(element: etree._Element, paragraph: str | None, span: str | None, styles: OdfStyles, text: OdfText) -> None:
    hidden = styles.is_hidden(paragraph, span)
    look = styles.look(paragraph, span)

    def add(words: str | None) -> None:
        if words and not hidden:
            flat = _WHITE.sub(" ", words)
            text.runs.add(flat.lstrip(" ") if text.runs.ends_with_space else flat, look)

    add(element.text)
    for each in element:
        if each.tag == q("text:s"):
            text.runs.add(" " * count(each.get(q("text:c")), 100), look)
        elif each.tag == q("text:tab"):
            text.runs.add("\t", look)
        elif each.tag == q("text:line-break"):
            text.runs.add("\n", look)
        elif each.tag == q("text:note"):
            text.notes.append(each)
        elif each.tag == q("text:number"):
            text.number = "".join(map(str, each.itertext())).strip()
        elif each.tag in _SHAPES:
            text.frames.append(each)
        elif each.tag not in _UNSEEN:
            own = each.get(q("text:style-name")) if each.tag in (q("text:span"), q("text:a")) else None
            _inside(each, paragraph, own or span, styles, text)
        add(each.tail)
