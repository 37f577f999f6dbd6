"""What the properties of an OpenDocument file say about it."""

from lxml import etree

from ingest.office.odf_names import q
from ingest.proposals.properties import FileProperties


def odf_properties(roots: list[etree._Element]) -> FileProperties:
    """The properties in the meta part, those that publishers of official documents add included."""
    meta = next((found for root in roots if (found := root.find(q("office:meta"))) is not None), None)
    own: dict[str, str] = {}
    for each in () if meta is None else meta.iter(q("meta:user-defined")):
        name = (each.get(q("meta:name")) or "").rpartition("/")[2].lower()
        if text := " ".join((each.text or "").split()):
            own.setdefault(name, text)
    return FileProperties(
        title=_text(meta, "dc:title") or own.get("dc.title"),
        subject=_text(meta, "dc:subject"),
        kind=own.get("dc.type"),
        organisation=own.get("dc.creator"),
        published=own.get("dcterms.issued") or own.get("dcterms.available"),
        created=_text(meta, "meta:creation-date"),
        modified=_text(meta, "dc:date"),
        language=_text(meta, "dc:language"),
    )


def _text(meta: etree._Element | None, name: str) -> str | None:
    found = None if meta is None else meta.find(q(name))
    return None if found is None else " ".join((found.text or "").split()) or None
