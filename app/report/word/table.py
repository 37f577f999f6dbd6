"""Tables of a Word file."""

from collections.abc import Callable, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from app.report.word.blocks import Cell, Paragraph, Style, Table, plain
from app.report.word.runs import element

_DXA = 567  # twentieths of a point in a cm
_MARK = "B3370A"
_SIDES = ("top", "left", "bottom", "right")


def table_element(table: Table, paragraph: Callable[[Paragraph, str | None], BaseOxmlElement]) -> BaseOxmlElement:
    """The table; `paragraph` makes an element of a paragraph in an ink."""
    widths = [round(width * _DXA) for width in table.widths]
    made = element(
        "w:tbl",
        None,
        element(
            "w:tblPr",
            None,
            element("w:tblStyle", {"w:val": "ReportTable"}),
            element("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
            element("w:tblLayout", {"w:type": "fixed"}),
            element("w:tblLook", {"w:val": "0420", "w:firstRow": "1", "w:noHBand": "0", "w:noVBand": "1"}),
            element("w:tblCaption", {"w:val": table.summary}),
        ),
        element("w:tblGrid", None, *(element("w:gridCol", {"w:w": str(width)}) for width in widths)),
    )
    header = [Cell((plain(name, Style.CELL_HEAD),)) for name in table.header]
    made.append(_row(header, widths, paragraph, header=True, split=False))
    for cells in table.rows:
        made.append(_row(cells, widths, paragraph, header=False, split=table.split))
    return made


def _row(
    cells: Sequence[Cell],
    widths: Sequence[int],
    paragraph: Callable[[Paragraph, str | None], BaseOxmlElement],
    header: bool,
    split: bool,
) -> BaseOxmlElement:
    properties = element("w:trPr")
    if not split:
        properties.append(element("w:cantSplit"))
    if header:
        properties.append(element("w:tblHeader"))
    made = element("w:tr")
    if len(properties):
        made.append(properties)
    column = 0
    for cell in cells:
        made.append(_cell(cell, sum(widths[column : column + cell.across]), paragraph))
        column += cell.across
    return made


def _cell(cell: Cell, width: int, paragraph: Callable[[Paragraph, str | None], BaseOxmlElement]) -> BaseOxmlElement:
    properties = element("w:tcPr", None, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if cell.across > 1:
        properties.append(element("w:gridSpan", {"w:val": str(cell.across)}))
    if cell.shade and cell.shade.marked:
        thick = {"w:val": "single", "w:sz": "18", "w:space": "0", "w:color": _MARK}
        properties.append(element("w:tcBorders", None, *(element(f"w:{side}", thick) for side in _SIDES)))
    fill = cell.shade.fill.lstrip("#").upper() if cell.shade else "F1F1EE" if cell.head else None
    if fill:
        properties.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}))
    ink = cell.shade.ink.lstrip("#").upper() if cell.shade else None
    paragraphs = cell.paragraphs or (plain("", Style.CELL),)
    return element("w:tc", None, properties, *(paragraph(each, ink) for each in paragraphs))
