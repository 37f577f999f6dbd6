"""Small Word files, written by hand for tests that need what no program would write for them."""

import io
import zipfile
from collections.abc import Mapping

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph with one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    """A cell; `text` without tags is one paragraph."""
    inside = text if text.startswith("<") else p(text) if text else "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def word_file(body: str, **parts: str) -> bytes:
    """A .docx with this body; `styles`, `numbering`, `footnotes`, `endnotes`, `settings` are what stands in those
    parts, within their root."""
    return packed(word_parts(body, **parts))


def word_parts(body: str, **parts: str) -> dict[str, str | bytes]:
    """The parts of such a file by name."""
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": relations({kind: f"{kind}.xml" for kind in parts}),
        "word/document.xml": f"{_HEAD}<w:document {_W} {_OTHERS}><w:body>{body}</w:body></w:document>",
    }
    for kind, content in parts.items():
        written[f"word/{kind}.xml"] = f"{_HEAD}<w:{kind} {_W}>{content}</w:{kind}>"
    return written


def relations(targets: Mapping[str, str]) -> str:
    """A part that names other parts by their type."""
    each = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def packed(parts: Mapping[str, str | bytes], compress: bool = True) -> bytes:
    """A zip archive of these parts, in their order; the same one at any time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)
    return out.getvalue()
