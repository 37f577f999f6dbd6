"""Texts of a Word file as its elements: what a reader sees is what was given, sign by sign."""

import re
from collections.abc import Mapping

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

_SIGNS = re.compile(r"([\t\n])")
_ELEMENTS = {"\t": "w:tab", "\n": "w:br"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def allowed(text: str) -> str:
    """The text with a replacement character (U+FFFD) for each sign that XML 1.0 has no place for."""
    return _FORBIDDEN.sub("\ufffd", text)


def element(name: str, attributes: Mapping[str, str] | None = None, *children: BaseOxmlElement) -> BaseOxmlElement:
    """An element such as `w:p` with attributes such as `w:val` and what stands in it."""
    made: BaseOxmlElement = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key) if ":" in key else key, allowed(value))
    made.extend(children)
    return made


def run(text: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """A text with its line ends and tabs; python-docx reads the same text back."""
    made = element("w:r")
    if properties:
        made.append(element("w:rPr", None, *properties))
    for part in _SIGNS.split(allowed(text)):
        if part in _ELEMENTS:
            made.append(element(_ELEMENTS[part]))
        elif part:
            words = element("w:t", {"xml:space": "preserve"})
            words.text = part
            made.append(words)
    return made


def field(instruction: str, shown: BaseOxmlElement) -> list[BaseOxmlElement]:
    """A field that Word can work out again, with what it shows until then."""
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    return [
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "begin"})),
        element("w:r", None, code),
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "separate"})),
        shown,
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "end"})),
    ]


def bookmark(number: int, name: str, *marked: BaseOxmlElement) -> list[BaseOxmlElement]:
    """What other places can refer to by name; every number occurs once in a file."""
    start = element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    return [start, *marked, element("w:bookmarkEnd", {"w:id": str(number)})]
