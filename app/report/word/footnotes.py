"""The footnotes of a Word file: a part of its own, with the lines above the notes and a note for each source."""

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement

from app.report.word.blocks import Note
from app.report.word.runs import bookmark, element, field, run

_LINES = {"-1": "separator", "0": "continuationSeparator"}
_BOOKMARKS = 1_000_000  # numbers of bookmarks of notes begin after those of headings


class Footnotes:
    """The notes of one file in the order in which the text calls them."""

    def __init__(self) -> None:
        self._root = element("w:footnotes")
        self._numbers: dict[str, int] = {}
        for number, kind in _LINES.items():
            line = element("w:p", None, _close(), element("w:r", None, element(f"w:{kind}")))
            self._root.append(element("w:footnote", {"w:type": kind, "w:id": number}, line))

    def call(self, note: Note) -> list[BaseOxmlElement]:
        """The mark in the text: of a new note, or of the one with the same key."""
        style = element("w:rStyle", {"w:val": "FootnoteReference"})
        if note.key in self._numbers:
            number = self._numbers[note.key]
            return field(f"NOTEREF {_name(number)} \\f \\h", run(str(number), style))
        number = self._numbers[note.key] = len(self._numbers) + 1
        self._root.append(_footnote(number, note.text))
        mark = element("w:r", None, element("w:rPr", None, style))
        mark.append(element("w:footnoteReference", {"w:id": str(number)}))
        return bookmark(_BOOKMARKS + number, _name(number), mark)

    def attach(self, document: Document) -> None:
        """Make them a part of the file, and tell its settings which notes are the lines above the others."""
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(number: int, text: str) -> BaseOxmlElement:
    style = element("w:pPr", None, element("w:pStyle", {"w:val": "FootnoteText"}))
    mark = element("w:r", None, element("w:rPr", None, element("w:rStyle", {"w:val": "FootnoteReference"})))
    mark.append(element("w:footnoteRef"))
    return element("w:footnote", {"w:id": str(number)}, element("w:p", None, style, mark, run(f" {text}")))


def _close() -> BaseOxmlElement:
    return element("w:pPr", None, element("w:spacing", {"w:before": "0", "w:after": "0", "w:line": "240"}))


def _name(number: int) -> str:
    return f"_Noot{number}"
