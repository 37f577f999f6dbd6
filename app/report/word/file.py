"""A Word file (.docx) of blocks; styles, footnotes, contents and page numbers are Word's own."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Cm

from app.report.word.archive import without_times
from app.report.word.blocks import Block, Contents, Heading, Note, Number, Paragraph, Picture, Table, Turn
from app.report.word.contents import contents_element
from app.report.word.footnotes import Footnotes
from app.report.word.runs import allowed, bookmark, element, field, run
from app.report.word.table import table_element

_SHORT, _LONG, _MARGIN = Cm(21.0), Cm(29.7), Cm(2.0)
_LOW = {"w:before": "0", "w:after": "0", "w:line": "20", "w:lineRule": "exact"}
_UNUSED = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties")
_LONGEST_PROPERTY = 255  # of the core properties of a file


def word_file(title: str, made_at: datetime, blocks: Sequence[Block]) -> bytes:
    """The file of these blocks; the same blocks give the same bytes."""
    return _Writer(title, made_at, blocks).content()


class _Writer:
    def __init__(self, title: str, made_at: datetime, blocks: Sequence[Block]) -> None:
        self._document = docx.Document()
        self._notes = Footnotes()
        headings = [block for block in blocks if isinstance(block, Heading)]
        self._headings = [(f"_Toc{number:09}", heading) for number, heading in enumerate(headings, start=1)]
        self._waiting: Iterator[tuple[int, tuple[str, Heading]]] = iter(enumerate(self._headings, start=1))
        self._prepare(title, made_at)
        for block in blocks:
            self._write(block)

    def content(self) -> bytes:
        """The bytes of the file."""
        self._notes.attach(self._document)
        stream = io.BytesIO()
        self._document.save(stream)
        return without_times(stream.getvalue())

    def _prepare(self, title: str, made_at: datetime) -> None:
        document, part = self._document, self._document.part
        for owner in (part.rels, part.package.rels):
            for key in [key for key, each in owner.items() if each.reltype.rsplit("/", 1)[-1] in _UNUSED]:
                del owner[key]
        _replace(document.styles.element, "word_styles.xml")
        _replace(document.settings.element, "word_settings.xml")
        _replace(part.numbering_part.element, "word_numbering.xml")
        moment = made_at.astimezone(UTC) if made_at.tzinfo else made_at
        about = document.core_properties
        about.title = allowed(title)[:_LONGEST_PROPERTY]
        about.author = about.last_modified_by = "Beleidswijzer"
        about.language = "nl-NL"
        about.comments = about.keywords = ""
        about.created = about.modified = moment.replace(tzinfo=None, microsecond=0)
        about.revision = 1
        _turned(document.sections[0], landscape=False)
        self._footer(title)

    def _footer(self, title: str) -> None:
        footer = self._document.sections[0].footer
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]._p
        shown = title if len(title) <= 80 else f"{title[:79].rstrip()}…"
        paragraph.append(run(f"{' '.join(shown.split())}  |  pagina "))
        paragraph.extend(field("PAGE", run("1")))
        paragraph.append(run(" van "))
        paragraph.extend(field("NUMPAGES", run("1")))

    def _write(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._add(self._paragraph(block))
            case Heading():
                number, (name, _) = next(self._waiting)
                style = element("w:pPr", None, element("w:pStyle", {"w:val": f"Heading{block.level}"}))
                self._add(element("w:p", None, style, *bookmark(number, name, run(block.text))))
            case Table():
                self._add(table_element(block, self._paragraph))
                self._add(_gap())
            case Picture():
                self._picture(block)
            case Contents():
                self._add(contents_element(self._headings))
            case Turn():
                self._turn(block.landscape)

    def _turn(self, landscape: bool) -> None:
        """New pages; the paragraph that ends the old ones is so low that it does not ask a page of its own."""
        _turned(self._document.add_section(WD_SECTION.NEW_PAGE), landscape)
        self._document.element.body[-2][0].insert(0, element("w:spacing", _LOW))

    def _add(self, made: BaseOxmlElement) -> None:
        self._document.element.body[-1].addprevious(made)

    def _paragraph(self, paragraph: Paragraph, ink: str | None = None) -> BaseOxmlElement:
        properties = element("w:pPr", None, element("w:pStyle", {"w:val": paragraph.style}))
        if paragraph.together:
            properties.append(element("w:keepNext"))
        if paragraph.new_page:
            properties.append(element("w:pageBreakBefore"))
        made = element("w:p", None, properties)
        for part in paragraph.parts:
            match part:
                case Note():
                    made.extend(self._notes.call(part))
                case Number():
                    made.extend(field(f"SEQ {part.kind} \\* ARABIC", run(str(part.number))))
                case _:
                    look = [element("w:rStyle", {"w:val": "Change"})] if part.change else []
                    look += [element("w:b")] if part.bold else []
                    look += [element("w:color", {"w:val": ink})] if ink else []
                    made.append(run(part.text, *look))
        return made

    def _picture(self, picture: Picture) -> None:
        shape = self._document.add_picture(io.BytesIO(picture.content))
        scale = min(1.0, Cm(picture.width) / shape.width, Cm(picture.height) / shape.height)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
        shape._inline.docPr.set("descr", allowed(picture.alt))


def _turned(section: Section, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    section.header_distance = section.footer_distance = Cm(1.0)


def _gap() -> BaseOxmlElement:
    """What keeps two tables apart."""
    return element("w:p", None, element("w:pPr", None, element("w:spacing", _LOW | {"w:line": "160"})))


def _replace(root: BaseOxmlElement, name: str) -> None:
    made = parse_xml(files("app.report").joinpath("templates", name).read_bytes())
    for child in list(root):
        root.remove(child)
    root.extend(list(made))
