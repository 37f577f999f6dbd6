"""The layers around every request: faults become problems, HEAD is answered as GET, headers that keep browsers safe."""

import asyncio
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import log_fault, problem

API_VERSION = "1.0.0"
_HEAD = "beleidswijzer.head"
_STOPPING = "De dienst stopt. Probeer het later opnieuw."
_HEADERS = {
    "API-Version": API_VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",  # a page and a file have their own
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class FaultBarrier:
    """Answers 500 where anything unforeseen was raised; the log gets its frames, the client and the log no message.

    Where the answer had begun it ends there, so that the client sees that it is cut off. A request that a stopping
    service waits for no longer, which the server cancels, gets 503. `told` makes of the problem what its reader takes.
    """

    def __init__(
        self, app: ASGIApp, told: Callable[[Request, Response], Response] = lambda _, problem: problem
    ) -> None:
        self._app = app
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except asyncio.CancelledError:
            if begun:
                raise
            request = Request(scope)
            stopping = problem(request, 503, _STOPPING, headers={"Connection": "close"})
            await self._told(request, stopping)(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - the outermost place: whatever it is, the client is told and the log knows
            request = Request(scope)
            log_fault(request, error)
            if not begun:
                await self._told(request, problem(request, 500))(scope, receive, send)


class HeadAsGet:
    """Answers HEAD with the head of what GET would answer; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        as_get = {**scope, "method": "GET", _HEAD: True}
        try:
            await self._app(as_get, receive, send)
        finally:
            scope["route"] = as_get.get("route")


def is_head(request: Request) -> bool:
    """Whether HEAD was asked: what is costly to make need not be made then."""
    return _HEAD in request.scope


class SafeHeaders:
    """Puts the headers on every response that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent)
