"""XML parts of a file to trees, without entities, external files or networks."""

from lxml import etree

from corpus.errors import DocumentError

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


def parse_xml(name: str, part: str, data: bytes) -> etree._Element:
    """The root of an XML part of the file `name`; the namespaces of strict Office files become the ordinary ones.

    Raises DocumentError for XML that is broken or declares a document type, which Office files never need and which
    could make it unfold without end.
    """
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise _declares(name, part)
    for strict, ordinary in _STRICT:
        data = data.replace(strict, ordinary)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(
            f"{name} is broken: its part {part!r} is no XML that can be read ({error}); "
            "open it in its own program and save it again"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares(name, part)
    return root


def _declares(name: str, part: str) -> DocumentError:
    return DocumentError(
        f"{name} declares XML entities in its part {part!r}, which no ordinary document does; "
        "save it again in its own program, or as PDF"
    )
