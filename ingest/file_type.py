"""What a file is, by its content: whatever its name says."""

import re
from enum import Enum

from ingest.office.archive import MARK as ZIP_MARK
from ingest.office.archive import Archive

_PDF_MARK = b"%PDF-"
_OLE_MARK = b"\xd0\xcf\x11\xe0"
_SEARCHED = 1024
_HEAD = 65536
_LONGEST_MIMETYPE = 200
_AS_PDF = "save it as PDF and give that"
_AS_DOCX = "save it as .docx or as PDF and give that"
_LOCKED = "is locked with a password; save a copy without one and ingest that"
_SCAN = "an image, perhaps a scan; make a PDF of it, with its text recognised (OCR), and give that"
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", _SCAN),
    (b"\xff\xd8\xff", _SCAN),
    (b"GIF87a", _SCAN),
    (b"GIF89a", _SCAN),
    (b"II*\0", _SCAN),
    (b"MM\0*", _SCAN),
    (b"{\\rtf", f"an RTF file, which cannot be read; {_AS_DOCX}"),
    (b"\x1f\x8b", "packed (gzip); unpack it and give the documents in it"),
    (b"BZh", "packed (bzip2); unpack it and give the documents in it"),
    (b"\xfd7zXZ\0", "packed (xz); unpack it and give the documents in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it and give the documents in it"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it and give the documents in it"),
    (b"\x7fELF", "a program, not a document; remove it from the list"),
    (b"PK\x05\x06", "an empty zip archive; give the documents that should be in it"),
    (b"%!PS", f"a PostScript file; {_AS_PDF}"),
    (b"SQLite format 3\0", "a database, not a document; remove it from the list"),
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
_OFFICE_FOLDERS = (
    ("xl/", f"an Excel workbook, which cannot be read; {_AS_PDF}"),
    ("ppt/", f"a PowerPoint presentation, which cannot be read; {_AS_PDF}"),
    ("visio/", f"a Visio drawing, which cannot be read; {_AS_PDF}"),
)
_MIMETYPES = (
    ("application/vnd.oasis.opendocument.spreadsheet", f"an OpenDocument spreadsheet, which cannot be read; {_AS_PDF}"),
    (
        "application/vnd.oasis.opendocument.presentation",
        f"an OpenDocument presentation, which cannot be read; {_AS_PDF}",
    ),
    ("application/vnd.oasis.opendocument", f"an OpenDocument file that is no text, which cannot be read; {_AS_PDF}"),
    ("application/epub+zip", f"an e-book (EPUB), which cannot be read; {_AS_PDF}"),
)
_TEXT_MIMETYPES = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
)
_OLE_STREAMS = (
    ("EncryptedPackage", None),
    ("WordDocument", f"an older Word file (.doc), which cannot be read; {_AS_DOCX}"),
    ("Workbook", f"an older Excel file (.xls), which cannot be read; {_AS_PDF}"),
    ("PowerPoint Document", f"an older PowerPoint file (.ppt), which cannot be read; {_AS_PDF}"),
    ("__substg1.0", f"an Outlook message (.msg), which cannot be read; {_AS_PDF}"),
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


def refusal(name: str, data: bytes) -> str | None:
    """Why a file of this type is not read, and the remedy; None for one that may be read.

    Raises DocumentError for an archive that is broken or unpacks to too much.
    """
    if _PDF_MARK in data[:_SEARCHED]:
        return None
    if data.startswith(_OLE_MARK):
        return _of_ole(name, data)
    if data.startswith(ZIP_MARK):
        what = _of_archive(Archive(name, data))
    else:
        what = next((what for mark, what in _MARKS if data.startswith(mark)), None) or _of_others(data)
    return f"{name} is {what}" if what else None


def _of_ole(name: str, data: bytes) -> str:
    """What a file in the container of older Office programs is: its streams are named in UTF-16."""
    for stream, what in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return f"{name} is {what}" if what else f"{name} {_LOCKED}"
    return f"{name} is an older or locked Office file, which cannot be read; {_AS_DOCX}"


def _of_archive(archive: Archive) -> str | None:
    mimetype = _mimetype(archive)
    if mimetype in _TEXT_MIMETYPES:
        return None
    for start, what in _MIMETYPES:
        if mimetype.startswith(start):
            return what
    if "[Content_Types].xml" in archive:
        for folder, what in _OFFICE_FOLDERS:
            if any(part.startswith(folder) for part in archive.parts):
                return what
    if "word/document.xml" in archive or any(part.startswith("word/document") for part in archive.parts):
        return None
    return "a zip archive; unpack it and give the documents in it"


def _mimetype(archive: Archive) -> str:
    """What an OpenDocument file or an e-book says that it is; empty for all else."""
    if archive.size("mimetype") > _LONGEST_MIMETYPE:
        return ""
    return (archive.read("mimetype") or b"").decode("ascii", "replace").strip()


def _of_others(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _SCAN
    if data[:2] == b"BM" and len(data) > 14 and int.from_bytes(data[2:6], "little") == len(data):
        return _SCAN
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return _SCAN
    if data[:2] == b"MZ" and b"\0" in data[:64]:
        return "a program, not a document; remove it from the list"
    head = _head(data)
    if _XML.match(head) and not _is_html(data):
        return f"an XML file, whose text cannot be told from its data; {_AS_PDF}"
    if _MAIL.match(head[:8192]):
        return f"an e-mail or a web archive (MHTML), which cannot be read; {_AS_PDF}"
    return None


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
