"""Colours of the reader's own choice, and a reader whom movement makes ill."""

from __future__ import annotations

import re

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.keyboard import Keyboard
from tests.browser.papers import PLAN, TOPIC
from tests.browser.site import Site, address, to_read
from tests.browser.states import STATES, State

WITH_COLOURS = (
    "results unfolded",
    "passage on a page",
    "comparison unfolded",
    "documents unfolded",
    "reports with faults",
    "report with changes",
    "update with proposals",
)
SHOWN = [each for each in STATES if each.name in WITH_COLOURS]
# What moves or fades, with how long that takes; and how the page scrolls.
MOVING = """() => [...document.querySelectorAll("*")].flatMap((each) => [each, "::before", "::after"].map((part) => {
    const style = part === each ? getComputedStyle(each) : getComputedStyle(each, part);
    const long = (value) => value.split(",").some((time) => parseFloat(time) > 0.01);
    const moves = long(style.transitionDuration) || (style.animationName !== "none" && long(style.animationDuration));
    return moves || style.scrollBehavior === "smooth" ? `${each.tagName}.${each.className}` : "";
  })).filter(Boolean)"""


@pytest.mark.parametrize("state", SHOWN, ids=lambda each: each.name)
def test_no_rule_is_broken_with_forced_colours(look: Look, site: Site, state: State) -> None:
    page = state.shown(look(forced_colors="active"), site)
    assert violations(page) == []


def test_verdicts_and_focus_are_told_without_our_colours(look: Look) -> None:
    page = look(forced_colors="active", color_scheme="dark").open(address("/", vraag=TOPIC))
    assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    told = page.locator(".bw-verdict").all_inner_texts()
    assert len(told) > 2
    assert all(each.strip("✓≈–? \n") for each in told)
    borders = page.evaluate(
        """() => [...document.querySelectorAll(".bw-verdict, .bw-button, .bw-badge")]
          .filter((each) => each.checkVisibility())
          .map((each) => getComputedStyle(each).borderTopWidth)"""
    )
    assert {width for width in borders if float(width.removesuffix("px")) < 1} == set()
    keyboard = Keyboard(page)
    keyboard.walk()
    assert keyboard.faults == []
    lines = page.locator("nav a").evaluate_all("(all) => all.map((each) => getComputedStyle(each).borderBlockEndColor)")
    assert len(set(lines)) == 2
    assert lines.count(lines[0]) == 1  # that of the page that is shown


def test_the_passage_is_marked_with_forced_colours(look: Look, site: Site) -> None:
    page = look(forced_colors="active", color_scheme="dark").open(to_read(site, PLAN, vraag=TOPIC))
    passage = page.locator("#passage")
    marked = passage.evaluate("(mark) => getComputedStyle(mark).backgroundColor")
    assert marked != page.locator("#tekst").evaluate("(text) => getComputedStyle(text).backgroundColor")
    outline = passage.evaluate("(mark) => getComputedStyle(mark).outlineColor")
    around = page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    assert contrast(outline, around) >= 3
    words = page.locator("#tekst mark mark").first
    colours = words.evaluate("(mark) => [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor]")
    assert contrast(*colours) >= 4.5


def contrast(first: str, second: str) -> float:
    """The contrast of two colours as a browser tells them, as WCAG defines it."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(first), light(second)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["suggestions", "passage on a page", "comparison unfolded", "documents"])
def test_nothing_moves_for_who_wants_that(look: Look, site: Site, name: str) -> None:
    state = next(each for each in STATES if each.name == name)
    page = state.shown(look(reduced_motion="reduce"), site)
    assert page.evaluate("() => matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert page.evaluate(MOVING) == []
