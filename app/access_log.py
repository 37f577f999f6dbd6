"""One line of log a request: method, address and outcome, without anything that the user typed."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGGER = logging.getLogger("beleidswijzer.access")


class AccessLog:
    """Logs an address as its route is written ("/v1/documenten/{id}"): neither query nor path can tell a question."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0
        began = time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            milliseconds = (time.perf_counter() - began) * 1000
            LOGGER.info("%s %s %s %.0f ms", _method(scope), route_of(scope), status or "-", milliseconds)


def route_of(scope: Scope) -> str:
    """The route of a request as it is written in the code; "(unknown address)" where none fits."""
    path: str | None = getattr(scope.get("route"), "path", None)
    return path or "(unknown address)"


def _method(scope: Scope) -> str:
    method: str = scope["method"]
    return method if method.isascii() and method.isalpha() and len(method) <= 10 else "(unknown method)"
