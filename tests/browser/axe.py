"""axe-core in a page: what breaks WCAG 2.0 to 2.2, levels A and AA, or good practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
_RUN = """async (tags) => {
  const asked = {runOnly: tags, resultTypes: ["violations", "incomplete"], preload: false};
  const found = await axe.run(document, asked);
  return [found.violations, found.incomplete];
}"""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that elements break; `targets` says which, with what axe says of each."""

    rule: str
    impact: str
    targets: tuple[str, ...]

    def __str__(self) -> str:
        return "\n  ".join((f"{self.rule} ({self.impact})", *self.targets))


@dataclass(frozen=True, slots=True)
class Findings:
    """What axe is sure of, and what it leaves to a person."""

    violations: tuple[Finding, ...]
    incomplete: tuple[Finding, ...]


def findings(page: Page) -> Findings:
    """What axe finds in a page as it stands; the page's own policy lets it in, as no script of the page."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_script())
    violations, incomplete = page.evaluate(_RUN, list(TAGS))
    return Findings(tuple(map(_finding, violations)), tuple(map(_finding, incomplete)))


def violations(page: Page) -> list[str]:
    """What is wrong with a page, of any impact, one text for each rule."""
    return [str(each) for each in findings(page).violations]


@cache
def _script() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def _finding(rule: Mapping[str, Any]) -> Finding:
    targets = (f"{node['target']}: {' '.join(node['failureSummary'].split())}" for node in rule["nodes"])
    return Finding(rule["id"], rule["impact"] or "unknown", tuple(targets))
