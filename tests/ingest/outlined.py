"""A structured file as short lines, for tests to compare with what they expect."""

from ingest.structured import Element, ElementKind, Structured

_SIGNS = {
    ElementKind.PARAGRAPH: "p",
    ElementKind.ITEM: "i",
    ElementKind.ROW: "r",
    ElementKind.NOTE: "n",
    ElementKind.CONTENTS: "c",
}


def outlined(source: Structured) -> list[str]:
    """Each element as 'h2 Title', 'p words', 'i - item', 'r name | heading: value'; lines within one parted by '/'.

    Fails where the elements overlap, leave out text, or are not in order.
    """
    assert_whole(source)
    return [f"{_sign(element)} {_text(source.text, element)}" for element in source.elements]


def assert_whole(source: Structured) -> None:
    """Every visible character is in exactly one element, and in one cell where that is a row."""
    position = 0
    for element in source.elements:
        assert element.start >= position
        assert source.text[position : element.start].strip() == ""
        assert source.text[element.start : element.end].strip() != ""
        position = element.start
        for cell in element.cells:
            assert position <= cell.start < cell.end <= element.end
            assert source.text[position : cell.start].strip() == ""
            position = cell.end
        position = element.end
    assert source.text[position:].strip() == ""
    assert source.text.endswith("\n")


def _sign(element: Element) -> str:
    return f"h{element.rank}" if element.kind is ElementKind.HEADING else _SIGNS[element.kind]


def _text(source: str, element: Element) -> str:
    if not element.cells:
        return source[element.start : element.end].replace("\n", "/")
    cells = [(cell.heading, source[cell.start : cell.end].replace("\n", "/")) for cell in element.cells]
    return " | ".join(f"{heading}: {text}" if heading else text for heading, text in cells)
