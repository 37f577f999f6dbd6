"""A file to its text: the type is decided by what is in the file, not by its name."""

from pathlib import Path

from corpus.errors import DocumentError
from corpus.reason import of_system
from ingest.file_type import FileType, refusal, type_of
from ingest.pages.recognise import Recognise
from ingest.pdf import parse_pdf
from ingest.plain import parse_plain
from ingest.source_text import SourcePage, SourceText
from ingest.structured import Structured

__all__ = ["SourcePage", "SourceText", "parse"]


def parse(path: Path, recognise: Recognise | None = None) -> SourceText | Structured:
    """What a PDF, Word, OpenDocument, HTML, markdown or text file holds; DocumentError with reason and remedy.

    `recognise` reads the pages of a PDF that have no usable text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(str(path), of_system(error)) from error
    return parse_data(str(path), data, recognise)


def parse_data(name: str, data: bytes, recognise: Recognise | None = None) -> SourceText | Structured:
    """The same for the bytes of a file; `name` is only for messages."""
    if (reason := refusal(name, data)) is not None:
        raise DocumentError(name, reason)
    match type_of(name, data):
        case FileType.PDF:
            return parse_pdf(name, data, recognise)
        case FileType.DOCX:
            from ingest.office.docx import parse_docx

            return parse_docx(name, data)
        case FileType.ODT:
            from ingest.office.odt import parse_odt

            return parse_odt(name, data)
        case FileType.HTML:
            from ingest.web.html import parse_html

            return parse_html(name, data)
        case FileType.PLAIN:
            return parse_plain(name, data)
