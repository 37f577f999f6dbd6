"""What the properties of a Word file say about it."""

from lxml import etree

from ingest.office.package import Package
from ingest.proposals.properties import FileProperties

_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_COMPANY = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Company"


def word_properties(package: Package) -> FileProperties:
    """The core properties of a Word file, and the company that it names; None for what is not there or empty."""
    core = package.of_file("core-properties")
    extended = package.of_file("extended-properties")
    return FileProperties(
        title=_text(core, f"{_DC}title"),
        subject=_text(core, f"{_DC}subject"),
        kind=_text(core, f"{_CORE}category"),
        organisation=_text(extended, _COMPANY),
        published=None,
        created=_text(core, f"{_TERMS}created"),
        modified=_text(core, f"{_TERMS}modified"),
        language=_text(core, f"{_DC}language"),
    )


def _text(root: etree._Element | None, name: str) -> str | None:
    found = None if root is None else root.find(name)
    return None if found is None else " ".join((found.text or "").split()) or None
