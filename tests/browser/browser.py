"""The system's own Chromium, which Playwright drives."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VARIABLE = "CHROMIUM"  # not one of BELEIDSWIJZER_: those are the settings of the product, and no other may be there
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The path of Chromium: that which the environment names, else the first on PATH; None where there is none."""
    named = os.environ.get(VARIABLE)
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """A browser without a window; ended when the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_flags())
        try:
            yield browser
        finally:
            browser.close()


def _flags() -> list[str]:
    """What a machine without a screen needs, and a container, which has a small /dev/shm and may run as root.

    Scrolling is not drawn out, so that what has the focus is where it will be.
    """
    flags = ["--disable-gpu", "--in-process-gpu", "--disable-dev-shm-usage", "--disable-smooth-scrolling"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    return flags
