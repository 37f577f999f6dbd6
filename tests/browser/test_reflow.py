"""Pages that are narrow, enlarged or spaced out: nothing sticks out, is cut off or cannot be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Look
from tests.browser.layout import enlarged_text, out_of_reach, spaced_text, sticking_out
from tests.browser.states import STATES, State

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

NAMES = (
    "search with filters open",
    "results unfolded",
    "results of a municipality that was not read",
    "search with faults",
    "text with a table",
    "long text",
    "passage on a page",
    "comparison unfolded",
    "compare with faults",
    "documents unfolded",
    "file refused",
    "update with faults",
    "intake, busy",
    "reports",
    "reports with faults",
    "report with changes",
    "accessibility",
    "api",
    "loading",
)
SHOWN = [each for each in STATES if each.name in NAMES]
WIDE: ViewportSize = {"width": 1280, "height": 900}
ZOOMED: ViewportSize = {"width": 640, "height": 512}  # what is left of 1280 by 1024 at 200 %


def test_every_name_is_a_state() -> None:
    assert len(SHOWN) == len(NAMES)


@pytest.mark.parametrize("state", SHOWN, ids=lambda each: each.name)
def test_narrow_zoomed_larger_and_wider_lose_nothing(look: Look, request: pytest.FixtureRequest, state: State) -> None:
    site = request.getfixturevalue(state.at)
    page = state.shown(look(320, 256, at=site), site)
    assert ("narrow", sticking_out(page), out_of_reach(page)) == ("narrow", [], [])
    with spaced_text(page):
        assert ("narrow, spaced", sticking_out(page)) == ("narrow, spaced", [])
    page.set_viewport_size(ZOOMED)
    assert ("zoomed", sticking_out(page), out_of_reach(page)) == ("zoomed", [], [])
    page.set_viewport_size(WIDE)
    assert ("wide", out_of_reach(page)) == ("wide", [])
    with enlarged_text(page):
        assert ("enlarged", sticking_out(page), out_of_reach(page)) == ("enlarged", [], [])
    with spaced_text(page):
        assert ("spaced", sticking_out(page)) == ("spaced", [])
