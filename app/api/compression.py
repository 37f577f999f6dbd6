"""Pages and JSON are sent compressed to who takes that."""

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What is text and made for one request; pictures, office files, PDFs and fonts are compressed already.
_TEXTS = frozenset(
    {
        "application/json",
        "application/problem+json",
        "image/svg+xml",
        "text/csv",
        "text/html",
        "text/markdown",
    }
)
_LEAST_BYTES = 1000  # less fits in a packet as it is
_MANY_BYTES = 128 * 1024  # from here on compressing would keep other requests waiting
_LEVEL = 5  # of a page of 66 kB it makes 11.1 kB in 1.5 ms; level 1 12.8 kB in 0.7 ms, level 9 10.8 kB in 2.2 ms
_GZIP, _ANY, _NEVER = "gzip", "*", 0.0


class Compression:
    """Compresses whole answers of text with gzip, with `Vary`; what is streamed, or has an ETag, goes as it is.

    Nothing in a page is secret from who can make it be asked for, so that its length tells no secret (BREACH).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = accepts_gzip(Headers(scope=scope).get("accept-encoding", ""))
        start: Message | None = None

        async def sent(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _may_vary(message):
                start = message
                return
            if start is not None:
                begin, start = start, None
                if not message.get("more_body", False):
                    message = await _packed(begin, message) if taken else message
                    MutableHeaders(scope=begin).add_vary_header("Accept-Encoding")
                await send(begin)
            await send(message)

        await self._app(scope, receive, sent)


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding asks for gzip, or for anything."""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = min((_weight(each) for each in parameters), default=1.0)
    return weights.get(_GZIP, weights.get(_ANY, _NEVER)) > _NEVER


def _weight(parameter: str) -> float:
    """The weight of `q=0.5`; of anything else it is full, and of what is no number none."""
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return _NEVER


def _may_vary(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in _TEXTS and not {"content-encoding", "etag", "content-range"} & set(headers)


async def _packed(start: Message, whole: Message) -> Message:
    """The body compressed, with its length in the headers; as it is where that is no gain."""
    body = whole.get("body", b"")
    if len(body) < _LEAST_BYTES:
        return whole
    small = await run_in_threadpool(_pack, body) if len(body) >= _MANY_BYTES else _pack(body)
    headers = MutableHeaders(scope=start)
    headers["Content-Encoding"] = _GZIP
    headers["Content-Length"] = str(len(small))
    return {**whole, "body": small}


def _pack(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)
