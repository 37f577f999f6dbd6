"""A visit to the service with a browser of its own, in which nothing may go wrong unnoticed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")
_INIT = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`the policy refuses ${event.violatedDirective} ${event.blockedURI}`);
});
"""


@dataclass
class Visit:
    """One window; `faults` are errors of scripts, refusals of the policy, and requests to another host."""

    site: str
    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)
    _statuses: set[int] = field(default_factory=set)

    @classmethod
    def start(cls, browser: Browser, site: str, width: int = 1280, height: int = 900, **options: Any) -> Self:
        """A window of this size in a context of its own, with the options of Playwright's `new_context`."""
        context = browser.new_context(
            locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": width, "height": height}, **options
        )
        context.set_default_timeout(15_000)
        if options.get("java_script_enabled", True):
            context.add_init_script(_INIT)
        visit = cls(site, context, context.new_page())
        context.on("console", visit._heard)
        context.on("weberror", lambda error: visit.faults.append(f"error in a script: {error.error}"))
        context.on("request", visit._asked)
        return visit

    def open(self, path: str, status: int = 200) -> Page:
        """The page at an address of the service, which has to answer with this status."""
        self.expect(status)
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert (path, answer.status) == (path, status)
        return self.page

    def expect(self, status: int) -> None:
        """An answer of this status is no fault, where the browser's console tells of it."""
        self._statuses.add(status)

    def settled(self) -> Page:
        """The page once its fonts are there."""
        self.page.evaluate("() => document.fonts.ready.then(() => true)")
        return self.page

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.close()
        if kind is None:
            assert self.faults == []

    def _heard(self, message: ConsoleMessage) -> None:
        refused = _REFUSED.match(message.text)
        if message.type == "error" and not (refused and int(refused[1]) in self._statuses):
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and f"{address.scheme}://{address.netloc}" != self.site:
            self.faults.append(f"asked elsewhere: {request.url}")
