"""Small OpenDocument texts, written by hand."""

from tests.ingest.office.word_files import packed

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
    )
)
_MORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
MIMETYPE = "application/vnd.oasis.opendocument.text"


def odf_file(body: str, styles: str = "", meta: str = "", mimetype: str = MIMETYPE, manifest: str = "") -> bytes:
    """An .odt with this body, automatic styles and properties."""
    return packed(odf_parts(body, styles, meta, mimetype, manifest))


def odf_parts(
    body: str, styles: str = "", meta: str = "", mimetype: str = MIMETYPE, manifest: str = ""
) -> dict[str, str | bytes]:
    """The parts of such a file by name."""
    content = (
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text>"
    )
    content = f"<office:document-content {_NAMESPACES} {_MORE}>{content}</office:body></office:document-content>"
    about = f"<office:document-meta {_NAMESPACES} {_MORE}><office:meta>{meta}</office:meta></office:document-meta>"
    return {
        "mimetype": mimetype,
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        "content.xml": content,
        "styles.xml": f"<office:document-styles {_NAMESPACES}/>",
        "meta.xml": about,
    }
