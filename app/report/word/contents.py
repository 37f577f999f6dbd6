"""The contents of a Word file: a field that Word can renew, which already holds its lines as links."""

from collections.abc import Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from app.report.word.blocks import Heading
from app.report.word.runs import element, run

DEEPEST = 2


def contents_element(headings: Sequence[tuple[str, Heading]]) -> BaseOxmlElement:
    """The contents of headings with their bookmarks; page numbers come when Word renews the field."""
    listed = [(name, heading) for name, heading in headings if heading.level <= DEEPEST]
    paragraphs = [_line(name, heading) for name, heading in listed] or [element("w:p")]
    _open(paragraphs[0])
    paragraphs[-1].append(_mark("end"))
    gallery = element("w:docPartGallery", {"w:val": "Table of Contents"})
    part = element("w:docPartObj", None, gallery, element("w:docPartUnique"))
    title = element("w:p", None, _style("TOCHeading"), run("Inhoud"))
    return element("w:sdt", None, element("w:sdtPr", None, part), element("w:sdtContent", None, title, *paragraphs))


def _open(first: BaseOxmlElement) -> None:
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = f' TOC \\o "1-{DEEPEST}" \\h \\z \\u '
    at = 1 if len(first) and first[0].tag.endswith("}pPr") else 0
    first[at:at] = [_mark("begin"), element("w:r", None, code), _mark("separate")]


def _line(name: str, heading: Heading) -> BaseOxmlElement:
    link = element("w:hyperlink", {"w:anchor": name, "w:history": "1"}, run(heading.text))
    return element("w:p", None, _style(f"TOC{heading.level}"), link)


def _style(name: str) -> BaseOxmlElement:
    return element("w:pPr", None, element("w:pStyle", {"w:val": name}))


def _mark(kind: str) -> BaseOxmlElement:
    return element("w:r", None, element("w:fldChar", {"w:fldCharType": kind}))
