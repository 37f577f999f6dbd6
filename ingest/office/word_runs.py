"""The text of a Word paragraph as a reader sees it: insertions are in it, deletions, comments and codes are not."""

from dataclasses import dataclass, field

from lxml import etree

from ingest.drafts.draft import Look
from ingest.drafts.line_builder import LineBuilder
from ingest.office.word_fields import WordFields
from ingest.office.word_names import ALTERNATE, CHOICE, FALLBACK, child, w, whole
from ingest.office.word_styles import WordStyles

_M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_RUN, _LINK, _TEXT, _FIELD, _CODE = map(w, ("r", "hyperlink", "t", "fldChar", "instrText"))
_UNSEEN = frozenset(map(w, ("pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "delText", "rt", "tblPr")))
_BREAKS = frozenset(map(w, ("br", "cr")))
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("noBreakHyphen"): "\u2011", **dict.fromkeys(_BREAKS, "\n")}
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_PICTURE_AREA = 60 * 360_000**2
"""Of a picture large enough to hold text: 60 square centimetres, in EMU."""
_SYMBOLS = {
    ("wingdings", 0x6F): "☐", ("wingdings", 0xA8): "☐", ("wingdings", 0xFE): "☑", ("wingdings", 0xFD): "☒",
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFB): "✗", ("wingdings", 0xE0): "→", ("symbol", 0xB7): "•",
    ("symbol", 0xAE): "→", ("symbol", 0xB3): "≥", ("symbol", 0xA3): "≤", ("symbol", 0xB1): "±", ("symbol", 0xB4): "×",
}  # fmt: skip


@dataclass(slots=True)
class NoteReference:
    """Where a note is called: `part` is footnotes or endnotes, `marked` tells that the text has a mark of its own."""

    part: str
    note_id: str | None
    marked: bool


@dataclass(slots=True)
class WordText:
    """What a paragraph holds: its runs, the notes it calls, text boxes anchored in it, and large pictures."""

    runs: LineBuilder = field(default_factory=LineBuilder)
    notes: list[NoteReference] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    contents: bool = False
    pictures: int = 0
    diagrams: int = 0


class WordRuns:
    """Reads paragraphs of one file in order."""

    def __init__(self, styles: WordStyles, fields: WordFields) -> None:
        self._styles = styles
        self._fields = fields

    def read_into(self, text: WordText, paragraph: etree._Element) -> None:
        """Add what a paragraph holds."""
        text.contents = text.contents or self._fields.contents
        self._inside(paragraph, self._styles.style_of(child(paragraph, "pPr")), False, text)

    def _inside(self, element: etree._Element, style: str | None, linked: bool, text: WordText) -> None:
        for each in element:
            if each.tag in _UNSEEN:
                continue
            if each.tag == _RUN:
                self._run(each, style, linked, text)
            elif each.tag == _M_TEXT:
                text.runs.add(each.text or "", Look(False, False, None))
            elif each.tag == ALTERNATE:
                if (chosen := alternative(each)) is not None:
                    self._inside(chosen, style, linked, text)
            else:
                self._inside(each, style, linked or each.tag == _LINK, text)

    def _run(self, run: etree._Element, style: str | None, linked: bool, text: WordText) -> None:
        found = self._styles.look(child(run, "rPr"), style, linked)
        for each in run:
            self._piece(each, found.look, found.hidden, text)

    def _piece(self, piece: etree._Element, look: Look, hidden: bool, text: WordText) -> None:
        if piece.tag == _TEXT:
            if not hidden and not self._fields.hidden:
                text.runs.add((piece.text or "").replace("\n", " "), look)
        elif piece.tag == _FIELD:
            self._fields.mark(piece.get(w("fldCharType")))
            text.contents = text.contents or self._fields.contents
        elif piece.tag == _CODE:
            self._fields.code(piece.text or "")
        elif hidden or self._fields.hidden or piece.tag in _UNSEEN:
            return
        elif piece.tag in _SIGNS:
            text.runs.add(_SIGNS[piece.tag], look)
        elif piece.tag == w("sym"):
            text.runs.add(_symbol(piece), look)
        elif piece.tag in _NOTES:
            marked = bool(switch_of(piece, "customMarkFollows"))
            text.notes.append(NoteReference(_NOTES[piece.tag], piece.get(w("id")), marked))
        elif piece.tag == ALTERNATE:
            chosen = alternative(piece)
            for each in () if chosen is None else chosen:
                self._piece(each, look, hidden, text)
        elif piece.tag == w("ruby"):
            for each in piece.iterfind(f"{w('rubyBase')}/{w('r')}/{w('t')}"):
                text.runs.add(each.text or "", look)
        else:
            self._drawing(piece, text)

    def _drawing(self, drawing: etree._Element, text: WordText) -> None:
        """A picture, shape or object: its text boxes are read, the rest is counted."""
        boxes = [box for box in drawing.iter(w("txbxContent")) if not _is_within_another(box, drawing)]
        text.boxes += boxes
        if boxes:
            return
        kinds = {each.get("uri", "").rpartition("/")[2] for each in drawing.iter(_GRAPHIC)}
        if kinds & {"chart", "chartex", "diagram"}:
            text.diagrams += 1
        elif "picture" in kinds and any(map(_is_large, drawing.iter(_EXTENT))):
            text.pictures += 1


def alternative(element: etree._Element) -> etree._Element | None:
    """Of the ways in which a file says the same thing, the one that a new Word shows."""
    for name in (CHOICE, FALLBACK):
        for each in element.findall(name):
            if len(each):
                return each
    return None


def switch_of(element: etree._Element, attribute: str) -> bool:
    """Whether an on/off attribute is on."""
    return element.get(w(attribute), "0").lower() in ("1", "true", "on")


def _is_within_another(box: etree._Element, drawing: etree._Element) -> bool:
    """Whether a text box stands in another one of a drawing, or says again what another one says."""
    for above in box.iterancestors():
        if above is drawing:
            return False
        if above.tag == w("txbxContent") or above.tag == FALLBACK:
            return True
    return False


def _is_large(extent: etree._Element) -> bool:
    wide, high = whole(extent.get("cx")), whole(extent.get("cy"))
    return wide is not None and high is not None and wide * high >= _PICTURE_AREA


def _symbol(piece: etree._Element) -> str:
    """A sign of a symbol font as the letter that looks like it; a space where none is known."""
    code = piece.get(w("char"), "")
    if not code or len(code) > 4 or any(digit not in "0123456789abcdefABCDEF" for digit in code):
        return " "
    return _SYMBOLS.get((piece.get(w("font"), "").lower(), int(code, 16) & 0xFF), " ")
