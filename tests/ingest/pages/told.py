"""What a parser told of a file, in a form that a test can read."""

from ingest.pdf import parse_pdf
from ingest.structured import Element, ElementKind, Structured


def told(data: bytes) -> list[tuple[str, str]]:
    """The elements of a PDF: the name of their kind (with the rank of a heading), and their text on one line."""
    source = parse_pdf("nota.pdf", data)
    return [(_name(element), text_of(source, element)) for element in source.elements]


def body(data: bytes) -> list[str]:
    """The texts of a PDF without headers, footers and page numbers."""
    dropped = {ElementKind.RUNNING_HEADER, ElementKind.PAGE_NUMBER}
    source = parse_pdf("nota.pdf", data)
    return [text_of(source, element) for element in source.elements if element.kind not in dropped]


def text_of(source: Structured, element: Element) -> str:
    """The text of an element, its lines parted by a space."""
    return " ".join(source.text[element.start : element.end].split())


def pages_of(source: Structured, element: Element) -> list[int | None]:
    """The pages an element stands on."""
    return [page.number for page in source.pages if page.start < element.end and element.start < page.end]


def _name(element: Element) -> str:
    return f"{element.kind.name} {element.rank}" if element.rank else element.kind.name
