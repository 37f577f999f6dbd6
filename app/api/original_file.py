"""The original file of a document as a download: its type by content, its name made safe."""

import codecs
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from app.api.file_name import plain_name

_HEAD_BYTES = 65536
_PDF_MARK_WITHIN = 1024
_SPAN = re.compile(r"(?P<first>[0-9]{1,18})-(?P<last>[0-9]{1,18})?|-(?P<length>[0-9]{1,18})")


class _Whole(FileResponse):
    """All of a file, whatever part was asked for."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = [(name, value) for name, value in scope["headers"] if name != b"range"]
        await super().__call__({**scope, "headers": kept}, receive, send)


def download(path: Path, name: str, asked: Headers) -> FileResponse:
    """The file at `path`, saved by a browser under `name` and never run as a page of ours.

    A Range that is malformed, or that no file of this size has whole, is passed over (RFC 9110, 14.2). HTTPException
    416 when the file has no part of it.
    """
    status = path.stat()
    spans = _spans(asked.getlist("range"))
    there = [_is_there(span, status.st_size) for span in spans]
    if spans and not any(there) and "if-range" not in asked:
        raise HTTPException(416, headers={"Content-Range": f"bytes */{status.st_size}"})
    kind = FileResponse if spans and all(there) else _Whole
    return kind(
        path,
        stat_result=status,
        media_type=media_type(path),
        headers={
            "Content-Disposition": content_disposition(name),
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _spans(asked: Sequence[str]) -> list[re.Match[str]]:
    """The parts that a Range asks for; none where it is absent or malformed."""
    unit, _, parts = asked[0].partition("=") if len(asked) == 1 else ("", "", "")
    spans = [_SPAN.fullmatch(part.strip()) for part in parts.split(",")]
    if unit.strip().lower() != "bytes" or any(span is None or _is_backward(span) for span in spans):
        return []
    return [span for span in spans if span]


def _is_backward(span: re.Match[str]) -> bool:
    return bool(span["first"] and span["last"]) and int(span["last"]) < int(span["first"])


def _is_there(span: re.Match[str], size: int) -> bool:
    return int(span["first"]) < size if span["first"] else int(span["length"]) > 0 < size


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
    safe = plain_name(name)
    plain = safe.encode("ascii", "replace").decode("ascii").replace("?", "_")
    header = f'attachment; filename="{plain}"'
    return header if plain == safe else f"{header}; filename*=UTF-8''{quote(safe, safe='')}"
