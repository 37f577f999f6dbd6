"""A file to its text: the type is decided by what is in the file, not by its name."""

import re
from pathlib import Path

from corpus.errors import DocumentError
from ingest.pdf import parse_pdf
from ingest.plain import parse_plain
from ingest.source_text import SourcePage, SourceText

__all__ = ["SourcePage", "SourceText", "parse"]

_PDF_MARK = b"%PDF-"
_HTML = re.compile(rb"(?i)^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b")
_OTHER_MARKS = (
    (b"PK\x03\x04", "a zip archive or an Office file"),
    (b"\xd0\xcf\x11\xe0", "an older or locked Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
)


def parse(path: Path) -> SourceText:
    """The text of a PDF, text or markdown file; raises DocumentError with reason and remedy."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be read: {error.strerror or error}; check the path and its rights"
        ) from error
    if _PDF_MARK in data[:1024]:
        return parse_pdf(str(path), data)
    for mark, kind in _OTHER_MARKS:
        if data.startswith(mark):
            raise DocumentError(f"{path} is {kind}, which cannot be read yet; save it as PDF or as UTF-8 text")
    if _HTML.search(data[:1024]):
        raise DocumentError(f"{path} is a web page (HTML), which cannot be read yet; save it as PDF or as UTF-8 text")
    return parse_plain(str(path), data)
