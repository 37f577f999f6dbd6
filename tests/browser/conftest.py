"""A real Chromium, and the services that it visits.

All end with the last test of this folder: Playwright keeps an event loop, which no other test may find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.app.running_service import running
from tests.browser.browser import NAMES, VARIABLE, chromium, launched
from tests.browser.papers import empty, filled
from tests.browser.site import Site
from tests.browser.visit import Visit
from tests.program import Program
from tests.served import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Look = Callable[..., Visit]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    pytest.importorskip("playwright", reason="Playwright is not installed: scripts/check --browser does that")
    path = chromium()
    if path is None:
        pytest.skip(f"no Chromium: none of {', '.join(NAMES)} is on PATH and {VARIABLE} names none")
    with launched(path) as started:
        yield started


@pytest.fixture(scope="package")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service over the documents of `papers`."""
    yield from _served(filled(tmp_path_factory.mktemp("library")))


@pytest.fixture(scope="package")
def empty_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service over nothing yet."""
    yield from _served(empty(tmp_path_factory.mktemp("empty")))


@pytest.fixture(scope="package")
def busy_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service whose documents and reports are never done."""
    with running(tmp_path_factory.mktemp("busy"), "busy") as service:
        site = Site(service.url)
        site.wait_until_ready()
        yield site


@pytest.fixture(scope="package")
def loading_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service whose model is never loaded."""
    with running(tmp_path_factory.mktemp("loading"), "loading") as service:
        yield Site(service.url)


@pytest.fixture(scope="package")
def failing_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service in which every question fails."""
    with running(tmp_path_factory.mktemp("failing"), "search") as service:
        site = Site(service.url)
        site.wait_until_ready()
        yield site


@pytest.fixture
def look(browser: Browser, site: Site) -> Iterator[Look]:
    """Opens a window on the service: `look(width, height, at=another_site, **options of Playwright's context)`."""
    with ExitStack() as windows:

        def opened(width: int = 1280, height: int = 900, at: Site = site, **options: object) -> Visit:
            return windows.enter_context(Visit.start(browser, at.url, width, height, **options))

        yield opened


def _served(program: Program) -> Iterator[Site]:
    with serving(program) as service:
        site = Site(service.address.url)
        site.wait_until_ready()
        yield site
        assert "Traceback" not in service.log.read_text(encoding="utf-8")
