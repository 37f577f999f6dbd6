"""Going through a page with keys alone, where every stop has to be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_MOST = 400
_STOP = """async () => {
  await new Promise(requestAnimationFrame);  // in which the page is scrolled to what has the focus
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const inset = Math.min(2, box.width / 4, box.height / 4);
  const rows = [box.top + inset, (box.top + box.bottom) / 2, box.bottom - inset];
  const columns = [box.left + inset, (box.left + box.right) / 2, box.right - inset];
  const seen = rows.some((y) => columns.some((x) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && (at.contains(top) || [...(at.labels ?? [])].some((label) => label.contains(top)));
  }));
  let inner = 0;
  for (let each = at.parentElement; each && each !== document.documentElement; each = each.parentElement) {
    inner += each.scrollTop;
  }
  const words = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent || at.value || "";
  return {
    tag: at.tagName.toLowerCase(),
    id: at.id,
    name: words.trim().replace(/\\s+/g, " "),
    path: at.getAttribute("href") ?? "",
    top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right, inner,
    place: [...document.querySelectorAll("*")].indexOf(at),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    seen,
  };
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """What has the focus: its box in pixels of the page, how far the boxes around it are scrolled (`inner`), its place
    among all elements, and how it is to be seen.
    """

    tag: str
    id: str
    name: str
    path: str
    top: float
    bottom: float
    left: float
    right: float
    inner: float
    place: int
    outlined: bool
    seen: bool

    def climbs_to(self, after: Stop) -> bool:
        """Whether the stop after this one stands above it and not beside it, however the boxes around are scrolled."""
        above = after.bottom <= self.top and after.bottom + after.inner <= self.top + self.inner
        return above and after.left < self.right and self.left < after.right

    def fault(self) -> str:
        """What keeps somebody from seeing where the focus is, "" where nothing does."""
        told = f"{self.tag} {self.name[:60]!r}"
        if not self.outlined:
            return f"{told} has no outline"
        return "" if self.seen else f"{told} is outside the window or covered"


class Keyboard:
    """The keys of a page; `faults` are the stops where the focus was not to be seen."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.faults: list[str] = []

    def stop(self) -> Stop | None:
        """What has the focus; None where nothing has."""
        found: dict[str, Any] | None = self._page.evaluate(_STOP)
        return None if found is None else Stop(**found)

    def press(self, key: str) -> Stop | None:
        """What has the focus after a key."""
        self._page.keyboard.press(key)
        stop = self.stop()
        if stop is not None and stop.fault():
            self.faults.append(stop.fault())
        return stop

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def to(self, name: str, key: str = "Tab") -> Stop:
        """Tab until something with this in its name has the focus; a regular expression."""
        passed = []
        for _ in range(_MOST):
            stop = self.press(key)
            if stop is not None and re.search(name, stop.name):
                return stop
            passed.append("nothing" if stop is None else stop.name[:40])
            if passed.count("nothing") > 1:
                break
        raise AssertionError(f"no stop is called {name!r}; passed: {passed}")

    def follow(self, name: str, key: str = "Tab") -> None:
        """Tab to a link or button and press Enter, which opens another page."""
        self.to(name, key)
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")

    def walk(self, key: str = "Tab") -> list[Stop]:
        """Every stop from the first of the page until that is there again or nothing is; AssertionError where neither.

        Each once: a date has several stops.
        """
        self._page.evaluate("() => document.querySelector('a').focus()")
        stops = [stop for stop in [self.stop()] if stop is not None]
        for _ in range(_MOST):
            stop = self.press(key)
            if len(stops) > 1 and (stop is None or stop.place == stops[0].place):
                return stops
            if stop is not None and stops[-1].place != stop.place:
                stops.append(stop)
        raise AssertionError(f"the focus does not leave the page: {[each.name[:40] for each in stops[-6:]]}")
