"""What the process that reads files does with one."""

import importlib
import tempfile
from pathlib import Path

from corpus.document import Document
from ingest.pages.render import count_pages
from ingest.read import read_document
from ingest.reading_process import Announce
from ingest.reading_wire import Kind

_PDF_MARK = b"%PDF-"
_PARSERS = (
    "ingest.office.docx",
    "ingest.office.odt",
    "ingest.pages.compose",
    "ingest.pages.layout",
    "ingest.pages.pdfium",
    "ingest.pages.pypdf_file",
    "ingest.web.html",
)

_SAMPLE = "<!doctype html><html><body><h1>Nota jeugd</h1><p>De gemeente Utrecht helpt.</p></body></html>"


def _get_ready() -> None:
    """Load once, for all files to come, what is otherwise loaded when the first file needs it."""
    for parser in _PARSERS:
        importlib.import_module(parser)
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder, "sample.html")
        sample.write_text(_SAMPLE, encoding="utf-8")
        read_document(sample)


_get_ready()


def read_file(path: Path, announce: Announce, recognise: bool) -> Document:
    """The document in a file, after telling how many pages it has; DocumentError with reason and remedy."""
    pages = _pages_of(path)
    if pages is not None:
        announce(Kind.OPENED, str(pages).encode())
    if not recognise or pages is None:
        return read_document(path)
    from ingest.ocr import recogniser

    return read_document(path, recogniser(lambda: announce(Kind.RECOGNISING, b"")))


def _pages_of(path: Path) -> int | None:
    """How many pages a PDF has, as far as can be told before it is read."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return count_pages(data) if _PDF_MARK in data[:1024] else None
