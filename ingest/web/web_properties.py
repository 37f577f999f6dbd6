"""What the head of a web page says about it."""

from lxml import etree

from ingest.proposals.properties import FileProperties

_TITLES = ("dcterms.title", "dc.title", "og:title", "title")
_PUBLISHED = (
    "dcterms.issued",
    "dcterms.available",
    "dc.date.issued",
    "article:published_time",
    "dcterms.date",
    "dc.date",
)
_MODIFIED = ("dcterms.modified", "article:modified_time", "last-modified")
_ORGANISATIONS = (
    "overheid.authority",
    "dcterms.creator",
    "dc.creator",
    "dcterms.publisher",
    "dc.publisher",
    "og:site_name",
)


def web_properties(root: etree._Element) -> FileProperties:
    """The properties in a page's title and meta elements, in the ways of Dublin Core, Open Graph and overheid.nl."""
    own: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower()
        if text := " ".join((meta.get("content") or "").split()):
            own.setdefault(name, text)
    title = next((each for each in root.iter("title")), None)
    head = "" if title is None else " ".join("".join(map(str, title.itertext())).split())
    return FileProperties(
        title=_first(own, _TITLES) or head or None,
        subject=_first(own, ("dcterms.alternative", "dc.subject", "dcterms.subject")),
        kind=own.get("dcterms.type") or own.get("dc.type"),
        organisation=_first(own, _ORGANISATIONS),
        published=_first(own, _PUBLISHED),
        created=_first(own, ("dcterms.created",)),
        modified=_first(own, _MODIFIED),
        language=root.get("lang") or own.get("dcterms.language"),
    )


def _first(own: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((own[name] for name in names if name in own), None)
