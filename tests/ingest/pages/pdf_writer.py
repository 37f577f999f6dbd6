"""A PDF with Helvetica text at given places, written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_FONTS = {"": "Helvetica", "B": "Helvetica-Bold", "I": "Helvetica-Oblique"}


@dataclass(frozen=True, slots=True)
class Text:
    """One run of text with its left and baseline, in points from the top left of the page."""

    left: float
    baseline: float
    text: str
    size: float = 10
    style: str = ""
    matrix: str = "1 0 0 1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its texts, level lines (left, top, right), and whether a picture covers it."""

    texts: Sequence[Text]
    lines: Sequence[tuple[float, float, float]] = ()
    picture: bool = False
    rotate: int = 0
    size: tuple[int, int] = field(default=(WIDTH, HEIGHT))


def pdf(*sheets: Sheet, outline: Sequence[tuple[str, int]] = ()) -> bytes:
    """The bytes of a PDF of these pages; `outline` gives titles with the index of their page, -1 for none."""
    count = len(sheets)
    fonts = {style: 3 + 2 * count + place for place, style in enumerate(_FONTS)}
    picture = 3 + 2 * count + len(_FONTS)
    first = picture + 1
    kids = " ".join(f"{3 + 2 * place} 0 R" for place in range(count))
    outlines = f" /Outlines {first} 0 R" if outline else ""
    objects = [f"<< /Type /Catalog /Pages 2 0 R{outlines} >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    resources = " ".join(f"/F{style} {number} 0 R" for style, number in fonts.items())
    for place, sheet in enumerate(sheets):
        width, height = sheet.size
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {sheet.rotate} "
            f"/Resources << /Font << {resources} >> /XObject << /P {picture} 0 R >> >> /Contents {4 + 2 * place} 0 R >>"
        )
        stream = _stream(sheet)
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>" for name in _FONTS.values()
    ]
    objects.append(
        "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Length 4 >>\nstream\n@`p0\nendstream"
    )
    objects += _outline(outline, first)
    return _file(objects)


def column(lines: Sequence[str], left: float = 70, top: float = 100, size: float = 10, style: str = "") -> list[Text]:
    """Lines under each other, 1.2 times their size apart."""
    return [Text(left, top + 1.2 * size * place, line, size, style) for place, line in enumerate(lines)]


def _stream(sheet: Sheet) -> str:
    height = sheet.size[1]
    parts = [f"{left} {height - top} m {right} {height - top} l S" for left, top, right in sheet.lines]
    if sheet.picture:
        parts.append(f"q {sheet.size[0]} 0 0 {height} 0 0 cm /P Do Q")
    for text in sheet.texts:
        shown = text.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        place = f"{text.matrix} {text.left} {height - text.baseline} Tm"
        parts.append(f"BT /F{text.style} {text.size} Tf {place} ({shown}) Tj ET")
    return "\n".join(parts)


def _outline(outline: Sequence[tuple[str, int]], first: int) -> list[str]:
    if not outline:
        return []
    last = first + len(outline)
    objects = [f"<< /Type /Outlines /First {first + 1} 0 R /Last {last} 0 R /Count {len(outline)} >>"]
    for place, (title, page) in enumerate(outline, start=1):
        following = f" /Next {first + place + 1} 0 R" if place < len(outline) else ""
        target = f"[{3 + 2 * page} 0 R /XYZ 0 800 0]" if page >= 0 else "[null /XYZ 0 0 0]"
        objects.append(f"<< /Title ({title}) /Parent {first} 0 R{following} /Dest {target} >>")
    return objects


def _file(objects: Sequence[str]) -> bytes:
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")
