"""XML parts of a file to trees, without entities, external files or networks."""

import re
import sys
from contextlib import suppress
from dataclasses import dataclass

from lxml import etree

from corpus.errors import DocumentError
from corpus.reason import Why, because

_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9._-]+)")
_ODD = re.compile("&#(x[0-9a-fA-F]+|[0-9]+);|[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_CODE = 9  # digits of a number that is certainly too large
_FAULTS = (etree.XMLSyntaxError, ValueError)
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)


@dataclass(frozen=True, slots=True)
class Markup:
    """A part as a tree; `replaced` counts the characters that XML cannot hold, where U+FFFD stands now."""

    root: etree._Element
    replaced: int


def parse_xml(name: str, part: str, data: bytes) -> Markup:
    """An XML part of the file `name`; the namespaces of strict Office files become the ordinary ones.

    Raises DocumentError for XML that is broken, but for single characters, or declares a document type, which Office
    files never need and which could make it unfold without end.
    """
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise DocumentError(name, because(Why.ENTITIES, part=part))
    for strict, ordinary in _STRICT:
        data = data.replace(strict, ordinary)
    markup = _read(name, part, data)
    if markup.root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(name, because(Why.ENTITIES, part=part))
    return markup


def damage_problem(replaced: int) -> str:
    """What a reader is told of characters that were replaced."""
    signs = "1 teken is" if replaced == 1 else f"{replaced} tekens zijn"
    return f"Het bestand is beschadigd: {signs} ongeldig; waar die in de tekst staan, staat nu \ufffd"


def _read(name: str, part: str, data: bytes) -> Markup:
    try:
        return Markup(_tree(data), 0)
    except _FAULTS as error:
        cause = error
    mended, replaced = _mended(data)
    if replaced:
        with suppress(*_FAULTS):
            return Markup(_tree(mended), replaced)
    line = (cause.lineno or 1) if isinstance(cause, etree.XMLSyntaxError) else 1
    raise DocumentError(name, because(Why.BROKEN_XML, part=part, error=str(cause), line=line)) from cause


def _tree(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    return etree.fromstring(data, parser)


def _mended(data: bytes) -> tuple[bytes, int]:
    """XML in UTF-8 with U+FFFD for every character that XML cannot hold, and how many those are."""
    encoding = _ENCODING.match(data)
    if encoding is not None and encoding[1].lower() != b"utf-8":
        return data, 0
    replaced = 0

    def put(found: re.Match[str]) -> str:
        nonlocal replaced
        if found[1] is not None and _is_character(found[1]):
            return found[0]
        replaced += 1
        return "\ufffd"

    present = data.count("\ufffd".encode())
    text = data.decode("utf-8", "replace")
    replaced += text.count("\ufffd") - present
    return _ODD.sub(put, text).encode("utf-8", "replace"), replaced


def _is_character(reference: str) -> bool:
    """Whether XML may hold the character of a reference such as "65" or "x41"."""
    digits, base = (reference[1:], 16) if reference.startswith("x") else (reference, 10)
    code = int(digits.lstrip("0")[:_LONGEST_CODE] or "0", base)
    return code in (9, 10, 13) or 32 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= sys.maxunicode
