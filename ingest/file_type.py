"""What a file is, by its content: whatever its name says."""

import re
from enum import Enum

from corpus.reason import Reason, Why, because
from ingest.office.archive import MARK as ZIP_MARK
from ingest.office.archive import Archive

_PDF_MARK = b"%PDF-"
_OLE_MARK = b"\xd0\xcf\x11\xe0"
_SEARCHED = 1024
_HEAD = 65536
_LONGEST_MIMETYPE = 200
_MARKS: tuple[tuple[bytes, Reason], ...] = (
    (b"\x89PNG\r\n", because(Why.IMAGE)),
    (b"\xff\xd8\xff", because(Why.IMAGE)),
    (b"GIF87a", because(Why.IMAGE)),
    (b"GIF89a", because(Why.IMAGE)),
    (b"II*\0", because(Why.IMAGE)),
    (b"MM\0*", because(Why.IMAGE)),
    (b"{\\rtf", because(Why.RTF)),
    (b"\x1f\x8b", because(Why.PACKED, form="gzip")),
    (b"BZh", because(Why.PACKED, form="bzip2")),
    (b"\xfd7zXZ\0", because(Why.PACKED, form="xz")),
    (b"7z\xbc\xaf\x27\x1c", because(Why.ARCHIVE, form="7-Zip")),
    (b"Rar!\x1a\x07", because(Why.ARCHIVE, form="RAR")),
    (b"\x7fELF", because(Why.PROGRAM)),
    (b"PK\x05\x06", because(Why.EMPTY_ARCHIVE)),
    (b"%!PS", because(Why.POSTSCRIPT)),
    (b"SQLite format 3\0", because(Why.DATABASE)),
)
_HTML = re.compile(
    r"(?is)(?:\ufeff)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?>(?:<!--.{0,4000}?-->\s*)*)(?:<!doctype\s+html\b|<(?:html|head|body)\b)"
)
_FRAGMENT = re.compile(
    r"(?is)(?:\ufeff)?\s*<(h[1-6]|p|div|table|article|section|main|ul|ol|title|meta|center|font)\b[^>]*>.*"
    r"</(?:h[1-6]|p|div|table|article|section|main|ul|ol|center|font)>\s*$"
)
_XML = re.compile(r"(?s)(?:\ufeff)?\s*<\?xml\s")
_MAIL = re.compile(r"(?i)(?:[a-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}?content-type:\s*(?:multipart/|text/html)")
_OFFICE_FOLDERS = (("xl/", Why.EXCEL), ("ppt/", Why.POWERPOINT), ("visio/", Why.VISIO))
_MIMETYPES = (
    ("application/vnd.oasis.opendocument.spreadsheet", Why.SPREADSHEET),
    ("application/vnd.oasis.opendocument.presentation", Why.PRESENTATION),
    ("application/vnd.oasis.opendocument", Why.OPENDOCUMENT),
    ("application/epub+zip", Why.EBOOK),
)
_TEXT_MIMETYPES = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
)
_OLE_STREAMS = (
    ("EncryptedPackage", Why.LOCKED),
    ("WordDocument", Why.OLD_WORD),
    ("Workbook", Why.OLD_EXCEL),
    ("PowerPoint Document", Why.OLD_POWERPOINT),
    ("__substg1.0", Why.OUTLOOK),
)


class FileType(Enum):
    """The types that can be read."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    HTML = "html"
    PLAIN = "plain"


def type_of(name: str, data: bytes) -> FileType:
    """The type of a file that `refusal` has nothing against."""
    if _PDF_MARK in data[:_SEARCHED]:
        return FileType.PDF
    if data.startswith(ZIP_MARK):
        return FileType.ODT if _mimetype(Archive(name, data)) in _TEXT_MIMETYPES else FileType.DOCX
    return FileType.HTML if _is_html(data) else FileType.PLAIN


def refusal(name: str, data: bytes) -> Reason | None:
    """Why a file of this type is not read; None for one that may be read.

    Raises DocumentError for an archive that is broken or unpacks to too much.
    """
    if _PDF_MARK in data[:_SEARCHED]:
        return None
    if data.startswith(_OLE_MARK):
        return because(_of_ole(data))
    if data.startswith(ZIP_MARK):
        return _of_archive(Archive(name, data))
    if (marked := next((reason for mark, reason in _MARKS if data.startswith(mark)), None)) is not None:
        return marked
    other = _of_others(data)
    return because(other) if other is not None else None


def _of_ole(data: bytes) -> Why:
    """What a file in the container of older Office programs is: its streams are named in UTF-16."""
    return next((why for stream, why in _OLE_STREAMS if stream.encode("utf-16-le") in data), Why.OLD_OFFICE)


def _of_archive(archive: Archive) -> Reason | None:
    mimetype = _mimetype(archive)
    if mimetype in _TEXT_MIMETYPES:
        return None
    for start, why in _MIMETYPES:
        if mimetype.startswith(start):
            return because(why)
    if "[Content_Types].xml" in archive:
        for folder, why in _OFFICE_FOLDERS:
            if any(part.startswith(folder) for part in archive.parts):
                return because(why)
    if "word/document.xml" in archive or any(part.startswith("word/document") for part in archive.parts):
        return None
    return because(Why.ARCHIVE, form="zip")


def _mimetype(archive: Archive) -> str:
    """What an OpenDocument file or an e-book says that it is; empty for all else."""
    if archive.size("mimetype") > _LONGEST_MIMETYPE:
        return ""
    return (archive.read("mimetype") or b"").decode("ascii", "replace").strip()


def _of_others(data: bytes) -> Why | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Why.IMAGE
    if data[:2] == b"BM" and len(data) > 14 and int.from_bytes(data[2:6], "little") == len(data):
        return Why.IMAGE
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return Why.IMAGE
    if data[:2] == b"MZ" and b"\0" in data[:64]:
        return Why.PROGRAM
    head = _head(data)
    if _XML.match(head) and not _is_html(data):
        return Why.XML
    return Why.MAIL if _MAIL.match(head[:8192]) else None


def _is_html(data: bytes) -> bool:
    head = _head(data)
    if _HTML.match(head):
        return True
    tail = _head(data[-200:]) if len(data) > _HEAD else ""
    return bool(_FRAGMENT.match(head + tail))


def _head(data: bytes) -> str:
    """The beginning of a text file, its marks readable whatever its encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data[:_HEAD].decode("utf-16", "replace")
    return data[:_HEAD].decode("latin-1").removeprefix("ï»¿")
