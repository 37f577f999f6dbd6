"""Style sheets, fonts and scripts: read once, under addresses that change with the content of any of them."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.api.compression import accepts_gzip

router = APIRouter(include_in_schema=False)
PREFIX = "/static"
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".md": "text/plain; charset=utf-8",
}
_PACKED = frozenset({".woff2"})  # is compressed already
_YEAR = "public, max-age=31536000, immutable"
# One style sheet is sent, in one request, of files with a subject each; a later one overrules an earlier.
_SHEET, _SHEET_PARTS = "beleidswijzer.css", "css"
_SHEET_ORDER = (
    "theme",
    "forms",
    "answer",
    "table",
    "comparing",
    "reading",
    "manage",
    "suggestions",
    "feedback",
    "print",
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent; `packed` is its gzip form, None where that gains nothing."""

    content: bytes
    packed: bytes | None
    media_type: str


@cache
def assets() -> Mapping[str, Asset]:
    """Every asset by its path below static/, such as "utrecht/index.css"."""
    static = files("app.web") / "static"
    sheet = b"\n".join((static / _SHEET_PARTS / f"{name}.css").read_bytes() for name in _SHEET_ORDER)
    return MappingProxyType({_SHEET: _asset(sheet, ".css"), **dict(_below(static, ""))})


@cache
def digest() -> str:
    """What all addresses of assets hold, so that a style sheet can name a font beside it."""
    told = hashlib.sha256()
    for path, asset in assets().items():
        told.update(f"{path} {len(asset.content)} ".encode() + asset.content)
    return told.hexdigest()[:12]


def address(path: str) -> str:
    """Where a page finds an asset; KeyError for one that does not exist."""
    if path not in assets():
        raise KeyError(path)
    return f"{PREFIX}/{digest()}/{path}"


@router.get(PREFIX + "/{of}/{path:path}")
def asset(request: Request, of: str, path: str) -> Response:
    found = assets().get(path)
    if found is None or of != digest():
        raise HTTPException(404)
    headers = {"Cache-Control": _YEAR, "Vary": "Accept-Encoding"}
    if found.packed is not None and accepts_gzip(request.headers.get("accept-encoding", "")):
        return Response(found.packed, media_type=found.media_type, headers=headers | {"Content-Encoding": "gzip"})
    return Response(found.content, media_type=found.media_type, headers=headers)


def _below(folder: Traversable, prefix: str) -> list[tuple[str, Asset]]:
    found: list[tuple[str, Asset]] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            found += [] if entry.name == _SHEET_PARTS else _below(entry, f"{prefix}{entry.name}/")
            continue
        suffix = entry.name[entry.name.rfind(".") :]
        if suffix in _MEDIA_TYPES:
            found.append((prefix + entry.name, _asset(entry.read_bytes(), suffix)))
    return found


def _asset(content: bytes, suffix: str) -> Asset:
    return Asset(content, None if suffix in _PACKED else gzip.compress(content, mtime=0), _MEDIA_TYPES[suffix])
