"""The original file of a document as a download: its type by content, its name made safe."""

import codecs
import re
from pathlib import Path
from urllib.parse import quote

from starlette.responses import FileResponse

_HEAD_BYTES = 65536
_PDF_MARK_WITHIN = 1024
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f"\\/:*?<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def download(path: Path, name: str) -> FileResponse:
    """The file at `path`, saved by a browser under `name` and never run as a page of ours."""
    return FileResponse(
        path,
        media_type=media_type(path),
        headers={
            "Content-Disposition": content_disposition(name),
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def media_type(path: Path) -> str:
    """The type of a file by its first bytes: PDF, UTF-8 text, or unknown."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if b"%PDF-" in head[:_PDF_MARK_WITHIN]:
        return "application/pdf"
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "application/octet-stream" if "\0" in text else "text/plain; charset=utf-8"


def content_disposition(name: str) -> str:
    """The header that names a download: ASCII for old readers, UTF-8 after RFC 5987 where the name holds more."""
    safe = _UNSAFE.sub("_", Path(name.replace("\\", "/")).name).strip(" .") or "document"
    plain = safe.encode("ascii", "replace").decode("ascii").replace("?", "_")
    header = f'attachment; filename="{plain}"'
    return header if plain == safe else f"{header}; filename*=UTF-8''{quote(safe, safe='')}"
